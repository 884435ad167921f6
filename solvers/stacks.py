"""Stacks of equal blocks, and small filters in place of large ones.

Takes numbers or SymPy symbols where it says so. References: Simonyan and Zisserman (2015), "Very
deep convolutional networks", section 2.3, for stacks of small filters; Dumoulin and Visin (2016),
relationship 6, for sizes.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import counts

__all__ = [
    "equal_ratio",
    "halvings",
    "layers_that_save",
    "pooled_size",
    "stack_parameters",
    "stack_weights",
    "stacked_field",
    "weight_ratio",
]


def stack_parameters(kernel_size: Any, channels: Any, filters: Any, blocks: Any) -> Any:
    r"""Parameters of N convolutions with K filters each; only the first reads C channels.

    .. math:: (F^2 C + 1) K + (N - 1) (F^2 K + 1) K

    Takes numbers or SymPy symbols.

    >>> stack_parameters(3, 3, 5, 3)
    600
    """
    first = (kernel_size**2 * channels + 1) * filters
    return first + (blocks - 1) * (kernel_size**2 * filters + 1) * filters


def pooled_size(size: int, blocks: int) -> int:
    """The size after ``blocks`` halvings that round down.

    >>> pooled_size(256, 3), pooled_size(27, 1)
    (32, 13)
    """
    return size >> blocks


def halvings(size: int) -> int:
    """How often a size can be halved, rounding down, until 1 is left.

    >>> halvings(256), halvings(200)
    (8, 7)
    """
    return size.bit_length() - 1


def stacked_field(layers: int, kernel_size: int) -> int:
    """Receptive field of equal layers with stride 1: 1 + L (F - 1).

    >>> stacked_field(3, 3)
    7
    """
    return 1 + layers * (kernel_size - 1)


def stack_weights(kernel_size: int, widths: tuple[int, ...]) -> int:
    """Weights, without biases, of a stack; ``widths`` are the channels from input to output.

    >>> stack_weights(3, (64, 64, 64, 64))
    110592
    """
    return kernel_size**2 * counts.dense_weights(widths)


def equal_ratio(L: Any, F: Any) -> Any:
    r"""Weights of L equal layers with F x F filters over those of one layer that sees as much.

    .. math:: \frac{L F^2}{(1 + L (F - 1))^2}

    Takes rationals or SymPy symbols.

    >>> equal_ratio(rational(3, 1), 3)
    27/49
    """
    return L * F**2 / (1 + L * (F - 1)) ** 2


def layers_that_save(F: int, times: int) -> int:
    """The fewest equal layers with at most one ``times``-th of the single layer's weights.

    >>> layers_that_save(3, 2), layers_that_save(3, 4)
    (4, 8)
    """
    # the ratio is never below 1 / L
    return next(n for n in count(times) if times * equal_ratio(rational(n, 1), F) <= 1)


def weight_ratio(stack: int, single: int) -> Rational:
    """How much of the single layer's weights the stack has.

    >>> weight_ratio(110592, 200704)
    27/49
    """
    return rational(stack, single)
