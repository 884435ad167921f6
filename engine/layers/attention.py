"""Multi-head attention and the layer of a transformer."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np

from partialcredit.engine.functional.activation import relu
from partialcredit.engine.functional.attention import attention_weights
from partialcredit.engine.functional.dropout import dropout as drop
from partialcredit.engine.functional.linear import linear
from partialcredit.engine.init import generator_of
from partialcredit.engine.layers.activation import Dropout
from partialcredit.engine.layers.layer_norm import LayerNorm
from partialcredit.engine.layers.linear import Linear
from partialcredit.engine.layers.module import Module
from partialcredit.engine.tensor import Parameter, Tensor
from partialcredit.errors import EngineError

__all__ = ["MultiheadAttention", "TransformerEncoderLayer"]

Seed = np.random.Generator | int | None


class MultiheadAttention(Module):
    """Attention of ``num_heads`` heads of embed_dim / num_heads features each.

    ``in_proj_weight`` (3 · embed_dim, embed_dim) holds the projections of queries, keys and values;
    ``out_proj`` joins the heads. Weights start Xavier uniform and biases at 0, as in torch.
    """

    def __init__(
        self, embed_dim: int, num_heads: int, dropout: float = 0.0, bias: bool = True, *,
        batch_first: bool = False, dtype: Any = np.float64, generator: Seed = None,
    ) -> None:  # fmt: skip
        if num_heads < 1 or embed_dim % num_heads:
            raise EngineError(
                f"MultiheadAttention expects embed_dim to be a multiple of num_heads, "
                f"but received {embed_dim} and {num_heads}"
            )
        self.embed_dim, self.num_heads = embed_dim, num_heads
        self.dropout, self.batch_first = dropout, batch_first
        self.generator = generator_of(generator)
        bound = sqrt(6 / (4 * embed_dim))
        values = self.generator.uniform(-bound, bound, (3 * embed_dim, embed_dim))
        self.in_proj_weight = Parameter(values.astype(dtype, copy=False))
        self.in_proj_bias = Parameter(np.zeros(3 * embed_dim, dtype)) if bias else None
        self.out_proj = Linear(embed_dim, embed_dim, bias, dtype, self.generator)
        if self.out_proj.bias is not None:
            self.out_proj.bias.data[:] = 0

    def forward(
        self, query: Tensor, key: Any = None, value: Any = None, key_padding_mask: Any = None,
        need_weights: bool = True, attn_mask: Any = None, average_attn_weights: bool = True,
        is_causal: bool = False,
    ) -> tuple[Tensor, Tensor | None]:  # fmt: skip
        """(n, N, embed_dim) and keys and values (m, N, embed_dim) to output and weights.

        The output has the query's shape; with ``batch_first`` N comes first, and all may lack it.
        The weights are (N, n, m), the mean over the heads, or with ``average_attn_weights=False``
        (N, num_heads, n, m). Masks are True where a query may *not* look (``key_padding_mask``
        (N, m): at which keys nobody), or numbers to add. Without keys and values the query attends
        to itself.
        """
        key = query if key is None else key
        value = key if value is None else value
        batched = query.ndim == 3
        tokens = [self._batch_first(_tensor(x)) for x in (query, key, value)]
        q, k, v = (self._heads(x, part) for part, x in enumerate(tokens))
        mask = _combined(attn_mask, key_padding_mask, self.num_heads, q.shape[0])
        weights = attention_weights(q, k, mask, is_causal)
        mixed = drop(weights, self.dropout, self.training, generator=self.generator) @ v
        output = self.out_proj(mixed.transpose(1, 2).flatten(2))
        if not batched:
            output, weights = output.squeeze(0), weights.squeeze(0)
        elif not self.batch_first:
            output = output.transpose(0, 1)
        if not need_weights:
            return output, None
        return output, weights.mean(-3) if average_attn_weights else weights

    def _batch_first(self, x: Tensor) -> Tensor:
        if x.ndim not in (2, 3) or x.shape[-1] != self.embed_dim:
            raise EngineError(
                f"MultiheadAttention expects shapes (tokens, N, {self.embed_dim}), the batch first "
                f"or left out, but received {x.shape}"
            )
        if x.ndim == 2:
            return x.unsqueeze(0)
        return x if self.batch_first else x.transpose(0, 1)

    def _heads(self, x: Tensor, part: int) -> Tensor:
        """One of the three projections of (N, tokens, d): (N, heads, tokens, d / heads)."""
        rows = slice(part * self.embed_dim, (part + 1) * self.embed_dim)
        bias = None if self.in_proj_bias is None else self.in_proj_bias[rows]
        y = linear(x, self.in_proj_weight[rows], bias)
        return y.reshape(*y.shape[:2], self.num_heads, -1).transpose(1, 2)

    def multiply_adds(self, input: Tensor, output: Tensor) -> int:  # noqa: ARG002 - as all layers
        """Of self-attention: the three projections, the scores and the mixture of the values.

        The output projection is counted by itself.
        """
        n = input.shape[1 if self.batch_first and input.ndim == 3 else 0]
        tokens = input.numel() // self.embed_dim
        return tokens * (self.in_proj_weight.numel() + 2 * n * self.embed_dim)

    def extra_repr(self) -> str:
        """The arguments."""
        return f"{self.embed_dim}, {self.num_heads}"


class TransformerEncoderLayer(Module):
    """Self-attention and a network of two linear layers, each with a shortcut and a layer norm.

    The norms follow the sums (Vaswani et al. 2017, section 3.1) or, with ``norm_first``, precede
    the blocks (Xiong et al. 2020, figure 1b). ``activation`` is a function of a tensor.
    """

    def __init__(
        self, d_model: int, nhead: int, dim_feedforward: int = 2048, dropout: float = 0.1,
        activation: Callable[[Tensor], Tensor] = relu, layer_norm_eps: float = 1e-5,
        batch_first: bool = False, norm_first: bool = False, bias: bool = True,
        dtype: Any = np.float64, generator: Seed = None,
    ) -> None:  # fmt: skip
        rng = generator_of(generator)
        self.activation, self.norm_first = activation, norm_first
        self.self_attn = MultiheadAttention(
            d_model, nhead, dropout, bias, batch_first=batch_first, dtype=dtype, generator=rng
        )
        self.linear1 = Linear(d_model, dim_feedforward, bias, dtype, rng)
        self.dropout = Dropout(dropout, rng)
        self.linear2 = Linear(dim_feedforward, d_model, bias, dtype, rng)
        self.norm1 = LayerNorm(d_model, layer_norm_eps, bias=bias, dtype=dtype)
        self.norm2 = LayerNorm(d_model, layer_norm_eps, bias=bias, dtype=dtype)
        self.dropout1, self.dropout2 = Dropout(dropout, rng), Dropout(dropout, rng)

    def forward(
        self, src: Tensor, src_mask: Any = None, src_key_padding_mask: Any = None,
        is_causal: bool = False,
    ) -> Tensor:  # fmt: skip
        """(tokens, N, d_model) to the same shape; masks as MultiheadAttention's."""

        def attend(x: Tensor) -> Tensor:
            masks = {"attn_mask": src_mask, "key_padding_mask": src_key_padding_mask}
            y, _ = self.self_attn(x, **masks, need_weights=False, is_causal=is_causal)
            return self.dropout1(y)  # type: ignore[no-any-return]

        def feed(x: Tensor) -> Tensor:
            inner = self.dropout(self.activation(self.linear1(x)))
            return self.dropout2(self.linear2(inner))  # type: ignore[no-any-return]

        if self.norm_first:
            x = src + attend(self.norm1(src))
            return x + feed(self.norm2(x))
        x = self.norm1(src + attend(src))
        return self.norm2(x + feed(x))  # type: ignore[no-any-return]


def _tensor(x: Any) -> Tensor:
    return x if isinstance(x, Tensor) else Tensor(x)


def _combined(attn_mask: Any, key_padding_mask: Any, heads: int, batch: int) -> Any:
    """Both masks as numbers to add to scores (N, heads, n, m), or None."""
    added: Any = None
    if attn_mask is not None:
        added = _numbers(attn_mask)
        if added.ndim == 3:  # one a head and example
            added = added.reshape(batch, heads, *added.shape[1:])
    if key_padding_mask is not None:
        padding = np.atleast_2d(_numbers(key_padding_mask))[:, None, None]
        added = padding if added is None else added + padding
    return added


def _numbers(mask: Any) -> Any:
    """A mask, True where nobody may look, as numbers to add."""
    values = mask.data if isinstance(mask, Tensor) else np.asarray(mask)
    return np.where(values, -np.inf, 0.0) if values.dtype.kind == "b" else values
