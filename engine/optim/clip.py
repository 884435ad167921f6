"""Gradient clipping."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

import numpy as np

from partialcredit.engine.tensor import Tensor
from partialcredit.errors import EngineError

__all__ = ["clip_grad_norm_", "clip_grad_value_"]


def clip_grad_norm_(parameters: Iterable[Tensor], max_norm: float) -> float:
    """Scale all gradients together so that their joint Euclidean norm is at most ``max_norm``.

    Returns the norm before. Pascanu, Mikolov and Bengio (2013), Algorithm 1; torch divides by
    norm + 1e-6, which we do too, so that the results agree.
    """
    params = [p for p in parameters if p.grad is not None]
    norm = sqrt(sum(float(np.vdot(p.grad, p.grad)) for p in params))
    if not norm < float("inf"):
        raise EngineError("clip_grad_norm_ expects finite gradients, but their norm is not finite")
    factor = max_norm / (norm + 1e-6)
    if factor < 1:
        for p in params:
            p.grad = p.grad * p.data.dtype.type(factor)
    return norm


def clip_grad_value_(parameters: Iterable[Tensor], clip_value: float) -> None:
    """Limit every entry of every gradient to ±``clip_value``."""
    for p in parameters:
        if p.grad is not None:
            p.grad = np.clip(p.grad, -clip_value, clip_value)
