"""Vectors by number, and how alike two vectors are."""

from __future__ import annotations

from typing import Any

import numpy as np

from partialcredit.engine.tensor import Tensor, apply
from partialcredit.errors import EngineError

__all__ = ["cosine_similarity", "embedding", "one_hot"]


def embedding(input: Any, weight: Tensor, padding_idx: int | None = None) -> Tensor:
    """The rows of ``weight`` (V, d) that ``input`` (...) of integers names: (..., d).

    The gradient of a row is the sum over the places that name it; the row ``padding_idx`` has none.
    """
    places = np.asarray(input.data if isinstance(input, Tensor) else input)
    count = weight.shape[0]
    if places.dtype.kind not in "iu":
        raise EngineError(f"Embedding expects integers, but received {places.dtype}")
    outside = (places < 0) | (places >= count)
    if outside.any():
        raise EngineError(
            f"Embedding expects numbers from 0 to {count - 1}, but received {places[outside][0]}"
        )
    rows = weight[places]
    if padding_idx is None:
        return rows
    padding = (places == padding_idx)[..., None]
    return apply("where", (rows.detach(), rows), np.broadcast_to(padding, rows.shape))


def one_hot(input: Any, num_classes: int) -> Tensor:
    """Integers (...) as rows (..., num_classes) of one 1 and zeros, of integers as in torch."""
    places = np.asarray(input.data if isinstance(input, Tensor) else input)
    return Tensor(np.eye(num_classes, dtype=np.int64)[places])


def cosine_similarity(x1: Tensor, x2: Tensor, dim: int = 1, eps: float = 1e-8) -> Tensor:
    """x₁ · x₂ / (max(‖x₁‖, eps) max(‖x₂‖, eps)) along ``dim``; shapes broadcast."""
    floor = x1.dtype.type(eps)
    lengths = [apply("maximum", ((x * x).sum(dim).sqrt(), Tensor(floor))) for x in (x1, x2)]
    return (x1 * x2).sum(dim) / (lengths[0] * lengths[1])
