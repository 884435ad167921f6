r"""Bias and variance of a learner in a world so small that all its training sets can be listed.

A training set is a pair of inputs, all pairs equally likely. Bias means the squared bias; bias and
variance are means over the inputs.
Reference: Geman, Bienenstock and Doursat (1992), "Neural networks and the bias/variance dilemma";
Abu-Mostafa, Magdon-Ismail and Lin (2012), "Learning from data", section 2.3. Warning: some texts
call the difference, not its square, the bias, or look at one input.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.vectors import Vector

__all__ = [
    "best_factor",
    "constants",
    "lines",
    "mean_prediction",
    "noise_in_variance",
    "shrunk_error",
    "squared_bias",
    "variance",
]


def constants(targets: Vector) -> Vector:
    """What the mean of both labels predicts at every input, for every training set.

    >>> constants(Vector((1, 3)))
    ((2, 2),)
    """
    n = len(targets)
    return Vector(Vector([rational(a + b, 2)] * n) for a, b in combinations(targets, 2))


def lines(x: Vector, targets: Vector) -> Vector:
    """What the line through both points predicts at every input, for every training set.

    >>> lines(Vector((0, 2)), Vector((1, 5)))
    ((1, 5),)
    """
    pairs = combinations(zip(x, targets, strict=True), 2)
    return Vector(b + rational(d - b, c - a) * (x - a) for (a, b), (c, d) in pairs)


def mean_prediction(predictions: Sequence[Vector]) -> Vector:
    """The mean over the training sets, at every input.

    >>> mean_prediction([Vector((1, 2)), Vector((3, 2))])
    (2, 2)
    """
    return sum(predictions[1:], predictions[0]) * rational(1, len(predictions))


def squared_bias(mean: Vector, targets: Vector) -> Any:
    """The mean squared distance from the mean prediction to the target.

    >>> squared_bias(Vector((2, 2)), Vector((1, 5)))
    5
    """
    return sum((mean - targets) ** 2) * rational(1, len(targets))


def variance(predictions: Sequence[Vector], mean: Vector) -> Any:
    """The mean squared distance from the predictions to their mean.

    >>> variance([Vector((1, 2)), Vector((3, 2))], Vector((2, 2)))
    1/2
    """
    spread = [sum((prediction - mean) ** 2) for prediction in predictions]
    return sum(spread) * rational(1, len(predictions) * len(mean))


def noise_in_variance(noise: Rational) -> Rational:
    """What noise of plus or minus s in both labels adds to the variance of their mean: s²/2.

    >>> noise_in_variance(rational(3))
    9/2
    """
    return rational(noise**2, 2)


def shrunk_error(c: Any, mu: Any, sigma: Any, n: Any) -> Any:
    r"""The squared error of c times the mean of n labels, as an estimate of their mean.

    .. math:: (1 - c)^2 \mu^2 + c^2 \frac{\sigma^2}{n}

    >>> shrunk_error(rational("0.6"), 2, rational(3), 4)
    29/20
    """
    return (1 - c) ** 2 * mu**2 + c**2 * sigma**2 / n


def best_factor(mu: Any, sigma: Any, n: Any) -> Any:
    r"""The factor with the smallest error: μ² / (μ² + σ²/n).

    >>> best_factor(2, rational(3), 4)
    16/25
    """
    return mu**2 / (mu**2 + sigma**2 / n)
