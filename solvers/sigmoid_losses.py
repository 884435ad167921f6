r"""Losses of a sigmoid output, and their gradients by the pre-activation z.

With s = 1 / (1 + e^(-z)) and a label y of 0 or 1: the cross-entropy -y ln s - (1 - y) ln(1 - s) of
each example, summed, and the mean squared error (1/n) sum (y - s)^2. Reference: Nielsen (2015),
"Neural networks and deep learning", chapter 3. Warning: notes differ in the factor of the squared
error (1, 1/2 or 1/n), and some lose the brackets that let the minus sign reach both logarithms.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import backprop, cross_entropy

__all__ = [
    "cross_entropy_gradient",
    "cross_entropy_loss",
    "gradient_ratio",
    "mean_squared_error",
    "squared_error_gradient",
]


def cross_entropy_loss(z: Sequence[Number], y: Sequence[int]) -> Number:
    """The cross-entropy, summed over the examples.

    >>> round(float(cross_entropy_loss((-2,), (1,))), 4)
    2.1269
    """
    margins = [v if label else -v for v, label in zip(z, y, strict=True)]
    total: Number = sum(map(cross_entropy.binary_loss, margins))
    return total


def mean_squared_error(z: Sequence[Number], y: Sequence[int]) -> Number:
    """The squared error, averaged over the examples.

    >>> mean_squared_error((0, 0), (1, 0))
    1/4
    """
    s = backprop.activate("sigmoid", z)
    return backprop.squared_error(s, y) * rational(1, len(z))


def cross_entropy_gradient(z: Any, y: Any) -> Any:
    r"""The derivative of the cross-entropy of one example.

    .. math:: \sigma(z) - y

    >>> cross_entropy_gradient(0, 1)
    -1/2
    """
    return backprop.logistic(z) - y


def squared_error_gradient(z: Any, y: Any, n: Any) -> Any:
    r"""The derivative of the mean squared error of n examples by the pre-activation of one.

    .. math:: \frac{2}{n} (\sigma(z) - y) \, \sigma(z) (1 - \sigma(z))

    >>> squared_error_gradient(0, 1, 1)
    -1/4
    """
    s = backprop.logistic(z)
    return 2 * (s - y) * s * (1 - s) / n


def gradient_ratio(z: Any) -> Any:
    r"""How many times the gradient of the cross-entropy is as large, for n = 1.

    .. math:: \frac{1}{2 \sigma(z) (1 - \sigma(z))}

    It is at least 2, and grows like e^|z| / 2: the squared error hardly learns from an output that
    is saturated on the wrong side.

    >>> gradient_ratio(0)
    2
    """
    s = backprop.logistic(z)
    return 1 / (2 * s * (1 - s))
