"""Scaled dot-product attention."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from partialcredit.engine.functional.activation import softmax
from partialcredit.engine.functional.dropout import dropout
from partialcredit.engine.tensor import Tensor, as_tensor
from partialcredit.errors import EngineError

__all__ = ["attention_weights", "scaled_dot_product_attention"]


def scaled_dot_product_attention(
    query: Tensor, key: Tensor, value: Tensor, attn_mask: Any = None, dropout_p: float = 0.0,
    is_causal: bool = False, scale: float | None = None, enable_gqa: bool = False,
    generator: np.random.Generator | int | None = None,
) -> Tensor:  # fmt: skip
    """softmax(Q Kᵀ · scale + mask) V, row by row (Vaswani et al. 2017, eq. 1).

    ``query`` is (..., n, d), ``key`` (..., m, d) and ``value`` (..., m, v), the result (..., n, v).
    ``scale`` is 1/√d unless given. A boolean mask (..., n, m) is True where a query may look at a
    key, the opposite of :class:`~partialcredit.engine.MultiheadAttention`'s; a mask of numbers is
    added to the scores. With ``enable_gqa`` every head of key and value, the third axis from the
    end, serves as many neighbouring heads of the query as there are for each.
    """
    if enable_gqa:
        key, value = _repeated(key, query.shape[-3]), _repeated(value, query.shape[-3])
    weights = attention_weights(query, key, attn_mask, is_causal, scale)
    return dropout(weights, dropout_p, generator=generator) @ value


def attention_weights(
    query: Tensor, key: Tensor, attn_mask: Any = None, is_causal: bool = False,
    scale: float | None = None,
) -> Tensor:  # fmt: skip
    """softmax(Q Kᵀ · scale + mask), (..., n, m); refuses a query that may look at nothing."""
    n, m = query.shape[-2], key.shape[-2]
    if query.shape[-1] != key.shape[-1]:
        raise EngineError(
            f"attention expects queries and keys of one length, but received {query.shape} and "
            f"{key.shape}"
        )
    factor = 1 / sqrt(query.shape[-1]) if scale is None else scale
    scores = (query * query.dtype.type(factor)) @ key.transpose(-1, -2)
    if is_causal:
        scores = scores + _added(np.tri(n, m, dtype=bool), scores)
    if attn_mask is not None:
        scores = scores + _added(attn_mask, scores)
    if (np.max(scores.data, -1) == -np.inf).any():
        raise EngineError("attention expects a mask that leaves every query at least one key")
    return softmax(scores)


def _added(mask: Any, scores: Tensor) -> Tensor:
    """A mask as numbers to add: 0 where True and minus infinity where False."""
    values = mask.data if isinstance(mask, Tensor) else np.asarray(mask)
    if np.broadcast_shapes(values.shape, scores.shape) != scores.shape:
        raise EngineError(
            f"attention expects a mask that broadcasts to the scores' shape {scores.shape}, "
            f"but received {values.shape}"
        )
    if values.dtype.kind == "b":
        return Tensor(np.where(values, scores.dtype.type(0), scores.dtype.type(-np.inf)))
    return as_tensor(mask)


def _repeated(x: Tensor, heads: int) -> Tensor:
    """Every head of (..., G, m, d) as often as makes ``heads`` of them."""
    groups = x.shape[-3]
    if heads % groups:
        raise EngineError(
            f"attention with enable_gqa expects the {heads} heads of the query to be a multiple "
            f"of the {groups} heads of key and value"
        )
    rest, lead = x.shape[-2:], x.shape[:-3]
    spread = x.unsqueeze(-3).expand(*lead, groups, heads // groups, *rest)
    return spread.reshape(*lead, heads, *rest)
