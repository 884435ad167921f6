r"""Principal components of points in the plane.

Eigenvalues of a symmetric matrix stand in ``singular``. Reference: Pearson (1901), "On lines and
planes of closest fit to systems of points in space"; Bishop (2006), "Pattern recognition and
machine learning", section 12.1; Baldi and Hornik (1989), "Neural networks and principal component
analysis". Warning: covariances divide by the number of points or, as in scikit-learn, by one less.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.vectors import Vector, columns, dot
from partialcredit.solvers.matrices import Matrix

__all__ = [
    "components_needed",
    "covariance",
    "direction",
    "explained",
    "lost",
    "mean",
    "reconstruction",
    "score",
]


def mean(points: Sequence[Vector]) -> Vector:
    """The mean of every coordinate.

    >>> mean([Vector((1, 2)), Vector((4, 2))])
    (5/2, 2)
    """
    return Vector(sum(column) * rational(1, len(points)) for column in columns(points))


def covariance(points: Sequence[Vector], center: Vector, divisor: int) -> Vector:
    r"""The covariance matrix around a centre.

    .. math:: \frac{1}{n} \sum_i (x_i - \bar{x}) (x_i - \bar{x})^\top

    >>> covariance([Vector((1, 2)), Vector((3, 6))], Vector((2, 4)), 2)
    ((1, 2), (2, 4))
    """
    centred = columns([point - center for point in points])
    return Vector(Vector(dot(a, b) * rational(1, divisor) for b in centred) for a in centred)


def direction(S: Matrix, eigenvalue: Any) -> Any:
    """The unit eigenvector of the first eigenvalue, its first entry positive; S is not diagonal.

    >>> [round(float(x), 4) for x in direction(((2, 2), (2, 5)), rational(6))]
    [0.4472, 0.8944]
    """
    (a, b), _ = S
    way = Vector((1, (eigenvalue - a) / b))
    return way / sqrt(dot(way, way))


def explained(eigenvalues: Sequence[Any]) -> Any:
    """The share of the first component in the variance.

    >>> explained((rational(9), rational(1)))
    9/10
    """
    return eigenvalues[0] * (rational(1) / sum(eigenvalues))


def score(point: Vector, center: Vector, direction: Vector) -> Any:
    """The coordinate along a component: u·(x - mean).

    >>> score(Vector((4, 6)), Vector((1, 2)), Vector((rational(3, 5), rational(4, 5))))
    5
    """
    return dot(direction, point - center)


def reconstruction(score: Any, center: Vector, direction: Vector) -> Any:
    """The point that a score stands for.

    >>> reconstruction(5, Vector((1, 2)), Vector((rational(3, 5), rational(4, 5))))
    (4, 6)
    """
    return center + score * direction


def lost(eigenvalues: Sequence[Any], divisor: int) -> Any:
    """The summed squared error of all points with one component; no linear autoencoder does better.

    >>> lost((9, 2), 4)
    8
    """
    return divisor * eigenvalues[1]


def components_needed(variances: Sequence[Number], share: Rational) -> int:
    """The fewest components that explain a share of the variance, which they explain in order.

    >>> components_needed((6, 3, 1), rational("0.95"))
    3
    """
    enough = share * sum(variances)
    return sum(sum(variances[:n]) < enough for n in range(len(variances)))
