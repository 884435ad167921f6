r"""Impurities of groups and gains of splits; entropies in bits.

Groups are counts of their classes. Reference: Breiman et al. (1984), "Classification and regression
trees", chapters 2 and 4; Quinlan (1986), "Induction of decision trees"; Hastie, Tibshirani and
Friedman (2009), "The elements of statistical learning", section 9.2. Warning: libraries differ in
whether a point at a threshold goes to the left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import rational

__all__ = ["entropy", "error_rate", "gain", "gini", "impurity_after", "variance"]

Counts = Sequence[int]
Impurity = Callable[[Counts], Any]


def entropy(counts: Counts) -> Any:
    r"""The entropy of the classes in bits, with 0 log 0 = 0.

    .. math:: -\sum_c p_c \log_2 p_c

    >>> round(float(entropy((5, 3))), 4), entropy((4, 0))
    (0.9544, 0)
    """
    shares = [rational(count, sum(counts)) for count in counts if count]
    return -sum(p * log(p) for p in shares) / log(2)


def gini(counts: Counts) -> Any:
    """The chance that two examples drawn with replacement differ: 1 - Σ p².

    >>> gini((5, 3))
    15/32
    """
    return 1 - sum(rational(count, sum(counts)) ** 2 for count in counts)


def error_rate(counts: Counts) -> Any:
    """The share of examples that are not of the most frequent class.

    >>> error_rate((5, 3))
    3/8
    """
    return 1 - rational(max(counts), sum(counts))


def impurity_after(impurity: Impurity, groups: Sequence[Counts]) -> Any:
    """The mean impurity of the groups, weighted with their sizes.

    >>> impurity_after(error_rate, ((4, 0), (1, 3)))
    1/8
    """
    total = sum(map(sum, groups))
    return sum(rational(sum(group), total) * impurity(group) for group in groups)


def gain(before: Any, after: Any) -> Any:
    """What a split takes away from the impurity.

    >>> gain(3, 1)
    2
    """
    return before - after


def variance(values: Sequence[int]) -> Any:
    """The mean squared deviation from the mean, the impurity of a regression tree.

    >>> variance((1, 2, 6, 7))
    13/2
    """
    mean = rational(sum(values), len(values))
    return sum((value - mean) ** 2 for value in values) / len(values)
