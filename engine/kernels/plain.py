"""Convolution as its definition says: one term per place of the kernel.

Everything is cross-correlation, without a flip:
y[o, r, q, n] = Σ w[o, c, i, j] x[c, s r + d i, s q + d j, n], on padded x. The fast
paths are tested against these functions.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.kernels.geometry import Geometry, Pair, crop, pad

__all__ = ["convolve", "input_gradient", "weight_gradient"]


def _shifts(x: Array, geometry: Geometry, size: Pair) -> Iterator[tuple[int, int, Array]]:
    """For each place (i, j) of the kernel, the part of padded x it touches."""
    (kh, kw), (sh, sw), _, (dh, dw), _ = geometry
    for i in range(kh):
        for j in range(kw):
            top, left = i * dh, j * dw
            yield i, j, x[:, top : top + sh * size[0] : sh, left : left + sw * size[1] : sw]


def _split(x: Array, groups: int) -> Array:
    return x.reshape(groups, x.shape[0] // groups, *x.shape[1:])


def convolve(x: Array, w: Array, geometry: Geometry, groups: int = 1) -> Array:
    """Cross-correlate x (C, H, W, N) with w (O, C/groups, kh, kw) to (O, H', W', N)."""
    size = geometry.output(*x.shape[1:3])
    y = np.zeros((w.shape[0], *size, x.shape[3]), x.dtype)
    for i, j, part in _shifts(pad(x, geometry.padding), geometry, size):
        term = np.einsum("goc,gchwn->gohwn", _split(w[:, :, i, j], groups), _split(part, groups))
        y += term.reshape(y.shape)
    return y


def input_gradient(g: Array, w: Array, geometry: Geometry, size: Pair, groups: int = 1) -> Array:
    """The gradient of x (C, *size, N), given the gradient g (O, H', W', N) of the output."""
    (p, q), channels = geometry.padding, w.shape[1] * groups
    dx = np.zeros((channels, size[0] + 2 * p, size[1] + 2 * q, g.shape[3]), g.dtype)
    for i, j, part in _shifts(dx, geometry, g.shape[1:3]):
        term = np.einsum("goc,gohwn->gchwn", _split(w[:, :, i, j], groups), _split(g, groups))
        part += term.reshape(part.shape)
    return crop(dx, geometry.padding, *size)


def weight_gradient(g: Array, x: Array, geometry: Geometry, groups: int = 1) -> Array:
    """The gradient of w (O, C/groups, kh, kw), given the gradient g of the output."""
    dw = np.zeros((g.shape[0], x.shape[0] // groups, *geometry.kernel), g.dtype)
    for i, j, part in _shifts(pad(x, geometry.padding), geometry, g.shape[1:3]):
        term = np.einsum("gohwn,gchwn->goc", _split(g, groups), _split(part, groups))
        dw[:, :, i, j] = term.reshape(dw.shape[:2])
    return dw
