"""The derivative table: one row per operation.

A row is ``Operation(name, forward, derivatives)``. ``forward`` is a pure function of arrays.
``derivatives`` holds one function per differentiable input, called as ``d(g, z, *arguments)`` with
the gradient ``g`` of the output ``z`` and the arguments ``forward`` received; it returns that
input's gradient, before broadcasting is undone. The functions work on arrays (fast) and equally on
tensors, which record them and so give derivatives of any order.

>>> import numpy as np
>>> row = OPERATIONS["multiply"]
>>> z = row.forward(np.float64(3), np.float64(4))
>>> [float(d(1.0, z, np.float64(3), np.float64(4))) for d in row.derivatives]
[4.0, 3.0]
"""

# ruff: noqa: ARG005 - every derivative of a row takes the same arguments

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from partialcredit.engine.shapes import (
    cos,
    exp,
    linear,
    linear_bias,
    linear_input,
    linear_weight,
    matmul_left,
    matmul_right,
    raw,
    scatter,
    sigmoid,
    sin,
    spread,
    unpermute,
)  # fmt: skip

__all__ = ["OPERATIONS", "Operation"]


CLIP = 1 << 12  # elements from which np.clip pays


class Operation(NamedTuple):
    """One row of the table."""

    name: str
    forward: Callable[..., Any]
    derivatives: tuple[Callable[..., Any], ...]


def _relu(x: Any) -> Any:
    zero = x.dtype.type(0)
    if x.size < CLIP:
        return np.maximum(x, zero)
    return np.clip(x, zero, np.inf)  # three times as fast as maximum with a scalar


def _softplus(x: Any) -> Any:
    """ln(1 + eˣ), as max(x, 0) + ln(1 + e⁻ˡˣˡ)."""
    return np.maximum(x, x.dtype.type(0)) + np.log1p(np.exp(-np.abs(x)))


def _mean(x: Any, dim: Any, keepdim: bool) -> Any:
    total = x.sum(axis=dim, keepdims=keepdim)  # x.mean takes longer to start than to add
    return total / (x.size // max(total.size, 1))


def _logsumexp(x: Any, dim: int, keepdim: bool) -> Any:
    top = x.max(axis=dim, keepdims=True)
    z = np.log(np.exp(x - top).sum(axis=dim, keepdims=True)) + top
    return z if keepdim else z.squeeze(dim)


def _share(x: Any, y: Any, wins: Callable[[Any, Any], Any]) -> Any:
    """Which of two inputs takes the gradient: the winner, or half each at a tie, as in torch."""
    a, b = raw(x), raw(y)
    dtype = np.result_type(a, b).type
    return np.where(a == b, dtype(0.5), np.where(wins(a, b), dtype(1), dtype(0)))


def _row(name: str, forward: Callable[..., Any], *derivatives: Callable[..., Any]) -> Operation:
    return Operation(name, forward, derivatives)


# fmt: off
TABLE = (
    # name            forward           derivative with respect to each input
    _row("add",       operator.add,     lambda g, z, x, y: g,
                                        lambda g, z, x, y: g),
    _row("subtract",  operator.sub,     lambda g, z, x, y: g,
                                        lambda g, z, x, y: -g),
    _row("multiply",  operator.mul,     lambda g, z, x, y: g * y,
                                        lambda g, z, x, y: g * x),
    _row("divide",    operator.truediv, lambda g, z, x, y: g / y,
                                        lambda g, z, x, y: -g * z / y),
    _row("matmul",    operator.matmul,  matmul_left,
                                        matmul_right),
    _row("maximum",   np.maximum,       lambda g, z, x, y: g * _share(x, y, np.greater),
                                        lambda g, z, x, y: g * _share(y, x, np.greater)),
    _row("minimum",   np.minimum,       lambda g, z, x, y: g * _share(x, y, np.less),
                                        lambda g, z, x, y: g * _share(y, x, np.less)),
    _row("where",     lambda x, y, c: np.where(c, x, y),
                                        lambda g, z, x, y, c: g * c,
                                        lambda g, z, x, y, c: g * ~c),
    _row("linear",    linear,           linear_input,
                                        linear_weight,
                                        linear_bias),
    _row("power",     operator.pow,     lambda g, z, x, n: g * n * x ** (n - 1)),
    _row("negative",  operator.neg,     lambda g, z, x: -g),
    _row("absolute",  np.abs,           lambda g, z, x: g * np.sign(raw(x))),
    _row("exp",       np.exp,           lambda g, z, x: g * z),
    _row("log",       np.log,           lambda g, z, x: g / x),
    _row("log1p",     np.log1p,         lambda g, z, x: g / (1 + x)),
    _row("expm1",     np.expm1,         lambda g, z, x: g * (z + 1)),
    _row("sqrt",      np.sqrt,          lambda g, z, x: g / (z + z)),
    _row("sin",       np.sin,           lambda g, z, x: g * cos(x)),
    _row("cos",       np.cos,           lambda g, z, x: -g * sin(x)),
    _row("tanh",      np.tanh,          lambda g, z, x: g * (1 - z * z)),
    _row("sigmoid",   sigmoid,          lambda g, z, x: g * z * (1 - z)),
    _row("relu",      _relu,            lambda g, z, x: g * (raw(z) > 0)),
    _row("softplus",  _softplus,        lambda g, z, x: g * sigmoid(x)),
    _row("clamp",     np.clip,          lambda g, z, x, low, high:
                                        g * ((raw(x) >= low) & (raw(x) <= high))),
    _row("sum",       lambda x, dim, keepdim: np.add.reduce(x, axis=dim, keepdims=keepdim),
                                        lambda g, z, x, dim, keepdim: spread(g, x, dim, keepdim)),
    _row("mean",      _mean,
                                        lambda g, z, x, dim, keepdim:
                                        spread(g * (raw(z).size / raw(x).size), x, dim, keepdim)),
    _row("logsumexp", _logsumexp,       lambda g, z, x, dim, keepdim:
                                        spread(g, x, dim, keepdim)
                                        * exp(x - spread(z, x, dim, keepdim))),
    _row("reshape",   lambda x, shape: x.reshape(shape),
                                        lambda g, z, x, shape: g.reshape(x.shape)),
    _row("permute",   np.transpose,     lambda g, z, x, dims: unpermute(g, dims)),
    _row("expand",    np.broadcast_to,  lambda g, z, x, shape: g),
    _row("index",     lambda x, index: x[index],
                                        lambda g, z, x, index: scatter(g, x.shape, index)),
    _row("scatter",   scatter,          lambda g, z, x, shape, index: g[index]),
)
# fmt: on

OPERATIONS = {row.name: row for row in TABLE}
