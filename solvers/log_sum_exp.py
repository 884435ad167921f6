r"""The log-sum-exp function LSE(x) = ln sum_i e^(x_i) and its bounds; all logarithms are natural.

Reference: Boyd and Vandenberghe (2004), "Convex optimization", section 3.1.5. Warning: some notes
print the bounds of LSE(x) with the norm max |x_i|, which is wrong as soon as the largest entry in
absolute value is negative: LSE(-5, -5) is below 5. They hold with max x_i, or with |x_i| in the
exponents.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, exp, log
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector

__all__ = [
    "lower_bound",
    "scaled",
    "shifted_terms",
    "smallest_scale",
    "upper_bound",
    "value",
    "worst_gap",
]


def shifted_terms(x: Sequence[Number]) -> Vector:
    """The terms e^(x_i - max x), of which none overflows and one is 1.

    >>> shifted_terms((1000, 1000))
    (1, 1)
    """
    shifted: Vector = exp(Vector(x) - max(x))
    return shifted


def value(x: Sequence[Number]) -> Number:
    r"""LSE(x), with the largest entry taken out.

    .. math:: \max_i x_i + \ln \sum_i e^{x_i - \max_i x_i}

    >>> round(float(value((3, 1, -2))), 5), round(float(value((1000, 1000))), 4)
    (3.13285, 1000.6931)
    """
    found: Number = max(x) + log(sum(shifted_terms(x)))
    return found


def lower_bound(x: Sequence[Number]) -> Number:
    """The bound max x_i <= LSE(x); an equality only for n = 1."""
    return max(x)


def upper_bound(x: Sequence[Number]) -> Number:
    """The bound LSE(x) <= max x_i + ln n; an equality only when all entries are equal.

    >>> round(float(upper_bound((3, 1, -2))), 5)
    4.09861
    """
    bound: Number = max(x) + worst_gap(len(x), 1)
    return bound


def scaled(x: Sequence[Number], t: Number) -> Number:
    r"""The smooth maximum with scale t; for t < 0 it is a smooth minimum.

    .. math:: \frac{1}{t} \ln \sum_i e^{t x_i}

    >>> round(float(scaled((2, 1, 2, 0), 2)), 5)
    2.38358
    """
    return value(t * Vector(x)) * (rational(1) / t)


def worst_gap(n: Any, t: Any) -> Any:
    r"""The largest distance of the smooth maximum of n numbers from their maximum.

    .. math:: \ln(n) / t

    >>> round(float(worst_gap(4, 2)), 5)
    0.69315
    """
    return log(n) / t


def smallest_scale(n: Any, gap: Any) -> Any:
    r"""The smallest t that keeps the smooth maximum of any n numbers within ``gap``.

    .. math:: \ln(n) / \text{gap}

    >>> round(float(smallest_scale(100, 2)), 5)
    2.30259
    """
    return log(n) / gap
