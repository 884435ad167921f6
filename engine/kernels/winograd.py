"""Convolution 3 by 3 with a quarter of the multiplications: F(4×4, 3×3).

Tiles of 6 by 6 inputs give 4 by 4 outputs: Y = Aᵀ[(G w Gᵀ) ⊙ (Bᵀ d B)]A, summed over channels,
where the product of 36 places replaces one of 144. Winograd (1980), "Arithmetic complexity of
computations"; Lavin and Gray (2016), "Fast algorithms for convolutional neural networks",
section 4, whose matrices these are. Both one-dimensional transforms at once are one 36 by 36
matrix, so that every stage is a matrix product.

Rounding is a few times that of the plain sum (about 1e-5 of the largest output in float32), which
is why :mod:`partialcredit.engine.kernels.choose` never sends float64 here.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import NamedTuple

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.kernels.geometry import Geometry, Pair, windows

__all__ = ["convolve", "input_gradient", "weight_gradient"]

BLOCK_BYTES = 1 << 20
PORTION = 1 << 14  # elements
TILES = Geometry((6, 6), (4, 4))

B = np.array(
    [
        [4, 0, -5, 0, 1, 0],
        [0, -4, -4, 1, 1, 0],
        [0, 4, -4, -1, 1, 0],
        [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0],
        [0, 4, 0, -5, 0, 1],
    ]
)  # fmt: skip
G = np.array(
    [[6, 0, 0], [-4, -4, -4], [-4, 4, -4], [1, 2, 4], [1, -2, 4], [0, 0, 24]]
) / 24  # fmt: skip
A = np.array([[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]])


class _Block(NamedTuple):
    """A run of tile rows: output rows first:last, and the (36, C, tiles · N) transformed inputs."""

    first: int
    last: int
    values: Array


def _square(matrix: Array, dtype: np.dtype[np.generic]) -> Array:
    """The two-dimensional transform of a one-dimensional one."""
    return np.kron(matrix, matrix).astype(dtype)


class _Space:
    """Scratch arrays by name, so that every block of a call works in the same memory."""

    def __init__(self, dtype: np.dtype[np.generic]) -> None:
        self.dtype = dtype
        self.held: dict[str, Array] = {}

    def take(self, name: str, *shape: int) -> Array:
        """An array of this shape; the next of the same name overwrites it."""
        size = prod(shape)
        if name not in self.held or self.held[name].size < size:
            self.held[name] = np.empty(size, self.dtype)
        return self.held[name][:size].reshape(shape)


def _portions(channels: int, line: int) -> Iterator[slice]:
    """A few channels at a time, so that their tiles stay in the cache between two steps."""
    step = max(1, PORTION // max(1, 36 * line))
    return (slice(c, min(c + step, channels)) for c in range(0, channels, step))


def _blocks(x: Array, padding: Pair, size: Pair, space: _Space) -> Iterator[_Block]:
    """Transform x (C, H, W, N) tile by tile, for outputs of ``size``."""
    c, height, width, n = x.shape
    down, across = -(-size[0] // 4), -(-size[1] // 4)
    padded = np.zeros((c, 4 * down + 2, 4 * across + 2, n), x.dtype)
    padded[:, padding[0] : padding[0] + height, padding[1] : padding[1] + width] = x
    transform = _square(B, x.dtype)
    rows = min(down, max(1, BLOCK_BYTES // max(1, 36 * c * across * n * x.itemsize)))
    for top in range(0, down, rows):
        count = min(rows, down - top)
        view = windows(padded, TILES, top, count, across).transpose(1, 2, 0, 3, 4, 5)
        line = count * across * n
        values = space.take("values", 36, c * line)
        for some in _portions(c, line):
            part = view[:, :, some]
            tiles = space.take("tiles", *part.shape)
            np.copyto(tiles, part)
            out = values[:, some.start * line : some.stop * line]
            np.matmul(transform, tiles.reshape(36, -1), out=out)
        yield _Block(4 * top, 4 * (top + count), values.reshape(36, c, -1))


def convolve(x: Array, w: Array, padding: Pair) -> Array:
    """Cross-correlate x (C, H, W, N) with w (O, C, 3, 3) to (O, H', W', N), stride 1."""
    outputs, n = w.shape[0], x.shape[3]
    size = x.shape[1] + 2 * padding[0] - 2, x.shape[2] + 2 * padding[1] - 2
    down, across = -(-size[0] // 4), -(-size[1] // 4)
    weight = (_square(G, w.dtype) @ w.reshape(-1, 9).T).reshape(36, outputs, -1)
    back = _square(A, x.dtype)
    y = np.empty((outputs, 4 * down, 4 * across, n), x.dtype)
    space = _Space(x.dtype)
    for first, last, values in _blocks(x, padding, size, space):
        products = space.take("products", 36, outputs, values.shape[2])
        np.matmul(weight, values, out=products)
        flat = products.reshape(36, -1)
        line = values.shape[2]
        for some in _portions(outputs, line):
            tiles = space.take("outputs", 16, (some.stop - some.start) * line)
            np.matmul(back, flat[:, some.start * line : some.stop * line], out=tiles)
            tiles = tiles.reshape(4, 4, some.stop - some.start, -1, across, n)
            rows = y[some, first:last].reshape(tiles.shape[2], -1, 4, across, 4, n)
            rows[...] = tiles.transpose(2, 3, 0, 4, 1, 5)
    return y[:, : size[0], : size[1]]


def input_gradient(g: Array, w: Array, padding: Pair) -> Array:
    """The gradient of x: the convolution of g with the kernel turned by half a circle."""
    turned = np.ascontiguousarray(w[:, :, ::-1, ::-1].swapaxes(0, 1))
    return convolve(g, turned, (2 - padding[0], 2 - padding[1]))


def weight_gradient(g: Array, x: Array, padding: Pair) -> Array:
    """The gradient of w (O, C, 3, 3): the three transforms transposed, in reverse."""
    outputs, height, width, n = g.shape
    down, across = -(-height // 4), -(-width // 4)
    padded = np.zeros((outputs, 4 * down, 4 * across, n), g.dtype)
    padded[:, :height, :width] = g
    tiles = padded.reshape(outputs, down, 4, across, 4, n).transpose(2, 4, 0, 1, 3, 5)
    spread = _square(A, g.dtype).T
    total = np.zeros((36, len(x), outputs), g.dtype)
    space = _Space(x.dtype)
    for first, last, values in _blocks(x, padding, (height, width), space):
        view = tiles[:, :, :, first // 4 : last // 4]
        line = values.shape[2]
        wide = space.take("wide", 36, outputs * line)
        for some in _portions(outputs, line):
            part = space.take("part", *view[:, :, some].shape)
            np.copyto(part, view[:, :, some])
            out = wide[:, some.start * line : some.stop * line]
            np.matmul(spread, part.reshape(16, -1), out=out)
        total += values @ wide.reshape(36, outputs, -1).swapaxes(1, 2)
    dw = _square(G, g.dtype).T @ total.reshape(36, -1)
    return np.ascontiguousarray(dw.reshape(3, 3, len(x), outputs).transpose(3, 2, 0, 1))
