"""Pooling: a window's maximum, minimum or mean."""

from __future__ import annotations

import numpy as np

from partialcredit.engine.checks import Array, pair
from partialcredit.engine.kernels import choose, pool
from partialcredit.engine.kernels.geometry import Geometry
from partialcredit.engine.tensor import Tensor, custom
from partialcredit.errors import EngineError

__all__ = ["adaptive_avg_pool2d", "avg_pool2d", "max_pool2d", "min_pool2d"]

Size = int | tuple[int, int]


def max_pool2d(
    input: Tensor, kernel_size: Size, stride: Size | None = None, padding: Size = 0,
    dilation: Size = 1, ceil_mode: bool = False,
) -> Tensor:  # fmt: skip
    """The maximum of each window of (N, C, H, W); the stride is the kernel unless given.

    Padding never wins. Of equal maxima the first in row-major order takes the whole gradient.
    """
    x, geometry = _prepare("MaxPool2d", input, kernel_size, stride, padding, dilation, ceil_mode)
    y, gradient = choose.max_pool(x, geometry)

    def max_pool2d_backward(g: Array) -> tuple[Array]:
        return (gradient(g.transpose(1, 2, 3, 0)).transpose(3, 0, 1, 2),)

    return custom(y.transpose(3, 0, 1, 2), (input,), max_pool2d_backward)


def min_pool2d(
    input: Tensor, kernel_size: Size, stride: Size | None = None, padding: Size = 0,
    dilation: Size = 1, ceil_mode: bool = False,
) -> Tensor:  # fmt: skip
    """The minimum of each window: minus the maximum of minus the input. Not in torch."""
    return -max_pool2d(-input, kernel_size, stride, padding, dilation, ceil_mode)


def avg_pool2d(
    input: Tensor, kernel_size: Size, stride: Size | None = None, padding: Size = 0,
    ceil_mode: bool = False, count_include_pad: bool = True,
) -> Tensor:  # fmt: skip
    """The mean of each window of (N, C, H, W); padding counts as zeros unless told otherwise."""
    x, geometry = _prepare("AvgPool2d", input, kernel_size, stride, padding, 1, ceil_mode)
    y = pool.average(x, geometry, count_include_pad)
    height, width = x.shape[1:3]

    def avg_pool2d_backward(g: Array) -> tuple[Array]:
        dx = pool.average_gradient(
            g.transpose(1, 2, 3, 0), geometry, height, width, count_include_pad
        )
        return (dx.transpose(3, 0, 1, 2),)

    return custom(y.transpose(3, 0, 1, 2), (input,), avg_pool2d_backward)


def adaptive_avg_pool2d(input: Tensor, output_size: Size) -> Tensor:
    """Mean-pool (N, C, H, W) to (N, C, *output_size), as torch does.

    Window i runs from ⌊i H / n⌋ to ⌈(i + 1) H / n⌉; neighbouring windows may overlap. With size 1
    this is global average pooling.
    """
    size = pair("AdaptiveAvgPool2d", "output_size", output_size, 1)
    if input.ndim != 4:
        raise EngineError(
            f"AdaptiveAvgPool2d expects an input of shape (N, C, H, W), but received {input.shape}"
        )
    rows = _averaging(input.shape[2], size[0], input.dtype)
    columns = _averaging(input.shape[3], size[1], input.dtype)
    return Tensor(rows) @ input @ Tensor(columns.T)


def _averaging(length: int, count: int, dtype: np.dtype[np.generic]) -> Array:
    """The (count, length) matrix whose row i averages window i."""
    matrix = np.zeros((count, length), dtype)
    for i in range(count):
        first, last = i * length // count, -(-(i + 1) * length // count)
        matrix[i, first:last] = 1 / (last - first)
    return matrix


def _prepare(
    name: str, input: Tensor, kernel_size: Size, stride: Size | None, padding: Size,
    dilation: Size, ceil_mode: bool,
) -> tuple[Array, Geometry]:  # fmt: skip
    if input.ndim != 4 or input.dtype.kind != "f":
        raise EngineError(
            f"{name} expects floats of shape (N, C, H, W), but received {input.dtype} of shape "
            f"{input.shape}"
        )
    kernel = pair(name, "kernel_size", kernel_size, 1)
    geometry = Geometry(
        kernel,
        kernel if stride is None else pair(name, "stride", stride, 1),
        pair(name, "padding", padding, 0),
        pair(name, "dilation", dilation, 1),
        ceil_mode,
    )
    if any(2 * p > k for p, k in zip(geometry.padding, kernel, strict=True)):
        raise EngineError(
            f"{name} expects a padding of at most half the kernel {kernel}, "
            f"but received {geometry.padding}"
        )
    if min(geometry.output(*input.shape[2:])) < 1:
        raise EngineError(
            f"{name} with kernel_size {kernel} and padding {geometry.padding} does not fit on an "
            f"input of shape {input.shape}"
        )
    return input.data.transpose(1, 2, 3, 0), geometry
