"""What layers cost: multiplications and memory.

Reference: Howard et al. (2017), "MobileNets", section 3.1; He et al. (2016), "Deep residual
learning", figure 5, on bottlenecks. Warning: some papers call multiply-adds FLOPs; here a
multiply-add is two operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers.counts import filter_parameters
from partialcredit.solvers.sizes import output_size

__all__ = [
    "bottleneck_multiply_adds",
    "conv_multiply_adds",
    "dense_multiply_adds",
    "depthwise_ratio",
    "megabytes",
    "multiply_adds",
    "operations",
    "peak_values",
    "saving",
    "values",
]

Volume = tuple[int, int, int]


def multiply_adds(
    height: int, width: int, kernel_size: int, in_channels: int, out_channels: int, groups: int = 1
) -> int:
    """Multiply-adds of a convolution with an output of height x width, F² C K H' W'; no biases.

    >>> multiply_adds(6, 6, 3, 3, 4)
    3888
    """
    used = filter_parameters(kernel_size, in_channels, bias=False, groups=groups)
    return height * width * out_channels * used


def conv_multiply_adds(
    size: int, kernel_size: int, in_channels: int, out_channels: int, *, stride: int, padding: int
) -> int:
    """The same for a square input of ``size``.

    >>> conv_multiply_adds(8, 3, 3, 4, stride=1, padding=0)
    3888
    """
    side = output_size(size, kernel_size, stride=stride, padding=padding)
    return multiply_adds(side, side, kernel_size, in_channels, out_channels)


def bottleneck_multiply_adds(side: int, channels: int, narrow: int) -> int:
    """1 x 1 to ``narrow`` channels, 3 x 3 among them, 1 x 1 back; the size stays.

    >>> bottleneck_multiply_adds(1, 256, 64)
    69632
    """
    return (
        multiply_adds(side, side, 1, channels, narrow)
        + multiply_adds(side, side, 3, narrow, narrow)
        + multiply_adds(side, side, 1, narrow, channels)
    )


def dense_multiply_adds(inputs: int, outputs: int) -> int:
    """One for each weight of a fully connected layer."""
    return inputs * outputs


def operations(multiply_adds: int) -> int:
    """Floating-point operations: a multiplication and an addition each.

    >>> operations(3888)
    7776
    """
    return 2 * multiply_adds


def saving(cost: int, reference: int) -> Rational:
    """The share of a reference cost that a cheaper way saves.

    >>> saving(1, 4)
    3/4
    """
    return 1 - rational(cost, reference)


def depthwise_ratio(F: Any, K: Any) -> Any:
    """Cost of a depthwise separable convolution by that of a plain one, 1/K + 1/F².

    ``F`` is the kernel's size and ``K`` the number of output channels; takes symbols, too.

    >>> depthwise_ratio(rational(3), rational(9))
    2/9
    """
    return 1 / K + 1 / F**2


def values(volumes: Sequence[Volume], batch: int) -> int:
    """Entries of some activation volumes (height, width, depth) for a whole batch.

    >>> values([(8, 8, 4), (4, 4, 8)], 2)
    768
    """
    return batch * sum(height * width * depth for height, width, depth in volumes)


def peak_values(volumes: Sequence[Volume], batch: int) -> int:
    """The most entries held at once when each layer keeps its input and its output only.

    >>> peak_values([(8, 8, 1), (8, 8, 4), (4, 4, 4)], 1)
    320
    """
    return max(values(pair, batch) for pair in pairwise(volumes))


def megabytes(count: int, bytes_each: int) -> Rational:
    """Memory in megabytes of 10^6 bytes.

    >>> megabytes(250_000, 4)
    1
    """
    return rational(count * bytes_each, 10**6)
