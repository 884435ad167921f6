r"""The k-nearest-neighbours classifier, on points with integer or rational coordinates.

Points are tuples, labels integers, both indexed alike. Reference: Fix and Hodges (1951),
"Discriminatory analysis"; Hastie, Tibshirani and Friedman (2009), "The elements of statistical
learning", section 13.3. Ties are settled here as most libraries do: of points equally far the
earlier one is nearer, of labels equally frequent the smaller one wins. Warning: some notes take
the mode of all n labels; only the k nearest vote.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.vectors import Vector

__all__ = [
    "distance_terms",
    "distances",
    "error_rate",
    "left_out_labels",
    "majority",
    "order",
    "stored_numbers",
    "training_labels",
]

Point = Sequence[Number]


def distances(points: Sequence[Point], query: Point, p: int) -> Vector:
    r"""The p-th powers of the p-norm distances: Manhattan for p = 1, squared Euclidean for p = 2.

    .. math:: \sum_j |x_j - q_j|^p

    The power is monotone, so it does not change who is near.

    >>> distances([(1, 2), (3, 0)], (0, 0), 1), distances([(1, 2), (3, 0)], (0, 0), 2)
    ((3, 3), (5, 9))
    """
    return Vector(
        sum(abs(x - q) ** p for x, q in zip(point, query, strict=True)) for point in points
    )


def order(distances: Sequence[Number]) -> tuple[int, ...]:
    """The indices of the points from nearest to farthest.

    >>> order((5, 2, 9, 2))
    (1, 3, 0, 2)
    """
    return tuple(sorted(range(len(distances)), key=lambda i: distances[i]))


def majority(labels: Sequence[int]) -> int:
    """The most frequent label, the smallest of several.

    >>> majority((2, 0, 2, 1)), majority((1, 0, 0, 1))
    (2, 0)
    """
    return min(set(labels), key=lambda label: (-labels.count(label), label))


@lru_cache(maxsize=64)
def _ranked(points: tuple[Point, ...], p: int) -> tuple[tuple[int, ...], ...]:
    """For every point all points in order of their distance; its own index comes first."""
    return tuple(order(distances(points, point, p)) for point in points)


def training_labels(
    points: tuple[Point, ...], labels: Sequence[int], k: int, p: int
) -> tuple[int, ...]:
    """The class each training point is given with itself still stored.

    >>> training_labels(((0,), (1,), (5,)), (0, 1, 1), 3, 2)
    (1, 1, 1)
    """
    return tuple(majority([labels[i] for i in ranking[:k]]) for ranking in _ranked(points, p))


def left_out_labels(
    points: tuple[Point, ...], labels: Sequence[int], k: int, p: int
) -> tuple[int, ...]:
    """The class each point is given by the k nearest of the others; the points are distinct.

    >>> left_out_labels(((0,), (1,), (5,)), (0, 1, 1), 1, 2)
    (1, 0, 1)
    """
    return tuple(
        majority([labels[i] for i in ranking[1 : k + 1]]) for ranking in _ranked(points, p)
    )


def error_rate(guesses: Sequence[int], labels: Sequence[int]) -> Rational:
    """The share of guesses that are not the label.

    >>> error_rate((1, 0, 1), (0, 1, 1))
    2/3
    """
    wrong = sum(guess != label for guess, label in zip(guesses, labels, strict=True))
    return rational(wrong, len(labels))


def distance_terms(points: int, queries: int, features: int) -> int:
    """Coordinate differences taken to classify all queries by brute force: Q N d.

    >>> distance_terms(1000, 20, 5)
    100000
    """
    return queries * points * features


def stored_numbers(points: int, features: int) -> int:
    """Numbers kept in memory, the coordinates and one label of every training point: N (d + 1).

    >>> stored_numbers(1000, 5)
    6000
    """
    return points * (features + 1)
