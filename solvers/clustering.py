r"""k-means: clusters are numbered from 1, and of equally near centres the lower number wins.

Reference: Lloyd (1982), "Least squares quantization in PCM"; Arthur and Vassilvitskii (2007),
"k-means++", section 2.2; Bishop (2006), "Pattern recognition and machine learning", section 9.1.
Warning: libraries call the sum of squared distances the inertia; some texts take half of it or the
mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.vectors import Vector

__all__ = [
    "assign",
    "draw_probability",
    "final",
    "means",
    "objective",
    "penalised_mean",
    "squared",
]

#: More iterations than points that fit on a page can need.
ENOUGH = 50


def squared(point: Vector, center: Vector) -> Any:
    """The squared Euclidean distance.

    >>> squared(Vector((1, 2)), Vector((4, 6)))
    25
    """
    return sum((a - b) ** 2 for a, b in zip(point, center, strict=True))


def assign(points: Sequence[Any], centers: Sequence[Any]) -> Vector:
    """The number of the nearest centre of every point.

    >>> assign(Vector([Vector((1,)), Vector((4,))]), Vector([Vector((0,)), Vector((5,))]))
    (1, 2)
    """
    distances = [[squared(point, center) for center in centers] for point in points]
    return Vector(row.index(min(row)) + 1 for row in distances)


def means(points: Vector, labels: Sequence[int], count: int) -> Vector:
    """The mean of the points of every cluster.

    Raises ValueError for an empty cluster.

    >>> means(Vector([Vector((1,)), Vector((4,)), Vector((7,))]), (1, 2, 2), 2)
    ((1,), (11/2,))
    """
    members = [
        [point for point, label in zip(points, labels, strict=True) if label == number]
        for number in range(1, count + 1)
    ]
    if not all(members):
        raise ValueError("a cluster without points has no mean")
    return Vector(sum(rows[1:], rows[0]) * rational(1, len(rows)) for rows in members)


def objective(points: Vector, labels: Sequence[int], centers: Vector) -> Any:
    """The sum of the squared distances from the points to the centres of their clusters.

    >>> objective(Vector([Vector((1,)), Vector((4,))]), (1, 1), Vector([Vector((2,))]))
    5
    """
    pairs = zip(points, labels, strict=True)
    return sum(squared(point, centers[int(label) - 1]) for point, label in pairs)


def final(points: Vector, centers: Vector) -> Vector:
    """The centres when nothing changes any more.

    >>> points = Vector([Vector((1,)), Vector((2,)), Vector((9,))])
    >>> final(points, points[:2])
    ((3/2,), (9,))
    """
    for _iteration in range(ENOUGH):
        moved = means(points, assign(points, centers), len(centers))
        if moved == centers:
            return centers
        centers = moved
    raise ValueError("the centres do not come to rest")


def draw_probability(points: Vector, chosen: Sequence[int], which: int) -> Rational:
    r"""The probability that k-means++ draws a point next, when some points are centres already.

    .. math:: \frac{D_i^2}{\sum_j D_j^2}

    with the distance D to the nearest centre chosen.

    >>> draw_probability(Vector([Vector((0,)), Vector((1,)), Vector((3,))]), (0,), 2)
    9/10
    """
    weights = [min(squared(point, points[i]) for i in chosen) for point in points]
    return rational(weights[which], sum(weights))


def penalised_mean(points: Sequence[Vector], penalty: Any) -> Vector:
    r"""The centre that minimises half the squared distances plus half the penalty times its square.

    .. math:: \frac{\sum_i x_i}{n + \lambda}

    >>> penalised_mean([Vector((3,)), Vector((6,))], 1)
    (3,)
    """
    return sum(points[1:], points[0]) * rational(1, len(points) + penalty)
