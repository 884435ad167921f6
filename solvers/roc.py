"""The receiver operating characteristic of scored items, and the area under it.

Reference: Fawcett (2006), "An introduction to ROC analysis", algorithms 1 and 2; Hanley and McNeil
(1982), "The meaning and use of the area under a receiver operating characteristic curve", for the
area as a count of pairs. Warning: a tied pair counts one half where points are joined by lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.vectors import Vector

__all__ = ["area", "area_from_ranks", "points", "rates", "split"]


def split(scores: Sequence[Any], labels: Sequence[int]) -> tuple[list[Any], list[Any]]:
    """The scores of the positive items, and those of the negative ones."""
    pairs = list(zip(scores, labels, strict=True))
    return [s for s, label in pairs if label], [s for s, label in pairs if not label]


def rates(scores: Sequence[Any], labels: Sequence[int], cut: Any) -> Vector:
    """False and true positive rate if items from ``cut`` on are called positive.

    >>> rates((4, 3, 2, 1), (1, 0, 1, 0), 3)
    (1/2, 1/2)
    """
    positive, negative = split(scores, labels)
    return Vector(rational(sum(s >= cut for s in side), len(side)) for side in (negative, positive))


def points(scores: Sequence[Any], labels: Sequence[int]) -> Vector:
    """The points of the curve from (0, 0) on, one for each different score as the threshold.

    >>> points((3, 2), (1, 0))
    ((0, 0), (0, 1), (1, 1))
    """
    cuts = sorted(set(scores), reverse=True)
    return Vector((Vector((rational(0), rational(0))), *(rates(scores, labels, c) for c in cuts)))


def area(scores: Sequence[Any], labels: Sequence[int]) -> Rational:
    """The share of pairs of a positive and a negative item that are in order; ties count half.

    >>> area((4, 3, 2, 1), (1, 0, 1, 0))
    3/4
    """
    pairs = list(product(*split(scores, labels)))
    return rational(sum(2 * (a > b) + (a == b) for a, b in pairs), 2 * len(pairs))


def area_from_ranks(rank_sum: Any, positives: int, negatives: int) -> Any:
    """The same from the sum R of the ranks of the positive items, 1 being the lowest score.

    It is (R - P (P + 1) / 2) / (P N).

    >>> area_from_ranks(rational(6), 2, 2)
    3/4
    """
    return (rank_sum - rational(positives * (positives + 1), 2)) / (positives * negatives)
