"""Pooling, place by place of the window, on (C, H, W, N).

Of several equal maxima the first in row-major order wins, as in torch: a later one must be strictly
greater.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.kernels.geometry import Geometry, Pair, crop, pad

__all__ = ["average", "average_gradient", "divisors", "maximum", "maximum_gradient"]


def overhang(geometry: Geometry, height: int, width: int) -> Pair:
    """How far the last windows of ceil_mode stick out beyond the padding."""
    size = geometry.output(height, width)
    excess = [
        (m - 1) * s + d * (k - 1) + 1 - (length + 2 * p)
        for m, s, d, k, length, p in zip(
            size, geometry.stride, geometry.dilation, geometry.kernel, (height, width),
            geometry.padding, strict=True,
        )
    ]  # fmt: skip
    return max(0, excess[0]), max(0, excess[1])


def places(x: Array, geometry: Geometry, size: Pair) -> Iterator[Array]:
    """For each place of the window in row-major order, the (C, H', W', N) part of padded x."""
    (kh, kw), (sh, sw), _, (dh, dw), _ = geometry
    for top in range(0, kh * dh, dh):
        for left in range(0, kw * dw, dw):
            yield x[:, top : top + sh * size[0] : sh, left : left + sw * size[1] : sw]


def maximum(x: Array, geometry: Geometry) -> tuple[Array, Array]:
    """The maxima, and for each the number of its place in the window."""
    size = geometry.output(*x.shape[1:3])
    padded = pad(x, geometry.padding, -np.inf, overhang(geometry, *x.shape[1:3]))
    parts = places(padded, geometry, size)
    best = next(parts).copy()
    place = np.zeros(best.shape, np.int32)
    for number, part in enumerate(parts, start=1):
        place[part > best] = number
        np.maximum(best, part, out=best)
    return best, place


def maximum_gradient(g: Array, place: Array, geometry: Geometry, height: int, width: int) -> Array:
    """Send each gradient to the place its maximum came from."""
    dx = _empty(g, geometry, height, width)
    for number, part in enumerate(places(dx, geometry, g.shape[1:3])):
        part += g * (place == number)
    return crop(dx, geometry.padding, height, width)


def divisors(geometry: Geometry, height: int, width: int, count_include_pad: bool) -> Array:
    """What each window's sum is divided by, (H', W'): its cells on the input, or also on padding.

    The overhang of ceil_mode never counts.
    """
    counts = []
    for axis, length in enumerate((height, width)):
        k, s, p = geometry.kernel[axis], geometry.stride[axis], geometry.padding[axis]
        low, high = (-p, length + p) if count_include_pad else (0, length)
        starts = np.arange(geometry.output(height, width)[axis]) * s - p
        counts.append(np.minimum(starts + k, high) - np.maximum(starts, low))
    table: Array = np.multiply.outer(counts[0], counts[1])[:, :, None]
    return table


def average(x: Array, geometry: Geometry, count_include_pad: bool = True) -> Array:
    """The mean of each window."""
    height, width = x.shape[1:3]
    size = geometry.output(height, width)
    padded = pad(x, geometry.padding, 0.0, overhang(geometry, height, width))
    total = np.zeros((x.shape[0], *size, x.shape[3]), x.dtype)
    for part in places(padded, geometry, size):
        total += part
    total /= divisors(geometry, height, width, count_include_pad)
    return total


def average_gradient(
    g: Array, geometry: Geometry, height: int, width: int, count_include_pad: bool = True
) -> Array:
    """Share each gradient equally among its window."""
    dx = _empty(g, geometry, height, width)
    share = g / divisors(geometry, height, width, count_include_pad).astype(g.dtype)
    for part in places(dx, geometry, g.shape[1:3]):
        part += share
    return crop(dx, geometry.padding, height, width)


def _empty(g: Array, geometry: Geometry, height: int, width: int) -> Array:
    (p, q), (a, b) = geometry.padding, overhang(geometry, height, width)
    return np.zeros((g.shape[0], height + 2 * p + a, width + 2 * q + b, g.shape[3]), g.dtype)
