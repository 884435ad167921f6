r"""Weight initialisation: fans, and the variances that keep a signal's size from layer to layer.

A weight matrix has fan_in inputs and fan_out outputs; the weights are independent with mean 0 and
independent of the inputs. Reference: Glorot and Bengio (2010), "Understanding the difficulty of
training deep feedforward neural networks"; He, Zhang, Ren and Sun (2015), "Delving deep into
rectifiers", section 2.2.

``Any`` stands for exact numbers or SymPy symbols.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

__all__ = ["depth_gain", "fan", "he_variance", "rectified_mean_square"]


def fan(kernel_size: int, channels: int) -> int:
    """The fan of a convolution with square kernels, F^2 C; ``kernel_size`` 1 is a dense layer.

    With the channels of the input it is fan_in, with those of the output fan_out.

    >>> fan(3, 64)
    576
    """
    return kernel_size**2 * channels


def rectified_mean_square(variance: Any, slope: Any = 0) -> Any:
    r"""E[h^2] of h = (leaky) ReLU(z), for z symmetric about 0 with the given variance.

    .. math:: \tfrac12 (1 + \alpha^2) \mathrm{Var}(z)

    Warning: this is the mean square, not the variance, because h has a mean above 0; the mean
    square is what the next layer multiplies.

    >>> rectified_mean_square(3)
    Fraction(3, 2)
    """
    return (1 + slope**2) * Fraction(1, 2) * variance


def he_variance(fan_in: Any, slope: Any = 0) -> Any:
    r"""The variance of weights that keeps the pre-activations' variance (He et al. 2015, eq. 10).

    .. math:: \frac{2}{(1 + \alpha^2) \, n_\mathrm{in}}

    Warning: some notes print the bounds of Glorot and Bengio (2010) under this name.

    >>> he_variance(576)
    Fraction(1, 288)
    """
    return Fraction(2) / ((1 + slope**2) * fan_in)


def depth_gain(layer_gain: Any, layers: int) -> Any:
    """What a factor per layer becomes after several layers: layer_gain^layers.

    >>> depth_gain(Fraction(1, 2), 10)
    Fraction(1, 1024)
    """
    return layer_gain**layers
