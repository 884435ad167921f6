"""Convolution and 2 by 2 max-pooling as one convolution with twice the stride.

The four outputs a pool compares see windows that are shifted by one stride. Four shifted copies of
the kernel in a frame that much larger give all four at once: a quarter of the columns to gather, a
taller matrix product, and four planes whose maxima, and whose gradients, are whole arrays.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.kernels import im2col
from partialcredit.engine.kernels.geometry import Geometry, Pair

__all__ = ["fits", "forward"]

Gradients = Callable[[Array, bool, bool], tuple[Array | None, Array | None]]


def fits(geometry: Geometry, height: int, width: int) -> bool:
    """Whether an image of this size has at least one 2 by 2 pool of undilated convolutions."""
    return geometry.dilation == (1, 1) and min(geometry.output(height, width)) >= 2


def forward(x: Array, w: Array, geometry: Geometry) -> tuple[Array, Gradients]:
    """Pool the convolution of x (C, H, W, N) with w (O, C, kh, kw) to (O, H'/2, W'/2, N).

    The second result takes the gradient of the output to those of x and w, each if asked for. A tie
    goes to the first maximum in row-major order.
    """
    (kh, kw), (sh, sw), padding = geometry.kernel, geometry.stride, geometry.padding
    frame = Geometry((kh + sh, kw + sw), (2 * sh, 2 * sw), padding)
    four = _shift(w, geometry.stride)
    planes = im2col.convolve(x, four, frame).reshape(4, len(w), -1)
    left = planes[0::2] >= planes[1::2]
    across = np.maximum(planes[0::2], planes[1::2])
    top = across[0] >= across[1]
    size = frame.output(x.shape[1], x.shape[2])
    shape = (len(w), *size, x.shape[3])

    def gradients(g: Array, need_x: bool, need_w: bool) -> tuple[Array | None, Array | None]:
        rows = np.empty((2, *top.shape), g.dtype)
        np.multiply(np.ascontiguousarray(g).reshape(top.shape), top, out=rows[0])
        np.subtract(g.reshape(top.shape), rows[0], out=rows[1])
        parts = np.empty((4, *top.shape), g.dtype)
        np.multiply(rows, left, out=parts[0::2])
        np.subtract(rows, parts[0::2], out=parts[1::2])
        flat = parts.reshape(4 * len(w), *shape[1:])
        dx, dw = im2col.gradients(flat, x, four, frame, 1, need_x, need_w)
        return dx, None if dw is None else _unshift(dw, w.shape, geometry.stride)

    return np.maximum(across[0], across[1]).reshape(shape), gradients


def _shift(w: Array, stride: Pair) -> Array:
    """The kernels (O, C, kh, kw) at the four places of a frame one stride larger."""
    outputs, channels, kh, kw = w.shape
    frames = np.zeros((2, 2, outputs, channels, kh + stride[0], kw + stride[1]), w.dtype)
    for a in (0, 1):
        for b in (0, 1):
            i, j = a * stride[0], b * stride[1]
            frames[a, b, :, :, i : i + kh, j : j + kw] = w
    return frames.reshape(4 * outputs, channels, *frames.shape[4:])


def _unshift(dw: Array, shape: tuple[int, ...], stride: Pair) -> Array:
    """The sum of the four places: the transpose of :func:`_shift`."""
    outputs, channels, kh, kw = shape
    frames = dw.reshape(2, 2, outputs, channels, kh + stride[0], kw + stride[1])
    total = np.zeros(shape, dw.dtype)
    for a in (0, 1):
        for b in (0, 1):
            i, j = a * stride[0], b * stride[1]
            total += frames[a, b, :, :, i : i + kh, j : j + kw]
    return total
