r"""Naive Bayes with features that are present or absent, and the linear classifier it is.

.. math:: p(c \mid x) \propto \pi_c \prod_j \theta_{cj}^{x_j} (1 - \theta_{cj})^{1 - x_j}

Reference: Manning, Raghavan and Schütze (2008), "Introduction to information retrieval", section
13.3; Ng and Jordan (2002). Warning: in the multinomial model absent words do not count, and the
smoothing has the size of the vocabulary in the denominator.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from partialcredit.numbers.exact import Number, log
from partialcredit.numbers.rationals import rational

__all__ = ["intercept", "joint", "odds_ratio", "parameters", "posterior", "rates", "weights"]


def rates(counts: Any, n: int, a: int) -> Any:
    """How often a feature is present among n examples, with ``a`` of either kind added.

    >>> rates(3, 4, 1)
    2/3
    """
    return (counts + a) * rational(1, n + 2 * a)


def joint(prior: Number, rates: Sequence[Any], x: Sequence[int]) -> Any:
    """The probability of the class and of all features together.

    >>> joint(rational(2, 5), (rational(2, 3), rational(1, 3), rational(1, 2)), (1, 0, 1))
    4/45
    """
    return prior * prod(r if present else 1 - r for r, present in zip(rates, x, strict=True))


def posterior(joint: Sequence[Any]) -> Any:
    """The probability of the first class, given the features.

    >>> posterior((rational(1, 4), rational(1, 12)))
    3/4
    """
    return joint[0] / sum(joint)


def odds_ratio(first: Any, second: Any) -> Any:
    """What a feature multiplies the odds of the first class by when it appears.

    >>> odds_ratio(rational(1, 2), rational(1, 3))
    2
    """
    return rational(1) * first * (1 - second) / ((1 - first) * second)


def weights(first: Any, second: Any) -> Any:
    """The weight of a feature in the log-odds, the logarithm of its ratio of odds."""
    return log(odds_ratio(first, second))


def intercept(prior: Number, first: Sequence[Any], second: Sequence[Any]) -> Any:
    """The log-odds of an example without any feature."""
    absent = (0,) * len(first)
    return log(joint(prior, first, absent) / joint(1 - prior, second, absent))


def parameters(d: int, C: int) -> int:
    """The free parameters for d features and C classes.

    >>> parameters(10, 2)
    21
    """
    return d * C + C - 1
