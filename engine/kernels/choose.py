"""Which path runs: the one place that knows about speed.

Every path computes what its plain definition does; the tests hold them to it.
"""

from __future__ import annotations

from collections.abc import Callable

from partialcredit.engine.checks import Array
from partialcredit.engine.kernels import im2col, norm, norm_rows, pool, pool_pairs
from partialcredit.engine.kernels.geometry import Geometry

__all__ = ["batch_norm", "convolve", "convolve_gradients", "max_pool"]

ROWS = 1 << 12  # elements from which rows pay
PAIRS = Geometry((2, 2), (2, 2))


def convolve(x: Array, w: Array, geometry: Geometry, groups: int = 1) -> Array:
    """Cross-correlation of (C, H, W, N) with (O, C/groups, kh, kw)."""
    return im2col.convolve(x, w, geometry, groups)


def convolve_gradients(
    g: Array, x: Array, w: Array, geometry: Geometry, groups: int, need_x: bool, need_w: bool
) -> tuple[Array | None, Array | None]:
    """The gradients of x and w."""
    return im2col.gradients(g, x, w, geometry, groups, need_x, need_w)


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
    path = norm_rows if x.ndim == 4 and x.size >= ROWS else norm
    return path.normalise(x, weight, bias, eps)
