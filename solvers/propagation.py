r"""Signals and gradients through many layers: variances, powers of a matrix, clipping.

Reference: Glorot and Bengio (2010), "Understanding the difficulty of training deep feedforward
neural networks", equation 5; Pascanu, Mikolov and Bengio (2013), "On the difficulty of training
recurrent neural networks", section 2 and Algorithm 1.
"""

from __future__ import annotations

from fractions import Fraction

from partialcredit.exact import Number, exp, log, tanh

__all__ = ["layers_until_below", "tanh_slope", "variance_for_factor"]


def layers_until_below(factor: Fraction, bound: Fraction) -> int:
    """The least number of layers after which factor^layers < bound, for a factor below 1.

    >>> layers_until_below(Fraction(1, 2), Fraction(1, 100))
    7
    """
    layers, size = 1, factor
    while size >= bound:
        layers, size = layers + 1, size * factor
    return layers


def variance_for_factor(total: Number, layers: int, fan_in: int) -> Number:
    r"""The variance of weights for which linear layers multiply the variance by ``total``.

    .. math:: \frac{R^{1/L}}{n}, \quad \text{from} \quad (n \, \mathrm{Var}(w))^L = R

    >>> round(float(variance_for_factor(1000, 3, 10)), 9)
    1.0
    """
    root: Number = exp(Fraction(1, layers) * log(total))
    return root / fan_in


def tanh_slope(z: Number) -> Number:
    """The derivative of tanh, 1 - tanh(z)^2.

    >>> tanh_slope(0)
    1
    """
    slope: Number = 1 - tanh(z) ** 2
    return slope
