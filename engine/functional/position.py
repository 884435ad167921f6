"""Where a token stands: sinusoidal encodings to add, and rotations of queries and keys."""

from __future__ import annotations

from typing import Any

import numpy as np

from partialcredit.engine.joining import stack
from partialcredit.engine.tensor import Tensor
from partialcredit.errors import EngineError

__all__ = ["rotary_embedding", "sinusoidal_encoding"]


def _angles(positions: Any, dim: int, base: float) -> Any:
    """The angle position / base^(2i / dim) of every pair i of features: (..., dim / 2)."""
    if dim % 2:
        raise EngineError(f"positional encodings expect an even number of features, not {dim}")
    rates = float(base) ** (-np.arange(0, dim, 2) / dim)
    return np.asarray(positions, float)[..., None] * rates


def sinusoidal_encoding(positions: Any, d_model: int, base: float = 10000.0) -> Tensor:
    """Rows sin, cos, sin, cos, ... of the positions (...): (..., d_model).

    Vaswani et al. (2017), section 3.5. Not in torch.
    """
    angles = _angles(positions, d_model, base)
    return Tensor(np.stack([np.sin(angles), np.cos(angles)], -1).reshape(*angles.shape[:-1], -1))


def rotary_embedding(input: Tensor, positions: Any, base: float = 10000.0) -> Tensor:
    """Turn every pair of neighbouring features of (..., n, d) by its angle at ``positions`` (n,).

    Su et al. (2024), "RoFormer", equations 15 and 34; some implementations pair the feature i with
    i + d/2 instead. Not in torch.
    """
    angles = _angles(positions, input.shape[-1], base).astype(input.dtype)
    cos, sin = Tensor(np.cos(angles)), Tensor(np.sin(angles))
    x, y = input[..., 0::2], input[..., 1::2]
    return stack([x * cos - y * sin, x * sin + y * cos], -1).reshape(input.shape)
