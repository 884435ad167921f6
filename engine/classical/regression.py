"""The least squares, with or without a penalty."""

from __future__ import annotations

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.errors import EngineError

__all__ = ["least_squares"]


def least_squares(x: Array, y: Array, weight_decay: float = 0.0) -> Array:
    """The θ that minimises ‖Xθ - y‖² + weight_decay · ‖θ‖², for X (N, d).

    Of several minimisers the shortest (weight_decay = 0). Solved by the singular value
    decomposition, never by inverting XᵀX.
    """
    if x.ndim != 2 or len(x) != len(y):
        raise EngineError(
            f"least_squares expects X (N, d) and y (N, ...), but received {x.shape} and {y.shape}"
        )
    if weight_decay:
        ridge = np.sqrt(weight_decay) * np.eye(x.shape[1], dtype=x.dtype)
        x = np.concatenate([x, ridge])
        y = np.concatenate([y, np.zeros((len(ridge), *y.shape[1:]), y.dtype)])
    solution: Array = np.linalg.lstsq(x, y, rcond=None)[0]
    return solution
