r"""Where sigmoids saturate, how fast products of slopes vanish, and how gradients share signs.

Reference: Bengio, Simard and Frasconi (1994), "Learning long-term dependencies with gradient
descent is difficult"; Glorot and Bengio (2010), "Understanding the difficulty of training deep feedforward
neural networks"; LeCun et al. (1998), "Efficient backprop", section 4.3, on inputs of one sign.
Warning: the slope of the sigmoid is at most 1/4, at 0, where its value is 1/2.
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
