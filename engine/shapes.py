"""What the derivative table needs to know about shapes, for arrays and tensors alike.

Each function asks once whether it holds an array; if not it calls the tensor's method of the same
meaning, which records it.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

__all__ = [
    "cos", "exp", "expand", "linear", "linear_bias", "linear_input", "linear_weight", "matmul_left",
    "matmul_right", "raw", "scatter", "sigmoid", "sin", "spread", "sum_to", "swap", "unpermute",
]  # fmt: skip

Value = Any  # an array, a NumPy scalar or a Tensor
Dims = int | tuple[int, ...] | None
ARRAYS = (np.ndarray, np.generic)
SMALL = 1 << 10  # elements up to which a copy is made sooner than a broadcast view


def raw(x: Value) -> Value:
    """The numbers alone, for comparisons, which have no derivative."""
    return x if isinstance(x, ARRAYS) else x.data


def exp(x: Value) -> Value:
    """eˣ."""
    return np.exp(x) if isinstance(x, ARRAYS) else x.exp()


def sin(x: Value) -> Value:
    """The sine."""
    return np.sin(x) if isinstance(x, ARRAYS) else x.sin()


def cos(x: Value) -> Value:
    """The cosine."""
    return np.cos(x) if isinstance(x, ARRAYS) else x.cos()


def sigmoid(x: Value) -> Value:
    """1 / (1 + e⁻ˣ), through tanh because that cannot overflow."""
    if not isinstance(x, ARRAYS):
        return x.sigmoid()
    half: Any = x.dtype.type(0.5)
    return half * np.tanh(half * x) + half


def swap(x: Value) -> Value:
    """The transpose of the last two axes."""
    return x.swapaxes(-1, -2)


def unpermute(g: Value, dims: tuple[int, ...]) -> Value:
    """Undo a permutation of axes."""
    back = tuple(int(i) for i in np.argsort(dims))
    return np.transpose(g, back) if isinstance(g, ARRAYS) else g.permute(back)


def expand(x: Value, shape: tuple[int, ...]) -> Value:
    """Broadcast to ``shape``."""
    if not isinstance(x, ARRAYS):
        return x.expand(shape)
    if prod(shape) > SMALL:
        return np.broadcast_to(x, shape)
    whole = np.empty(shape, x.dtype)  # a view would take longer than its numbers
    whole[...] = x
    return whole


def sum_to(g: Value, shape: tuple[int, ...]) -> Value:
    """Sum ``g`` over the axes along which an input of ``shape`` was broadcast."""
    if g.shape == shape:
        return g
    extra = len(g.shape) - len(shape)
    dims = tuple(range(extra)) + tuple(
        i + extra for i, n in enumerate(shape) if n == 1 and g.shape[i + extra] != 1
    )
    if isinstance(g, ARRAYS):
        return g.sum(axis=dims, keepdims=True).reshape(shape)
    return g.sum(dims, True).reshape(shape)


def spread(g: Value, x: Value, dim: Dims, keepdim: bool) -> Value:
    """Hand the gradient of a reduction over ``dim`` back to every element of ``x``."""
    if dim is not None and not keepdim:
        dims = {d % len(x.shape) for d in (dim if isinstance(dim, tuple) else (dim,))}
        g = g.reshape(tuple(1 if i in dims else n for i, n in enumerate(x.shape)))
    return expand(g, x.shape)


def scatter(g: Value, shape: tuple[int, ...], index: Any) -> Value:
    """Zeros of ``shape`` with ``g`` added at ``index``: the opposite of ``x[index]``."""
    if not isinstance(g, ARRAYS):
        return g.scatter(shape, index)
    out = np.zeros(shape, g.dtype)
    parts = index if isinstance(index, tuple) else (index,)
    if all(p is None or p is Ellipsis or isinstance(p, (int, slice)) for p in parts):
        out[index] = g
    else:
        np.add.at(out, index, g)
    return out


def matmul_left(g: Value, z: Value, x: Value, y: Value) -> Value:  # noqa: ARG001 - a table row
    """The gradient g Yᵀ of x @ y for x; a vector is a row on the left, a column on the right."""
    if len(y.shape) == 1:
        return g.reshape((*g.shape, 1)) * y
    if len(x.shape) == 1:
        g = g.reshape((*g.shape[:-1], 1, g.shape[-1]))
        product = g @ swap(y)
        return product.reshape((*product.shape[:-2], product.shape[-1]))
    return g @ swap(y)


def matmul_right(g: Value, z: Value, x: Value, y: Value) -> Value:  # noqa: ARG001 - a table row
    """The gradient Xᵀ g of x @ y for y."""
    if len(x.shape) == 1 and len(y.shape) == 1:
        return g * x
    if len(x.shape) == 1:
        return x.reshape((x.shape[0], 1)) * g.reshape((*g.shape[:-1], 1, g.shape[-1]))
    if len(y.shape) == 1:
        product = swap(x) @ g.reshape((*g.shape, 1))
        return product.reshape(product.shape[:-1])
    return swap(x) @ g


def linear(x: Value, w: Value, b: Value = None) -> Value:
    """The affine map x Wᵀ + b, adding in place."""
    z = x @ w.T
    if b is not None:
        z += b
    return z


def linear_input(g: Value, z: Value, x: Value, w: Value, b: Value = None) -> Value:  # noqa: ARG001
    """The gradient g W, in the memory order of x (flattened images have the batch last)."""
    if isinstance(x, np.ndarray) and x.ndim == 2 and x.strides[0] < x.strides[1]:
        return (w.T @ g.T).T
    return g @ w


def linear_weight(g: Value, z: Value, x: Value, w: Value, b: Value = None) -> Value:  # noqa: ARG001
    """The gradient gᵀ X, summed over all axes but the last, in the memory order of w."""
    g, x = g.reshape((-1, g.shape[-1])), x.reshape((-1, x.shape[-1]))
    if isinstance(w, np.ndarray) and w.strides[0] < w.strides[1]:
        return (x.T @ g).T
    return swap(g) @ x


def linear_bias(g: Value, z: Value, x: Value, w: Value, b: Value) -> Value:  # noqa: ARG001
    """The gradient g; summed here for a batch of vectors, elsewhere with the other broadcasts."""
    return np.add.reduce(g, 0) if isinstance(g, np.ndarray) and g.ndim == 2 else g
