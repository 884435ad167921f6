"""Activations: elementwise, and the normalised exponentials."""

from __future__ import annotations

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.tensor import Tensor, apply, custom
from partialcredit.errors import EngineError

__all__ = [
    "elu", "leaky_relu", "log_softmax", "maxout", "prelu", "relu", "sigmoid", "softmax",
    "softplus", "tanh",
]  # fmt: skip


def relu(input: Tensor) -> Tensor:
    """max(x, 0); the derivative at 0 is 0."""
    return apply("relu", (input,))


def sigmoid(input: Tensor) -> Tensor:
    """1 / (1 + e⁻ˣ)."""
    return apply("sigmoid", (input,))


def tanh(input: Tensor) -> Tensor:
    """(eˣ - e⁻ˣ) / (eˣ + e⁻ˣ)."""
    return apply("tanh", (input,))


def leaky_relu(input: Tensor, negative_slope: float = 0.01) -> Tensor:
    """The identity where x > 0, else negative_slope · x (Maas et al. 2013, section 2)."""
    slope = input.dtype.type(negative_slope)
    return input * Tensor(np.where(input.data > 0, input.dtype.type(1), slope))


def prelu(input: Tensor, weight: Tensor) -> Tensor:
    """Leaky ReLU with learned slopes: one, or one per channel of axis 1 (He et al. 2015, eq. 1)."""
    channels = input.shape[1] if input.ndim > 1 else 1
    if weight.shape not in ((1,), (channels,)):
        raise EngineError(
            f"PReLU expects a weight of shape (1,) or ({channels},) for an input of shape "
            f"{input.shape}, but received {weight.shape}"
        )
    slope = weight.reshape(-1, *(1,) * (input.ndim - 2)) if input.ndim > 1 else weight
    positive = input.data > 0
    return apply("where", (input, input * slope), positive)


def elu(input: Tensor, alpha: float = 1.0) -> Tensor:
    """The identity where x > 0, else alpha (eˣ - 1) (Clevert et al. 2016, eq. 15)."""
    below = input.clamp(-np.inf, 0.0).expm1() * alpha
    return apply("where", (input, below), input.data > 0)


def softplus(input: Tensor, beta: float = 1.0) -> Tensor:
    """ln(1 + e^(beta x)) / beta, exact everywhere; torch returns x itself where beta x > 20."""
    return apply("softplus", (input,)) if beta == 1 else apply("softplus", (input * beta,)) / beta


def maxout(input: Tensor, pieces: int = 2) -> Tensor:
    """The maximum of every ``pieces`` neighbouring features (Goodfellow et al. 2013, section 3).

    (N, pieces · F) becomes (N, F); the first of equal maxima takes the gradient. Not in torch.
    """
    if input.ndim != 2 or pieces < 1 or input.shape[1] % pieces:
        raise EngineError(
            f"Maxout with pieces={pieces} expects an input of shape (N, {pieces} · F), "
            f"but received {input.shape}"
        )
    return input.reshape(input.shape[0], -1, pieces).max(2)


def softmax(input: Tensor, dim: int = -1) -> Tensor:
    """e^(xᵢ) / Σ e^(xⱼ) along ``dim``, shifted by the maximum so that it cannot overflow."""
    exps = np.exp(input.data - input.data.max(axis=dim, keepdims=True))
    p = exps / exps.sum(axis=dim, keepdims=True)

    def softmax_backward(g: Array) -> tuple[Array]:
        return (p * (g - (g * p).sum(axis=dim, keepdims=True)),)

    return custom(p, (input,), softmax_backward)


def log_softmax(input: Tensor, dim: int = -1) -> Tensor:
    """xᵢ - ln Σ e^(xⱼ) along ``dim``."""
    shifted = input.data - input.data.max(axis=dim, keepdims=True)
    z = shifted - np.log(np.exp(shifted).sum(axis=dim, keepdims=True))

    def log_softmax_backward(g: Array) -> tuple[Array]:
        return (g - np.exp(z) * g.sum(axis=dim, keepdims=True),)

    return custom(z, (input,), log_softmax_backward)
