"""Losses. ``reduction`` is 'mean', 'sum' or 'none', as in torch."""

from __future__ import annotations

from typing import Any

import numpy as np

from partialcredit.engine.checks import Array, refuse_labels, refuse_non_finite
from partialcredit.engine.tensor import Tensor, apply, as_tensor, custom
from partialcredit.errors import EngineError

__all__ = [
    "binary_cross_entropy_with_logits", "cross_entropy", "half_squared_error", "hinge_loss",
    "mse_loss", "multi_margin_loss", "nll_loss",
]  # fmt: skip


def mse_loss(input: Tensor, target: Any, reduction: str = "mean") -> Tensor:
    """(x - y)², averaged over every element (not only over the batch), as torch does."""
    away = input - _target("MSELoss", input, target)
    return _reduce("MSELoss", away * away, reduction)


def half_squared_error(input: Tensor, target: Any) -> Tensor:
    """½ Σ (x - y)² over every element: the notes' squared error, whose gradient is x - y."""
    away = input - _target("HalfSquaredError", input, target)
    return (away * away).sum() * 0.5


def cross_entropy(
    input: Tensor, target: Any, weight: Any = None, reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:  # fmt: skip
    """-Σ q_c ln softmax(x)_c for logits (N, C) and labels (N,) or probabilities (N, C).

    Logits (C,) are one example without a batch.
    With ``label_smoothing`` s the target is (1 - s) q + s/C (Szegedy et al. 2016, section 7).
    ``weight`` (C,) scales each class; the mean then divides by the sum of the labels' weights (by N
    when the target holds probabilities), as in torch.
    """
    x, name = input.data, "CrossEntropyLoss"
    if x.ndim == 1:
        row = np.asarray(target.data if isinstance(target, Tensor) else target)[None]
        loss = cross_entropy(input.unsqueeze(0), row, weight, reduction, label_smoothing)
        return loss.reshape(()) if reduction == "none" else loss
    if x.ndim != 2 or x.dtype.kind != "f":
        raise EngineError(
            f"{name} expects float logits of shape (N, C), but received {x.shape} of {x.dtype}"
        )
    refuse_non_finite(name, x)
    n, classes = x.shape
    labels = np.asarray(target.data if isinstance(target, Tensor) else target)
    shifted = x - np.maximum.reduce(x, axis=1, keepdims=True)
    exps = np.exp(shifted)
    total = np.add.reduce(exps, axis=1, keepdims=True)
    if labels.ndim < 2 and weight is None and not label_smoothing and reduction == "mean":
        refuse_labels(name, labels, classes, n)
        places = labels + np.arange(0, n * classes, classes)  # in the flattened logits
        m = x.dtype.type(n)
        right = shifted.reshape(-1)[places]
        value = (np.add.reduce(np.log(total), axis=None) - np.add.reduce(right)) / m

        def cross_entropy_backward(g: Array) -> tuple[Array]:
            scale = g / m
            dx = exps * (scale / total)
            dx.reshape(-1)[places] -= scale
            return (dx,)

        return custom(value, (input,), cross_entropy_backward)

    q, divisor = _soft_targets(name, labels, x, weight, label_smoothing)
    losses = -(q * (shifted - np.log(total))).sum(axis=1)
    factor = x.dtype.type(1 / divisor if reduction == "mean" else 1)

    def weighted_cross_entropy_backward(g: Array) -> tuple[Array]:
        dx = exps / total * q.sum(axis=1, keepdims=True) - q
        return (dx * (g.reshape(-1, 1) * factor),)

    value = losses if reduction == "none" else losses.sum() * factor
    if reduction not in ("none", "mean", "sum"):
        raise EngineError(f"{name} expects reduction 'mean', 'sum' or 'none', not {reduction!r}")
    return custom(value, (input,), weighted_cross_entropy_backward)


def _soft_targets(
    name: str, labels: Array, x: Array, weight: Any, smoothing: float
) -> tuple[Array, float]:
    """The weighted target of every logit, and what the mean divides by."""
    n, classes = x.shape
    if not 0 <= smoothing <= 1:
        raise EngineError(f"{name} expects label_smoothing from 0 to 1, but received {smoothing}")
    w = np.ones(classes, x.dtype) if weight is None else np.asarray(weight, x.dtype)
    if w.shape != (classes,):
        raise EngineError(f"{name} expects a weight of shape ({classes},), but received {w.shape}")
    if labels.ndim < 2:
        refuse_labels(name, labels, classes, n)
        hard = np.zeros_like(x)
        hard[np.arange(n), labels] = 1
        divisor = float(w[labels].sum())
    else:
        if labels.shape != x.shape:
            raise EngineError(
                f"{name} expects targets of shape {x.shape}, but received {labels.shape}"
            )
        hard, divisor = labels.astype(x.dtype), float(n)
    return ((1 - smoothing) * hard + smoothing / classes).astype(x.dtype) * w, divisor


def nll_loss(input: Tensor, target: Any, reduction: str = "mean") -> Tensor:
    """Minus the log-probability (N, C) of each label (N,)."""
    labels = np.asarray(target.data if isinstance(target, Tensor) else target)
    if input.ndim != 2:
        raise EngineError(f"NLLLoss expects shape (N, C), but received {input.shape}")
    refuse_labels("NLLLoss", labels, input.shape[1], input.shape[0])
    return _reduce("NLLLoss", -input[np.arange(len(labels)), labels], reduction)


def binary_cross_entropy_with_logits(input: Tensor, target: Any, reduction: str = "mean") -> Tensor:
    """ln(1 + eˣ) - x y: minus the log-likelihood of y in [0, 1] under sigmoid(x)."""
    y = _target("BCEWithLogitsLoss", input, target)
    return _reduce("BCEWithLogitsLoss", apply("softplus", (input,)) - input * y, reduction)


def hinge_loss(input: Tensor, target: Any, margin: float = 1.0, reduction: str = "mean") -> Tensor:
    """max(0, margin - y x) for labels y of -1 or 1. At the margin the derivative is 0.

    torch has no loss of this form; its HingeEmbeddingLoss is another function.
    """
    y = _target("HingeLoss", input, target)
    if not np.isin(y.data, (-1, 1)).all():
        raise EngineError("HingeLoss expects targets of -1 or 1")
    return _reduce("HingeLoss", (margin - input * y).relu(), reduction)


def multi_margin_loss(
    input: Tensor, target: Any, margin: float = 1.0, reduction: str = "mean", divide: bool = True
) -> Tensor:
    """Σ_{j≠y} max(0, margin - x_y + x_j) / C for scores (N, C) and labels (N,).

    torch divides by the number of classes; Weston and Watkins (1999), and the notes, do not:
    ``divide=False``.
    """
    if input.ndim != 2:
        raise EngineError(f"MultiMarginLoss expects shape (N, C), but received {input.shape}")
    n, classes = input.shape
    labels = np.asarray(target.data if isinstance(target, Tensor) else target)
    refuse_labels("MultiMarginLoss", labels, classes, n)
    others = np.ones(input.shape, input.dtype)
    others[np.arange(n), labels] = 0
    right = input[np.arange(n), labels].reshape(n, 1)
    slack = (margin - right + input).relu() * Tensor(others)
    losses = slack.sum(1) / classes if divide else slack.sum(1)
    return _reduce("MultiMarginLoss", losses, reduction)


def _target(name: str, input: Tensor, target: Any) -> Tensor:
    y = as_tensor(target, input)
    if y.shape != input.shape:
        raise EngineError(f"{name} expects a target of shape {input.shape}, but received {y.shape}")
    refuse_non_finite(name, np.asarray(input.data))
    return y if y.dtype == input.dtype else Tensor(y.data.astype(input.dtype))


def _reduce(name: str, losses: Tensor, reduction: str) -> Tensor:
    if reduction == "mean":
        return losses.mean()
    if reduction == "sum":
        return losses.sum()
    if reduction == "none":
        return losses
    raise EngineError(f"{name} expects reduction 'mean', 'sum' or 'none', not {reduction!r}")
