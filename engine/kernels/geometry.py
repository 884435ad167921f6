"""Where a sliding window lands: sizes, padding, and the view of all windows at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from partialcredit.engine.checks import Array

__all__ = ["Geometry", "Pair", "batch_last", "crop", "output_length", "pad", "windows"]

Pair = tuple[int, int]
PAGE = 4096  # bytes


class Geometry(NamedTuple):
    """Kernel, stride, padding and dilation, each (vertical, horizontal)."""

    kernel: Pair
    stride: Pair = (1, 1)
    padding: Pair = (0, 0)
    dilation: Pair = (1, 1)
    ceil: bool = False

    def output(self, height: int, width: int) -> Pair:
        """How many windows fit, vertically and horizontally; may be less than 1."""
        k, s, p, d = self.kernel, self.stride, self.padding, self.dilation
        return (
            output_length(height, k[0], s[0], p[0], d[0], self.ceil),
            output_length(width, k[1], s[1], p[1], d[1], self.ceil),
        )


def output_length(
    length: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1,
    ceil: bool = False,
) -> int:  # fmt: skip
    """Count window positions along one axis by placing them.

    With ``ceil`` a last window may stick out on the right, provided it starts on the input or the
    left padding (torch's ceil_mode).
    """
    span = dilation * (kernel - 1) + 1
    starts = range(-padding, length + padding - span + 1, stride)
    if not ceil:
        return len(starts)
    tail = starts[-1] + span if len(starts) else -padding
    following = (starts[-1] + stride) if len(starts) else -padding
    return len(starts) + int(tail < length + padding and following < length)


def batch_last(x: Array) -> Array:
    """Images (N, C, H, W) as contiguous (C, H, W, N); a view when they lie so in memory already."""
    inner = x.transpose(1, 2, 3, 0)
    if inner.flags.c_contiguous or x.strides[0] % PAGE or len(x) < 16:
        return np.ascontiguousarray(inner)
    out = np.empty(inner.shape, x.dtype)
    for first in range(0, len(x), 8):  # images a page apart evict each other from the cache
        out[..., first : first + 8] = inner[..., first : first + 8]
    return out


def pad(x: Array, padding: Pair, value: float = 0.0, after: Pair = (0, 0)) -> Array:
    """Surround (C, H, W, N) with ``value``: ``padding`` on each side, ``after`` more at the end."""
    (p, q), (a, b) = padding, after
    if not (p or q or a or b):
        return np.ascontiguousarray(x)
    c, h, w, n = x.shape
    shape = (c, h + 2 * p + a, w + 2 * q + b, n)
    out = np.full(shape, value, x.dtype) if value else np.zeros(shape, x.dtype)
    out[:, p : p + h, q : q + w] = x
    return out


def crop(x: Array, padding: Pair, height: int, width: int) -> Array:
    """Take the (C, H, W, N) image back out of its padding."""
    return x[:, padding[0] : padding[0] + height, padding[1] : padding[1] + width]


def windows(x: Array, geometry: Geometry, first: int, rows: int, columns: int) -> Array:
    """The (C, kh, kw, rows, columns, N) windows of padded, contiguous x; a view, not a copy.

    ``first`` is the first output row.
    """
    (kh, kw), (sh, sw), _, (dh, dw), _ = geometry
    c, _, _, n = x.shape
    tc, th, tw, tn = x.strides
    return np.ndarray(
        (c, kh, kw, rows, columns, n),
        x.dtype,
        x,
        first * sh * th,
        (tc, dh * th, dw * tw, sh * th, sw * tw, tn),
    )
