"""Tensors put together: along an axis they have, or along a new one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from partialcredit.engine.tensor import Tensor, joined
from partialcredit.errors import EngineError

__all__ = ["cat", "stack"]


def cat(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """The tensors one after the other along ``dim``; their other lengths are the same.

    >>> cat([Tensor([1.0]), Tensor([2.0, 3.0])])
    Tensor([1., 2., 3.])
    """
    shapes = [t.shape for t in tensors]
    if not shapes:
        raise EngineError("cat expects at least one tensor")
    axis = dim % len(shapes[0]) if shapes[0] else 0
    if len({(len(s), s[:axis], s[axis + 1 :]) for s in shapes}) > 1 or not shapes[0]:
        raise EngineError(
            f"cat along axis {dim} expects shapes that differ in this axis alone, but received "
            + ", ".join(map(str, shapes))
        )
    ends = np.cumsum([0, *(s[axis] for s in shapes)]).tolist()
    before = (slice(None),) * axis
    places = [(*before, slice(a, b)) for a, b in pairwise(ends)]
    return joined(np.concatenate([t.data for t in tensors], axis), tuple(tensors), places)


def stack(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Tensors of one shape, side by side along a new axis ``dim``."""
    return cat([t.unsqueeze(dim) for t in tensors], dim)
