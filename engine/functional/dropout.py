"""Inverted dropout."""

from __future__ import annotations

from typing import Any

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.tensor import Tensor
from partialcredit.errors import EngineError

__all__ = ["dropout"]


def dropout(
    input: Tensor, p: float = 0.5, training: bool = True, mask: Any = None,
    generator: np.random.Generator | int | None = None,
) -> Tensor:  # fmt: skip
    """Zero each element with probability ``p`` and divide the others by 1 - ``p``.

    ``p`` is the probability to *drop*, as in torch; Srivastava et al. (2014) and several of the
    notes call p the probability to *keep*. ``mask`` (1 keep, 0 drop; any shape that broadcasts)
    replaces the draw. In evaluation the input passes unchanged.
    """
    if not 0 <= p <= 1:
        raise EngineError(f"Dropout expects p from 0 to 1, but received {p}")
    if not training:
        return input
    if mask is None:
        keep: Array = np.random.default_rng(generator).random(input.shape) >= p
    else:
        keep = np.asarray(mask)
        if np.broadcast_shapes(keep.shape, input.shape) != input.shape:
            raise EngineError(
                f"Dropout expects a mask that broadcasts to the input's shape {input.shape}, "
                f"but received {keep.shape}"
            )
    scale = 0.0 if p == 1 else 1 / (1 - p)
    return input * Tensor((keep * scale).astype(input.dtype))
