"""Which path runs: the one place that knows about speed."""

from __future__ import annotations

from partialcredit.engine.checks import Array
from partialcredit.engine.kernels import im2col
from partialcredit.engine.kernels.geometry import Geometry

__all__ = ["convolve", "convolve_gradients"]


def convolve(x: Array, w: Array, geometry: Geometry, groups: int = 1) -> Array:
    """Cross-correlation of (C, H, W, N) with (O, C/groups, kh, kw)."""
    return im2col.convolve(x, w, geometry, groups)


def convolve_gradients(
    g: Array, x: Array, w: Array, geometry: Geometry, groups: int, need_x: bool, need_w: bool
) -> tuple[Array | None, Array | None]:
    """The gradients of x and w."""
    return im2col.gradients(g, x, w, geometry, groups, need_x, need_w)
