"""Fully connected layers."""

from __future__ import annotations

from typing import Any

import numpy as np

from partialcredit.engine.functional.linear import linear
from partialcredit.engine.init import default_uniform, generator_of
from partialcredit.engine.layers.module import Module
from partialcredit.engine.tensor import Parameter, Tensor

__all__ = ["Flatten", "Linear"]


class Linear(Module):
    """x Wᵀ + b, with ``weight`` (out_features, in_features) and ``bias`` (out_features,).

    Both start uniform on ±1/√in_features, as in torch; the dtype is float64 unless given.
    """

    def __init__(
        self, in_features: int, out_features: int, bias: bool = True, dtype: Any = np.float64,
        generator: np.random.Generator | int | None = None,
    ) -> None:  # fmt: skip
        rng = generator_of(generator)
        self.in_features, self.out_features = in_features, out_features
        weight = default_uniform((in_features, out_features), in_features, dtype, rng)
        self.weight = Parameter(weight.data.T)  # in this memory order x Wᵀ is BLAS's fastest case
        self.bias = default_uniform((out_features,), in_features, dtype, rng) if bias else None

    def forward(self, input: Tensor) -> Tensor:
        """(..., in_features) to (..., out_features)."""
        return linear(input, self.weight, self.bias)

    def extra_repr(self) -> str:
        """As torch prints it."""
        bias = self.bias is not None
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={bias}"


class Flatten(Module):
    """Join all axes from ``start_dim`` on: (N, C, H, W) to (N, C·H·W)."""

    def __init__(self, start_dim: int = 1) -> None:
        self.start_dim = start_dim

    def forward(self, input: Tensor) -> Tensor:
        """Reshape only; nothing is computed."""
        return input.flatten(self.start_dim)
