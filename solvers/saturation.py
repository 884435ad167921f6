r"""Where the logistic function saturates.

Reference: Glorot and Bengio (2010), "Understanding the difficulty of training deep feedforward
neural networks", section 3.1. Warning: its slope tends to 0 on both sides and never reaches it.
"""

from __future__ import annotations

from fractions import Fraction

from partialcredit.exact import Number, log, sqrt

__all__ = ["saturation_point"]


def saturation_point(slope: Fraction) -> Number:
    r"""The positive x where the slope of the logistic function has fallen to ``slope``.

    .. math:: \ln \frac{1 + r}{1 - r}, \quad r = \sqrt{1 - 4 \cdot \text{slope}}

    >>> round(float(saturation_point(Fraction(1, 100))), 4)
    4.5849
    """
    r = sqrt(1 - 4 * slope)
    x: Number = log((1 + r) / (1 - r))
    return x
