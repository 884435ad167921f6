"""Convolution as matrix products: gather the windows as columns, multiply once.

A block of output rows at a time, so that the columns (k² times the input) stay in the cache and
never need to be kept. Chellapilla, Puri and Simard (2006), "High performance convolutional neural
networks for document processing", section 2.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.kernels.geometry import Geometry, Pair, crop, pad, windows

__all__ = ["add_windows", "convolve", "gradients"]

COLUMN_BYTES = 1 << 18  # per block: in the second-level cache
SPREAD_BYTES = 1 << 22  # per block when columns are added back, which costs one call per place


def _blocks(
    x: Array, geometry: Geometry, size: Pair, limit: int
) -> Iterator[tuple[int, int, Array]]:
    """Output rows first:last, with the columns (C·kh·kw, rows·W'·N) of their windows."""
    c, n = x.shape[0], x.shape[3]
    height, width = size
    depth = c * geometry.kernel[0] * geometry.kernel[1]
    rows = min(height, max(1, limit // max(1, depth * width * n * x.itemsize)))
    space = None
    for first in range(0, height, rows):
        count = min(rows, height - first)
        view = windows(x, geometry, first, count, width)
        if count == height or view.flags.c_contiguous:
            yield first, first + count, view.reshape(depth, -1)
            continue
        if space is None:
            space = np.empty(depth * rows * width * n, x.dtype)
        columns = space[: view.size]
        np.copyto(columns.reshape(view.shape), view)
        yield first, first + count, columns.reshape(depth, -1)


def convolve(x: Array, w: Array, geometry: Geometry, groups: int = 1) -> Array:
    """Cross-correlate x (C, H, W, N) with w (O, C/groups, kh, kw) to (O, H', W', N)."""
    n, outputs = x.shape[3], w.shape[0]
    size = geometry.output(x.shape[1], x.shape[2])
    line = size[1] * n
    weight = w.reshape(groups, outputs // groups, -1)
    depth = weight.shape[2]
    y = np.empty((outputs, *size, n), x.dtype)
    flat = y.reshape(groups, outputs // groups, -1)
    for first, last, columns in _blocks(pad(x, geometry.padding), geometry, size, COLUMN_BYTES):
        out = flat[:, :, first * line : last * line]
        if groups == 1:
            np.matmul(weight[0], columns, out=out[0])
        else:
            np.matmul(weight, columns.reshape(groups, depth, -1), out=out)
    return y


def gradients(
    g: Array, x: Array, w: Array, geometry: Geometry, groups: int = 1,
    need_x: bool = True, need_w: bool = True,
) -> tuple[Array | None, Array | None]:  # fmt: skip
    """The gradients of x and w, given the gradient g (O, H', W', N) of the output."""
    n, outputs = x.shape[3], w.shape[0]
    size = g.shape[1:3]
    line = size[1] * n
    weight = w.reshape(groups, outputs // groups, -1)
    depth = weight.shape[2]
    flat = np.ascontiguousarray(g).reshape(groups, outputs // groups, -1)
    padded = pad(x, geometry.padding)
    dw = np.zeros((groups, depth, outputs // groups), x.dtype) if need_w else None
    dx = np.zeros_like(padded) if need_x else None
    for first, last, columns in _blocks(
        padded, geometry, size, SPREAD_BYTES if need_x else COLUMN_BYTES
    ):
        part = flat[:, :, first * line : last * line]
        if dw is not None:  # transposed: with the longer side first BLAS is twice as fast
            dw += columns.reshape(groups, depth, -1) @ part.swapaxes(1, 2)
        if dx is not None:
            add_windows(dx, weight.swapaxes(1, 2) @ part, geometry, first, last - first, size[1])
    return (
        None if dx is None else crop(dx, geometry.padding, x.shape[1], x.shape[2]),
        None if dw is None else dw.swapaxes(1, 2).reshape(w.shape),
    )


def add_windows(
    dx: Array, columns: Array, geometry: Geometry, first: int, rows: int, width: int
) -> None:
    """Add each column back where its window came from, one place of the kernel at a time."""
    (kh, kw), (sh, sw), _, (dh, dw), _ = geometry
    columns = columns.reshape(dx.shape[0], kh, kw, rows, width, dx.shape[3])
    for i in range(kh):
        top = first * sh + i * dh
        for j in range(kw):
            left = j * dw
            dx[:, top : top + sh * rows : sh, left : left + sw * width : sw] += columns[:, i, j]
