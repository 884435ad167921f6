"""Layers that normalise every example by itself, in training as in evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from partialcredit.engine.functional.layer_norm import group_norm, layer_norm, rms_norm
from partialcredit.engine.layers.module import Module
from partialcredit.engine.tensor import Parameter, Tensor
from partialcredit.errors import EngineError

__all__ = ["GroupNorm", "LayerNorm", "RMSNorm"]


class LayerNorm(Module):
    """Standardise the last axes of shape ``normalized_shape``; scale and shift every element."""

    def __init__(
        self, normalized_shape: int | Sequence[int], eps: float = 1e-5,
        elementwise_affine: bool = True, bias: bool = True, dtype: Any = np.float64,
    ) -> None:  # fmt: skip
        self.normalized_shape, self.eps = normalized_shape, eps
        self.weight = Parameter(np.ones(normalized_shape, dtype)) if elementwise_affine else None
        shifts = elementwise_affine and bias
        self.bias = Parameter(np.zeros(normalized_shape, dtype)) if shifts else None

    def forward(self, input: Tensor) -> Tensor:
        """(..., *normalized_shape) to the same shape."""
        return layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def multiply_adds(self, input: Tensor, output: Tensor) -> int:  # noqa: ARG002 - as all layers
        """None: an elementwise scale is no product of a matrix."""
        return 0

    def extra_repr(self) -> str:
        """The shape and the stabiliser."""
        return f"{self.normalized_shape}, eps={self.eps}"


class RMSNorm(Module):
    """Divide the last axes by the root of their mean square and scale every element."""

    def __init__(
        self, normalized_shape: int | Sequence[int], eps: float | None = None,
        elementwise_affine: bool = True, dtype: Any = np.float64,
    ) -> None:  # fmt: skip
        self.normalized_shape, self.eps = normalized_shape, eps
        self.weight = Parameter(np.ones(normalized_shape, dtype)) if elementwise_affine else None

    def forward(self, input: Tensor) -> Tensor:
        """(..., *normalized_shape) to the same shape."""
        return rms_norm(input, self.normalized_shape, self.weight, self.eps)

    multiply_adds = LayerNorm.multiply_adds
    extra_repr = LayerNorm.extra_repr


class GroupNorm(Module):
    """Standardise every group of channels of an example; scale and shift every channel."""

    def __init__(
        self, num_groups: int, num_channels: int, eps: float = 1e-5, affine: bool = True,
        dtype: Any = np.float64,
    ) -> None:  # fmt: skip
        if num_groups < 1 or num_channels % num_groups:
            raise EngineError(
                f"GroupNorm expects num_channels to be a multiple of num_groups, "
                f"but received {num_channels} and {num_groups}"
            )
        self.num_groups, self.num_channels, self.eps = num_groups, num_channels, eps
        self.weight = Parameter(np.ones(num_channels, dtype)) if affine else None
        self.bias = Parameter(np.zeros(num_channels, dtype)) if affine else None

    def forward(self, input: Tensor) -> Tensor:
        """(N, num_channels, ...) to the same shape."""
        return group_norm(input, self.num_groups, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """As torch prints it."""
        return f"{self.num_groups}, {self.num_channels}, eps={self.eps}"
