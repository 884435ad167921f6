"""A table of learned vectors."""

from __future__ import annotations

from typing import Any

import numpy as np

from partialcredit.engine.functional.embedding import embedding
from partialcredit.engine.init import generator_of
from partialcredit.engine.layers.module import Module
from partialcredit.engine.tensor import Parameter, Tensor

__all__ = ["Embedding"]


class Embedding(Module):
    """Row i of ``weight`` (num_embeddings, embedding_dim) for every integer i of the input.

    The rows start standard normal, as in torch; the row ``padding_idx`` is 0 and stays it.
    """

    def __init__(
        self, num_embeddings: int, embedding_dim: int, padding_idx: int | None = None,
        dtype: Any = np.float64, generator: np.random.Generator | int | None = None,
    ) -> None:  # fmt: skip
        self.num_embeddings, self.embedding_dim = num_embeddings, embedding_dim
        self.padding_idx = padding_idx
        rows = generator_of(generator).standard_normal((num_embeddings, embedding_dim), dtype)
        if padding_idx is not None:
            rows[padding_idx] = 0
        self.weight = Parameter(rows)

    def forward(self, input: Tensor) -> Tensor:
        """(...) integers to (..., embedding_dim)."""
        return embedding(input, self.weight, self.padding_idx)

    def multiply_adds(self, input: Tensor, output: Tensor) -> int:  # noqa: ARG002 - as all layers
        """None: rows are looked up."""
        return 0

    def extra_repr(self) -> str:
        """As torch prints it."""
        padding = "" if self.padding_idx is None else f", padding_idx={self.padding_idx}"
        return f"{self.num_embeddings}, {self.embedding_dim}{padding}"
