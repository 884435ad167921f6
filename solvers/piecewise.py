r"""Activation functions made of pieces: two slopes, ELU, and the maximum of linear functions.

Reference: He et al. (2015), "Delving deep into rectifiers", section 2.1, for the parametric ReLU;
Clevert et al. (2016), equation 15, for ELU; Goodfellow et al. (2013), "Maxout networks", section 3.
Warning: some notes call the slope of the parametric ReLU a hyperparameter (it is learned), and
write ELU as max(alpha (e^x - 1), x), which holds where alpha is at most x / (e^x - 1) only.
"""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.numbers.exact import Number, exp
from partialcredit.numbers.rationals import Rational
from partialcredit.solvers.backprop import leaky_relu, leaky_relu_slope

__all__ = [
    "crossing",
    "elu_max_form",
    "largest_alpha",
    "maxout",
    "prelu_gradient",
    "prelu_input_gradient",
    "two_slopes",
]


def two_slopes(x: Number, p: Number, q: Number) -> Number:
    """The function p x where x > 0, else q x; it is max(p x, q x) exactly for q <= p.

    >>> two_slopes(2, 3, -1), two_slopes(-2, 3, -1)
    (6, 2)
    """
    return p * x if x > 0 else q * x


def elu_max_form(x: Number, alpha: Number) -> Number:
    r"""The function max(alpha (e^x - 1), x), which is not ELU for all x.

    >>> round(float(elu_max_form(1, 1)), 4), round(float(elu_max_form(-1, 1)), 4)
    (1.7183, -0.6321)
    """
    larger: Number = max(alpha * (exp(x) - 1), x)
    return larger


def largest_alpha(x: Number) -> Number:
    r"""The largest alpha for which the maximum gives ELU at x, which is not 0.

    .. math:: x / (e^x - 1)

    >>> round(float(largest_alpha(1)), 4), round(float(largest_alpha(-1)), 4)
    (0.582, 1.582)
    """
    alpha: Number = x / (exp(x) - 1)
    return alpha


def prelu_gradient(x: Sequence[Number], t: Sequence[Number], a: Number) -> Number:
    r"""The derivative of 1/2 sum (f(x_i) - t_i)^2 by the slope a of the parametric ReLU f.

    .. math:: \sum_{x_i < 0} (a x_i - t_i) x_i

    >>> prelu_gradient((2, -2), (0, 1), rational(1, 2))
    4
    """
    return sum((a * x_i - t_i) * x_i for x_i, t_i in zip(x, t, strict=True) if x_i < 0)


def prelu_input_gradient(x: Sequence[Number], t: Sequence[Number], a: Number) -> tuple[Number, ...]:
    """The derivatives of the same loss by the inputs.

    >>> prelu_input_gradient((2, -2), (0, 1), rational(1, 2))
    (2, -1)
    """
    return tuple(
        (leaky_relu(x_i, a) - t_i) * leaky_relu_slope(x_i, a) for x_i, t_i in zip(x, t, strict=True)
    )


def maxout(x: Number, w: Sequence[Number], b: Sequence[Number]) -> Number:
    """The largest of the linear functions w_i x + b_i.

    >>> maxout(2, (1, -1), (0, 5))
    3
    """
    return max(w_i * x + b_i for w_i, b_i in zip(w, b, strict=True))


def crossing(w: Sequence[Rational], b: Sequence[Rational]) -> Rational:
    """Where two linear functions are equal: the kink of their maximum.

    >>> crossing((rational(1), rational(-1)), (rational(0), rational(5)))
    5/2
    """
    (first, second), (low, high) = w, b
    return (high - low) / (first - second)
