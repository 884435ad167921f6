"""Decisions by probabilities whose errors cost differently.

Reference: Elkan (2001), "The foundations of cost-sensitive learning", theorems 1 and 2; Saerens,
Latinne and Decaestecker (2002), "Adjusting the outputs of a classifier to new a priori
probabilities", section 2. Warning: some texts call an item positive only above the threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.vectors import Vector

__all__ = ["corrected", "expected_costs", "threshold", "top_k", "total_cost", "weighted_loss"]


def threshold(false_positive: Any, false_negative: Any) -> Any:
    """The probability from which "positive" costs no more, c_FP / (c_FP + c_FN).

    >>> threshold(rational(1), 3)
    1/4
    """
    return false_positive / (false_positive + false_negative)


def expected_costs(p: Any, false_positive: Any, false_negative: Any) -> Vector:
    """The expected costs of calling an item of probability p positive, and negative.

    >>> expected_costs(rational("0.3"), 1, 3)
    (7/10, 9/10)
    """
    return Vector(((1 - p) * false_positive, p * false_negative))


def total_cost(
    scores: Sequence[Any], labels: Sequence[int], cut: Any, false_positive: Any, false_negative: Any
) -> Any:
    """The cost of calling every item positive whose score is at least ``cut``.

    >>> total_cost((9, 6, 2), (1, 0, 1), 5, 10, 100)
    110
    """
    return sum(
        false_negative * (score < cut) if label else false_positive * (score >= cut)
        for score, label in zip(scores, labels, strict=True)
    )


def weighted_loss(probability: Any, weight: Any) -> Any:
    """The cross-entropy of a positive item whose loss counts ``weight`` times."""
    return -weight * log(probability)


def corrected(p: Any, share: Any, new_share: Any) -> Any:
    """The probability after the share of the positives has changed: their odds scale those of p.

    >>> corrected(rational("0.8"), rational("0.5"), rational("0.1"))
    4/13
    """
    odds = p / (1 - p) * (new_share / (1 - new_share)) / (share / (1 - share))
    return odds / (1 + odds)


def top_k(logits: Sequence[Sequence[Any]], labels: Sequence[int], k: int) -> Rational:
    """The share of items whose class, counted from 0, is among the k largest logits.

    >>> top_k(((2, 1, 0), (0, 3, 1)), (1, 0), 2)
    1/2
    """
    right = [
        label in sorted(range(len(row)), key=lambda c: -row[c])[:k]
        for row, label in zip(logits, labels, strict=True)
    ]
    return rational(sum(right), len(right))
