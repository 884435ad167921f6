"""Batch normalisation with the channels as rows: (C, M), a few rows at a time, in place.

The rows stay in the cache through all passes, and sums of products are dot products.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.kernels.geometry import batch_last
from partialcredit.engine.kernels.norm import Normalised

__all__ = ["normalise"]

BLOCK = 1 << 19  # elements at a time


def normalise(x: Array, weight: Array | None, bias: Array | None, eps: float) -> Normalised:
    """What :func:`partialcredit.engine.kernels.norm.normalise` computes, for x of four axes."""
    inner = batch_last(x)
    mean, variance, away = centre(inner.reshape(len(inner), -1))
    scale = 1 / np.sqrt(variance + x.dtype.type(eps))
    factor = np.ones_like(scale) if weight is None else weight
    shift = np.zeros_like(scale) if bias is None else bias
    output = affine(away, scale * factor, shift)

    def gradients(g: Array) -> tuple[Array, Array, Array]:
        rows = batch_last(g).reshape(away.shape)
        dx, d_weight, d_bias = backward(rows, away, scale, factor)
        return dx.reshape(inner.shape).transpose(3, 0, 1, 2), d_weight, d_bias

    return Normalised(output.reshape(inner.shape).transpose(3, 0, 1, 2), mean, variance, gradients)


def _blocks(x: Array) -> Iterator[slice]:
    rows = max(1, BLOCK // max(1, x.shape[1]))
    return (slice(first, first + rows) for first in range(0, len(x), rows))


def _dots(x: Array, y: Array) -> Array:
    """The dot product of each row of x with the same row of y."""
    product: Array = np.matmul(x[:, None, :], y[:, :, None])[:, 0, 0]
    return product


def centre(x: Array) -> tuple[Array, Array, Array]:
    """The mean and the variance (divided by M) of every row, and the rows less their mean."""
    rows, m = x.shape
    mean, variance, away = np.empty(rows, x.dtype), np.empty(rows, x.dtype), np.empty_like(x)
    for block in _blocks(x):
        part = away[block]
        mean[block] = np.add.reduce(x[block], 1) / m
        np.subtract(x[block], mean[block, None], out=part)
        variance[block] = _dots(part, part) / m
    return mean, variance, away


def affine(x: Array, scale: Array, shift: Array) -> Array:
    """Every row times its scale plus its shift."""
    y = np.empty_like(x)
    for block in _blocks(x):
        part = y[block]
        np.multiply(x[block], scale[block, None], out=part)
        part += shift[block, None]
    return y


def backward(g: Array, away: Array, scale: Array, weight: Array) -> tuple[Array, Array, Array]:
    """The gradients of x, weight and bias, given the centred rows and scale = 1/√(variance + eps).

    dx = weight · scale · (g - mean(g) - away · scale² · mean(g · away)).
    """
    m = g.shape[1]
    dx, d_weight, d_bias = np.empty_like(g), np.empty(len(g), g.dtype), np.empty(len(g), g.dtype)
    scratch = np.empty((max(1, BLOCK // max(1, m)), m), g.dtype)
    for block in _blocks(g):
        rows, out, s = g[block], dx[block], scale[block]
        d_bias[block] = total = np.add.reduce(rows, 1)
        dots = _dots(rows, away[block])
        d_weight[block] = dots * s
        factor = weight[block] * s
        part = scratch[: len(rows)]
        np.multiply(rows, factor[:, None], out=out)
        np.multiply(away[block], (-factor * s * s * dots / m)[:, None], out=part)
        part += (-factor * total / m)[:, None]
        out += part
    return dx, d_weight, d_bias
