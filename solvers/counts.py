"""How many parameters a layer learns, and how many connections it has.

Kernels are square, F x F. Reference: LeCun, Bottou, Bengio and Haffner (1998), "Gradient-based
learning applied to document recognition", section II.B, whose LeNet-5 the doctests count. Warning:
notes differ on biases, and some multiply by a depth of 3 whatever the input; here the depth is
that of the layer's input and ``bias`` says what is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from partialcredit.numbers.rationals import Rational, rational

__all__ = [
    "affine_jacobian_zeros",
    "batchnorm_buffers",
    "batchnorm_parameters",
    "batchnorm_values",
    "bias_share",
    "collapsed_parameters",
    "conv_connections",
    "conv_parameters",
    "dense_biases",
    "dense_weights",
    "filter_parameters",
    "table_parameters",
    "uniform_weights",
]


def filter_parameters(
    kernel_size: int, in_channels: int, *, bias: bool = True, groups: int = 1
) -> int:
    r"""Parameters of one filter, F^2 C / G + 1: it spans the channels of its group.

    >>> filter_parameters(5, 3)
    76
    """
    return kernel_size**2 * (in_channels // groups) + bias


def conv_parameters(
    kernel_size: int, in_channels: int, out_channels: int, *, bias: bool = True, groups: int = 1
) -> int:
    r"""Parameters of a convolutional layer, (F^2 C / G + 1) K; the input's size does not matter.

    >>> conv_parameters(5, 1, 6), conv_parameters(3, 6, 16)
    (156, 880)
    """
    return out_channels * filter_parameters(kernel_size, in_channels, bias=bias, groups=groups)


def bias_share(biases: int, parameters: int) -> Rational:
    """The fraction of a layer's parameters that are biases.

    >>> bias_share(5, 140)
    1/28
    """
    return rational(biases, parameters)


def batchnorm_parameters(channels: int) -> int:
    """A scale and a shift per channel; running statistics are not learned.

    Reference: Ioffe and Szegedy (2015), "Batch Normalization", section 3.2.
    """
    return 2 * channels


def batchnorm_buffers(channels: int) -> int:
    """A running mean and a running variance per channel, which are stored but not learned.

    Warning: PyTorch stores the number of batches seen as well.
    """
    return 2 * channels


def batchnorm_values(batch: int, height: int, width: int) -> int:
    """How many values of a channel are averaged: all places of all examples of the batch.

    >>> batchnorm_values(32, 28, 28)
    25088
    """
    return batch * height * width


def table_parameters(kernel_size: int, maps_read: Iterable[tuple[int, int]]) -> int:
    """Parameters of a convolution whose maps read only some input maps, each with a bias.

    ``maps_read`` are pairs (number of output maps, input maps that each reads). Reference: LeCun
    et al. (1998), Table I; warning: a full connection of the same layer has 2,416.

    >>> table_parameters(5, [(6, 3), (9, 4), (1, 6)])
    1516
    """
    return sum(count * filter_parameters(kernel_size, read) for count, read in maps_read)


def conv_connections(
    height: int, width: int, kernel_size: int, in_channels: int, out_channels: int
) -> int:
    """Connections of a convolutional layer with an output of height x width; the bias is one each.

    >>> conv_connections(28, 28, 5, 1, 6)
    122304
    """
    return height * width * out_channels * filter_parameters(kernel_size, in_channels)


def dense_weights(widths: Sequence[int]) -> int:
    """Weights of a fully connected network, sum n_l n_(l+1); ``widths`` begin with the input.

    >>> dense_weights([4, 5, 3, 1])
    38
    """
    return sum(n_in * n_out for n_in, n_out in pairwise(widths))


def dense_biases(widths: Sequence[int]) -> int:
    """Biases of a fully connected network: one per unit, and the input has no units.

    >>> dense_biases([4, 5, 3, 1])
    9
    """
    return sum(widths[1:])


def affine_jacobian_zeros(inputs: int, outputs: int) -> int:
    """Entries that are always 0 in the derivative of W x by W, a tensor outputs x outputs x inputs.

    Output i depends on row i of W alone: the other rows' entries are the zeros.

    >>> affine_jacobian_zeros(3, 2)
    6
    """
    return (outputs - 1) * outputs * inputs


def collapsed_parameters(widths: Sequence[int]) -> int:
    """Parameters of the one affine layer that a network without activations equals.

    >>> collapsed_parameters([4, 5, 3, 1])
    5
    """
    return (widths[0] + 1) * widths[-1]


def uniform_weights(layers: Any, width: Any) -> Any:
    """Weights of ``layers`` layers that each map ``width`` values to as many: L d^2.

    Takes numbers or SymPy symbols.
    """
    return layers * width**2
