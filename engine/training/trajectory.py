"""Paths: what an optimizer visits, and what a model's values did, in two dimensions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.optim.momentum import Momentum
from partialcredit.engine.optim.optimizer import Optimizer
from partialcredit.engine.tensor import Parameter, Tensor

__all__ = ["principal_path", "trajectory"]

Objective = Callable[[Tensor], Tensor]


def trajectory(
    objective: Objective, optimizer: Callable[[Iterable[Tensor]], Optimizer], start: Array,
    steps: int,
) -> Array:  # fmt: skip
    """The points (steps + 1, d) an optimizer visits while it minimises ``objective``."""
    x = Parameter(np.array(start, dtype=np.float64))
    method = optimizer([x])
    points = [x.data.copy()]
    for _ in range(steps):
        if isinstance(method, Momentum) and method.nesterov:
            method.look_ahead()
        method.zero_grad()
        objective(x).backward()
        method.step()
        points.append(x.data.copy())
    return np.array(points)


def principal_path(snapshots: Array) -> Array:
    """Snapshots (T, d) of parameters, projected to (T, 2) along the directions of most variance."""
    away = snapshots - snapshots.mean(axis=0)
    gram = away @ away.T
    values, vectors = np.linalg.eigh(gram)
    path: Array = vectors[:, :-3:-1] * np.sqrt(np.maximum(values[:-3:-1], 0))
    return path
