r"""Activation functions and their derivatives, beyond those in ``backprop``.

Reference: Clevert, Unterthiner and Hochreiter (2016), "Fast and accurate deep network learning by
exponential linear units", equation 15; Dugas et al. (2001), "Incorporating second-order functional
knowledge for better option pricing", for softplus; Ramachandran, Zoph and Le (2017), "Searching for
activation functions", for swish. Warning: some notes print the logistic function with e^x, and
ELU as max(alpha (e^x - 1), x), which is another function for x > 0.
"""

from __future__ import annotations

from typing import Any

from partialcredit.numbers.exact import Number, exp, log
from partialcredit.numbers.rationals import Rational
from partialcredit.solvers.backprop import logistic

__all__ = [
    "elu",
    "elu_slope",
    "sigmoid_curvature",
    "sigmoid_slope",
    "softplus",
    "steepest_point",
    "steepest_slope",
    "swish_slope",
    "tanh_slope",
]


def sigmoid_slope(x: Any) -> Any:
    r"""The derivative of the logistic function.

    .. math:: \sigma'(x) = \sigma(x) (1 - \sigma(x))

    >>> sigmoid_slope(0)
    1/4
    """
    s = logistic(x)
    return s * (1 - s)


def sigmoid_curvature(x: Any) -> Any:
    r"""The second derivative of the logistic function.

    .. math:: \sigma''(x) = \sigma(x) (1 - \sigma(x)) (1 - 2 \sigma(x))

    >>> sigmoid_curvature(0)
    0
    """
    return sigmoid_slope(x) * (1 - 2 * logistic(x))


def tanh_slope(x: Any) -> Any:
    r"""The derivative of the hyperbolic tangent, by exponentials.

    .. math:: \tanh'(x) = 1 - \tanh^2 x = 4 / (e^x + e^{-x})^2

    >>> round(float(tanh_slope(1)), 6)
    0.419974
    """
    return 4 / (exp(x) + exp(-x)) ** 2


def elu(x: Number, alpha: Number) -> Number:
    r"""The exponential linear unit: x where x > 0, else alpha (e^x - 1).

    >>> elu(2, 1), round(float(elu(-1, 1)), 4)
    (2, -0.6321)
    """
    return x if x > 0 else alpha * (exp(x) - 1)


def elu_slope(x: Number, alpha: Number) -> Number:
    """The derivative of the exponential linear unit, away from 0: 1 where x > 0, else alpha e^x.

    >>> elu_slope(2, 1), round(float(elu_slope(-1, 1)), 4)
    (1, 0.3679)
    """
    return 1 if x > 0 else alpha * exp(x)


def softplus(x: Any) -> Any:
    r"""The function ln(1 + e^x), whose derivative is the logistic function.

    >>> round(float(softplus(1)), 4)
    1.3133
    """
    return log(1 + exp(x))


def steepest_point(w: Rational, b: Rational) -> Rational:
    r"""Where the logistic function of w x + b is steepest: where its argument is 0.

    >>> steepest_point(rational(2), rational(-3))
    3/2
    """
    return -b / w


def steepest_slope(w: Rational) -> Rational:
    r"""The slope there.

    .. math:: w / 4

    >>> steepest_slope(rational(-2))
    -1/2
    """
    return w / 4


def swish_slope(x: Any) -> Any:
    r"""The derivative of x σ(x), by the product rule.

    .. math:: \sigma(x) + x \sigma(x) (1 - \sigma(x))

    >>> swish_slope(0)
    1/2
    """
    return logistic(x) + x * sigmoid_slope(x)
