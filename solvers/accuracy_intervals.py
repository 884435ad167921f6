r"""How far the accuracy on a test set may be from the true one.

Reference: Hoeffding (1963), "Probability inequalities for sums of bounded random variables",
theorem 1; Abu-Mostafa, Magdon-Ismail and Lin (2012), "Learning from data", sections 1.3 and 2.1;
Dietterich (1998), "Approximate statistical tests for comparing supervised classification learning
algorithms". Warning: the inequality is for models that are fixed before they see the test set, and
is met one-sided, without the 2, as well.
"""

from __future__ import annotations

import math
from typing import Any

from partialcredit.numbers.exact import log, sqrt
from partialcredit.numbers.rationals import Rational, ceil, rational
from partialcredit.numbers.values import Span

__all__ = [
    "examples_needed",
    "hoeffding_bound",
    "hoeffding_examples",
    "interval",
    "sign_statistic",
    "standard_error",
]


def standard_error(p: Rational, n: int) -> Any:
    r"""The standard deviation of a share of n independent outcomes: √(p (1 - p) / n).

    >>> standard_error(rational("0.9"), 400)
    3/200
    """
    return sqrt(p * (1 - p) / n)


def interval(p: Any, z: Any, error: Any) -> tuple[Span, ...]:
    """The normal interval, z standard errors to both sides.

    >>> interval(rational("0.9"), 2, rational("0.015"))
    (Span(low=87/100, high=93/100, low_closed=True, high_closed=True),)
    """
    return (Span(p - z * error, p + z * error, True, True),)


def examples_needed(p: Rational, z: Rational, half_width: Rational) -> int:
    """The fewest examples for which z standard errors are at most the half-width.

    >>> examples_needed(rational("0.9"), rational("1.96"), rational("0.02"))
    865
    """
    return ceil(z**2 * p * (1 - p) / half_width**2)


def hoeffding_examples(epsilon: Rational, delta: Rational, models: int) -> int:
    r"""The fewest examples for which Hoeffding's inequality allows at most δ, for M models.

    .. math:: 2 M e^{-2 \epsilon^2 n} \le \delta

    >>> [hoeffding_examples(rational("0.05"), rational("0.03"), M) for M in (1, 10, 100)]
    [840, 1301, 1761]
    """
    return math.ceil(float(log(2 * models / delta) / (2 * epsilon**2)))


def hoeffding_bound(n: int, delta: Rational, models: int) -> Any:
    r"""The deviation that no model exceeds, except with probability δ: √(ln(2M/δ) / (2n)).

    >>> round(float(hoeffding_bound(400, rational("0.05"), 100)), 4)
    0.1018
    """
    return sqrt(log(2 * models / delta) / (2 * n))


def sign_statistic(first: int, second: int) -> Any:
    """By how many standard deviations of a coin two models differ, where only one is right.

    >>> sign_statistic(24, 12)
    2
    """
    return (first - second) / sqrt(rational(first + second))
