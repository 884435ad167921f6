r"""Shrinkage of a single weight: the minimiser of (w - v)^2 / 2 plus a penalty.

With orthonormal columns of inputs, a penalised regression falls apart into such problems, one
for every least-squares coefficient v. Reference: Tibshirani (1996), "Regression shrinkage and
selection via the lasso", section 2.2; Hastie, Tibshirani and Friedman (2009), "The elements of
statistical learning", table 3.4.
"""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import rational

__all__ = ["ridge", "sign", "soft", "subgradient_step", "zeros"]


def sign(w: Number) -> int:
    """-1, 0 or 1, the subgradient of |w| that is used here; any number from -1 to 1 is one at 0.

    >>> sign(-3), sign(0), sign(2)
    (-1, 0, 1)
    """
    return (w > 0) - (w < 0)


def subgradient_step(w: Number, g: Number, eta: Number, alpha: Number) -> Number:
    r"""A step of subgradient descent on J + alpha |w|.

    .. math:: w - \eta (g + \alpha \, \mathrm{sign}(w))

    Warning: such steps jump over 0 and hardly ever end there.

    >>> subgradient_step(-2, 3, rational(1, 10), 5)
    -9/5
    """
    return w - eta * (g + alpha * sign(w))


def soft(v: Number, t: Number) -> Number:
    r"""The minimiser of (w - v)^2 / 2 + t |w|: soft thresholding.

    .. math:: \mathrm{sign}(v) \max(|v| - t, 0)

    >>> soft(rational(3, 2), rational(1, 2)), soft(rational(-3, 10), rational(1, 2))
    (1, 0)
    """
    return sign(v) * max(abs(v) - t, 0)


def ridge(v: Number, t: Number) -> Number:
    r"""The minimiser of (w - v)^2 / 2 + t w^2 / 2: every weight shrinks by the same factor.

    .. math:: v / (1 + t)

    >>> ridge(3, rational(1, 2))
    2
    """
    return v * (rational(1) / (1 + t))


def zeros(w: Sequence[Number]) -> int:
    """How many coefficients are 0.

    >>> zeros((3, 0, -1, 0))
    2
    """
    return sum(w_i == 0 for w_i in w)
