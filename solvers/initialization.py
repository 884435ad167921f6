r"""Weight initialisation: fans, and the variances that keep a signal's size from layer to layer.

A weight matrix has fan_in inputs and fan_out outputs; the weights are independent with mean 0 and
independent of the inputs. Reference: Glorot and Bengio (2010), "Understanding the difficulty of
training deep feedforward neural networks"; He, Zhang, Ren and Sun (2015), "Delving deep into
rectifiers", section 2.2.

``Any`` stands for exact numbers or SymPy symbols.
"""

from __future__ import annotations

from typing import Any

from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational

__all__ = [
    "depth_gain",
    "fan",
    "he_variance",
    "keeping_variance",
    "mean_fan",
    "output_variance",
    "product_variance",
    "rectified_mean_square",
    "sum_variance",
    "uniform_limit",
]


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
    3/2
    """
    return (1 + slope**2) * rational(1, 2) * variance


def he_variance(fan_in: Any, slope: Any = 0) -> Any:
    r"""The variance of weights that keeps the pre-activations' variance (He et al. 2015, eq. 10).

    .. math:: \frac{2}{(1 + \alpha^2) \, n_\mathrm{in}}

    Warning: some notes print the bounds of Glorot and Bengio (2010) under this name.

    >>> he_variance(576)
    1/288
    """
    return rational(2) / ((1 + slope**2) * fan_in)


def depth_gain(layer_gain: Any, layers: int) -> Any:
    """What a factor per layer becomes after several layers: layer_gain^layers.

    >>> depth_gain(rational(1, 2), 10)
    1/1024
    """
    return layer_gain**layers


def product_variance(mean_w: Any, var_w: Any, mean_h: Any, var_h: Any) -> Any:
    r"""Var(w h) of independent w and h.

    .. math:: \mathrm{E}[w]^2 \mathrm{Var}(h) + \mathrm{E}[h]^2 \mathrm{Var}(w)
        + \mathrm{Var}(w) \mathrm{Var}(h)

    Reference: Goodman (1960), "On the exact variance of products", equation 2. Warning: some notes
    add the plain variances in place of the first two terms.

    >>> product_variance(2, 4, -1, rational(1, 4))
    6
    """
    return mean_w**2 * var_h + mean_h**2 * var_w + var_w * var_h


def sum_variance(count: Any, variance: Any) -> Any:
    """The variance of a sum of ``count`` independent terms with the same variance.

    >>> sum_variance(10, 3)
    30
    """
    return count * variance


def output_variance(fan_in: Any, weight_variance: Any, mean_square: Any) -> Any:
    r"""The variance of sum_j w_j h_j when the weights have mean 0: fan_in Var(w) E[h^2].

    The inputs may have a mean other than 0 and may depend on each other.

    >>> output_variance(100, rational(1, 50), 3)
    6
    """
    return fan_in * weight_variance * mean_square


def mean_fan(fan_in: Any, fan_out: Any) -> Any:
    """The mean of both fans.

    >>> mean_fan(150, 90)
    120
    """
    return (fan_in + fan_out) * rational(1, 2)


def keeping_variance(fan: Any) -> Any:
    r"""The variance of weights with which linear units keep the variance of what they sum, 1/fan.

    With fan_in it is kept forward, with fan_out backward; the mean of both is the compromise
    2 / (fan_in + fan_out) of Glorot and Bengio (2010), equation 12. Warning: some notes lose the
    plus and print 2 / (fan_in fan_out).

    >>> keeping_variance(mean_fan(150, 90))
    1/120
    """
    return rational(1) / fan


def uniform_limit(variance: Any) -> Any:
    r"""The r for which the uniform distribution on [-r, r] has a variance: the root of 3 Var.

    With the variance above it is :math:`\sqrt{6 / (n_\mathrm{in} + n_\mathrm{out})}`, equation 16.
    Warning: some notes take the root of the 6 alone.

    >>> uniform_limit(3)
    3
    """
    return sqrt(3 * variance)
