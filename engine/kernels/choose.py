"""Which path runs: the one place that knows about speed.

Every path computes what its plain definition does; the tests hold them to it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.kernels import im2col, norm, norm_rows, pool, pool_pairs, winograd
from partialcredit.engine.kernels.geometry import Geometry

__all__ = ["batch_norm", "convolve", "convolve_gradients", "max_pool"]

ROWS = 1 << 12  # elements from which rows pay
CHANNELS = 32  # on both sides, from which Winograd's transforms pay
IMAGES = 8  # in a batch, below which its tiles are gathered in runs too short
PAIRS = Geometry((2, 2), (2, 2))


def convolve(x: Array, w: Array, geometry: Geometry, groups: int = 1) -> Array:
    """Cross-correlation of (C, H, W, N) with (O, C/groups, kh, kw)."""
    if _winograd_pays(x, w, geometry, groups):
        return winograd.convolve(x, w, geometry.padding)
    return im2col.convolve(x, w, geometry, groups)


def convolve_gradients(
    g: Array, x: Array, w: Array, geometry: Geometry, groups: int, need_x: bool, need_w: bool
) -> tuple[Array | None, Array | None]:
    """The gradients of x and w."""
    if _winograd_pays(x, w, geometry, groups):
        return (
            winograd.input_gradient(g, w, geometry.padding) if need_x else None,
            winograd.weight_gradient(g, x, geometry.padding) if need_w else None,
        )
    return im2col.gradients(g, x, w, geometry, groups, need_x, need_w)


def _winograd_pays(x: Array, w: Array, geometry: Geometry, groups: int) -> bool:
    """Whether the smaller product is worth the transforms; float64 is always summed plainly."""
    return (
        x.dtype == np.float32
        and geometry == Geometry((3, 3), (1, 1), geometry.padding)
        and groups == 1
        and max(geometry.padding) <= 2
        and min(w.shape[:2]) >= CHANNELS
        and x.shape[3] >= IMAGES
    )


def max_pool(x: Array, geometry: Geometry) -> tuple[Array, Callable[[Array], Array]]:
    """The maxima of (C, H, W, N), and the function that takes their gradient to x."""
    if geometry == PAIRS:
        y, across = pool_pairs.maximum(x)
        return y, lambda g: pool_pairs.maximum_gradient(g, x, across)
    height, width = x.shape[1:3]
    y, place = pool.maximum(x, geometry)
    return y, lambda g: pool.maximum_gradient(g, place, geometry, height, width)


def batch_norm(x: Array, weight: Array | None, bias: Array | None, eps: float) -> norm.Normalised:
    """Batch normalisation of (N, C, ...) by its own statistics."""
    if x.ndim == 4 and x.size >= ROWS:
        return norm_rows.normalise(x, weight, bias, eps)
    return norm.normalise(x, weight, bias, eps)
