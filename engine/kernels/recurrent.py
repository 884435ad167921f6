"""Recurrent layers over all steps, forward and back through time by hand.

What a cell does is said in ``functional/recurrent.py``; here its gates are computed into arrays
that the way back reads, and the products with the weights of all steps are one product each.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.shapes import sigmoid

__all__ = ["KERNELS", "Run"]


class Run(NamedTuple):
    """``states`` (1 or 2, T, N, units) after every step.

    ``gradients`` of the projected input, the states before the first step, w_hh and b_hh.
    """

    states: Array
    gradients: Callable[[Array], tuple[Array, ...]]


def _product(h: Array, w: Array, bias: Array | None) -> Array:
    """The state's part of the rows."""
    product: Array = h @ w.T
    if bias is not None:
        product += bias
    return product


def _weights(d_rows: Array, before: Array) -> tuple[Array, Array]:
    """The gradients of w_hh and b_hh from those of the rows of all steps."""
    flat = d_rows.reshape(-1, d_rows.shape[-1])
    return flat.T @ before.reshape(-1, before.shape[-1]), np.add.reduce(flat, 0)


def rnn(x: Array, h: Array, w: Array, bias: Array | None, relu: bool) -> Run:
    """The plain cell with tanh or ReLU."""
    states = np.empty((1 + len(x), *h.shape), x.dtype)
    states[0] = h
    for t, rows in enumerate(x):
        a = _product(states[t], w, bias) + rows
        np.maximum(a, 0, out=states[t + 1]) if relu else np.tanh(a, out=states[t + 1])

    def gradients(g: Array) -> tuple[Array, ...]:
        d_rows, after = np.empty_like(x), states[1:]
        slopes = (after > 0).astype(x.dtype) if relu else 1 - after * after
        dh: Any = 0
        for t in reversed(range(len(x))):
            np.multiply(g[0, t] + dh, slopes[t], out=d_rows[t])
            dh = d_rows[t] @ w
        return d_rows, dh, *_weights(d_rows, states[:-1])

    return Run(states[None, 1:], gradients)


def lstm(x: Array, h: Array, c: Array, w: Array, bias: Array | None) -> Run:
    """The cell with gates i, f, g, o and a memory."""
    units = h.shape[-1]
    states = np.empty((2, 1 + len(x), *h.shape), x.dtype)
    states[0, 0], states[1, 0] = h, c
    gates, roots = np.empty_like(x), np.empty((len(x), *h.shape), x.dtype)
    blocks = [gates[..., k * units : (k + 1) * units] for k in range(4)]
    for t, rows in enumerate(x):
        a = _product(states[0, t], w, bias) + rows
        gates[t] = sigmoid(a)
        np.tanh(a[..., 2 * units : 3 * units], out=blocks[2][t])
        i, f, g, o = (block[t] for block in blocks)
        states[1, t + 1] = f * states[1, t] + i * g
        np.tanh(states[1, t + 1], out=roots[t])
        states[0, t + 1] = o * roots[t]

    def gradients(d: Array) -> tuple[Array, ...]:
        d_rows = np.empty_like(x)
        dh: Any = 0
        dc: Any = 0
        i, f, g, o = blocks
        slope_o, slope_c = roots * o * (1 - o), o * (1 - roots * roots)
        slope_i, slope_f, slope_g = g * i * (1 - i), states[1, :-1] * f * (1 - f), i * (1 - g * g)
        for t in reversed(range(len(x))):
            dh = d[0, t] + dh
            dc = d[1, t] + dc + dh * slope_c[t]
            row = d_rows[t]
            np.multiply(dc, slope_i[t], out=row[..., :units])
            np.multiply(dc, slope_f[t], out=row[..., units : 2 * units])
            np.multiply(dc, slope_g[t], out=row[..., 2 * units : 3 * units])
            np.multiply(dh, slope_o[t], out=row[..., 3 * units :])
            dh, dc = row @ w, dc * f[t]
        return d_rows, dh, dc, *_weights(d_rows, states[0, :-1])

    return Run(states[:, 1:], gradients)


def gru(x: Array, h: Array, w: Array, bias: Array | None) -> Run:
    """The cell with gates r, z and the candidate n, reset after the product."""
    units = h.shape[-1]
    states = np.empty((1 + len(x), *h.shape), x.dtype)
    states[0] = h
    gates, inner = np.empty_like(x), np.empty((len(x), *h.shape), x.dtype)
    for t, rows in enumerate(x):
        own = _product(states[t], w, bias)
        gates[t, ..., : 2 * units] = sigmoid((own + rows)[..., : 2 * units])
        r, z, n = (gates[t, ..., k * units : (k + 1) * units] for k in range(3))
        inner[t] = own[..., 2 * units :]
        np.tanh(rows[..., 2 * units :] + r * inner[t], out=n)
        states[t + 1] = n + z * (states[t] - n)

    def gradients(g: Array) -> tuple[Array, ...]:
        d_rows, d_own = np.empty_like(x), np.empty_like(x)
        dh: Any = 0
        for t in reversed(range(len(x))):
            r, z, n = (gates[t, ..., k * units : (k + 1) * units] for k in range(3))
            dh = g[0, t] + dh
            dn = dh * (1 - z) * (1 - n * n)
            d_rows[t, ..., :units] = dn * inner[t] * r * (1 - r)
            d_rows[t, ..., units : 2 * units] = dh * (states[t] - n) * z * (1 - z)
            d_rows[t, ..., 2 * units :] = dn
            d_own[t, ..., : 2 * units] = d_rows[t, ..., : 2 * units]
            d_own[t, ..., 2 * units :] = dn * r
            dh = dh * z + d_own[t] @ w
        return d_rows, dh, *_weights(d_own, states[:-1])

    return Run(states[None, 1:], gradients)


KERNELS: dict[str, Callable[..., Run]] = {
    "tanh": partial(rnn, relu=False),
    "relu": partial(rnn, relu=True),
    "lstm": lstm,
    "gru": gru,
}
