r"""Where the logistic function saturates, and how products of its slopes vanish with the depth.

Reference: Glorot and Bengio (2010), "Understanding the difficulty of training deep feedforward
neural networks", section 3.1; Bengio, Simard and Frasconi (1994), "Learning long-term dependencies
with gradient descent is difficult". Warning: the slope tends to 0 on both sides and never reaches
it; it is at most 1/4, at 0, where the value is 1/2.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, log, sqrt
from partialcredit.numbers.rationals import Rational
from partialcredit.solvers import activations

__all__ = [
    "chain_bound",
    "chain_slope",
    "needed_weight",
    "saturation_point",
    "smallest_depth",
]


def saturation_point(slope: Rational) -> Number:
    r"""The positive x where the slope of the logistic function has fallen to ``slope``.

    .. math:: \ln \frac{1 + r}{1 - r}, \quad r = \sqrt{1 - 4 \cdot \text{slope}}

    >>> round(float(saturation_point(rational(1, 100))), 4)
    4.5849
    """
    r = sqrt(1 - 4 * slope)
    x: Number = log((1 + r) / (1 - r))
    return x


def chain_slope(z: Sequence[Number]) -> Number:
    """The product of the slopes of sigmoid units in a chain, at their pre-activations z.

    >>> chain_slope((0, 0))
    1/16
    """
    first, *others = (activations.sigmoid_slope(v) for v in z)
    for slope in others:
        first = first * slope
    found: Number = first
    return found


def chain_bound(w: Any, L: Any) -> Any:
    r"""The largest derivative of a chain of L sigmoid units whose weights are all w > 0.

    .. math:: (w / 4)^L

    >>> chain_bound(rational(2), 3)
    1/8
    """
    return (w / 4) ** L


def smallest_depth(w: Rational, threshold: Rational) -> int:
    """The smallest number of units for which the bound is below ``threshold``; w must be below 4.

    >>> smallest_depth(rational(1), rational(1, 1000))
    5
    """
    depth, bound = 1, chain_bound(w, 1)
    while bound >= threshold:
        depth += 1
        bound *= chain_bound(w, 1)
    return depth


def needed_weight(z: Number) -> Number:
    r"""The weight that keeps the derivative of a sigmoid unit at 1, for the pre-activation z.

    .. math:: 1 / \sigma'(z)

    >>> needed_weight(0)
    4
    """
    weight: Number = 1 / activations.sigmoid_slope(z)
    return weight
