"""Optimizer trajectories over the level lines of a function of two variables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.optim.momentum import Momentum
from partialcredit.engine.optim.optimizer import Optimizer
from partialcredit.engine.plot.axes import Axes
from partialcredit.engine.plot.svg import COLOURS, Drawing
from partialcredit.engine.tensor import Parameter, Tensor

__all__ = ["draw_trajectories", "principal_path", "trajectory"]

Objective = Callable[[Tensor], Tensor]
GRID = 60


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


def draw_trajectories(objective: Objective, paths: Mapping[str, Array], title: str) -> str:
    """An SVG of the paths (T, 2) by name, over ten level lines of ``objective``."""
    every = np.concatenate(list(paths.values()))
    low, high = every.min(axis=0), every.max(axis=0)
    margin = 0.1 * (high - low) + 1e-9
    (left, bottom), (right, top) = low - margin, high + margin
    drawing = Drawing(620, 470)
    axes = Axes(drawing, (60, 50, 520, 340), (left, right), (bottom, top), title)
    xs, ys = np.linspace(left, right, GRID), np.linspace(bottom, top, GRID)
    values = np.array([[float(objective(Tensor(np.array([x, y]))).data) for x in xs] for y in ys])
    for level in np.quantile(values, np.linspace(0.05, 0.95, 10)):
        for segment in _level_segments(values, xs, ys, float(level)):
            drawing.line([axes.at(*point) for point in segment], "#ccc", 1)
    for i, (name, path) in enumerate(paths.items()):
        colour = COLOURS[i % len(COLOURS)]
        drawing.line([axes.at(float(x), float(y)) for x, y in path], colour)
        drawing.dot(*axes.at(*map(float, path[-1])), colour)
        drawing.text(60 + 100 * (i % 5), 430 + 18 * (i // 5), name, colour=colour)
    return str(drawing)


def _level_segments(
    values: Array, xs: Array, ys: Array, level: float
) -> Iterable[list[tuple[float, float]]]:
    """Marching triangles: where each half of each grid cell crosses the level."""
    for j in range(len(ys) - 1):
        for i in range(len(xs) - 1):
            cell = values[j : j + 2, i : i + 2]
            if cell.min() > level or cell.max() < level:
                continue
            corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
            for triangle in (corners[:3], [corners[0], *corners[2:]]):
                ends = [
                    _crossing(values, xs, ys, a, b, level)
                    for a, b in zip(triangle, triangle[1:] + triangle[:1], strict=True)
                    if (values[a[::-1]] < level) != (values[b[::-1]] < level)
                ]
                if len(ends) == 2:
                    yield ends


def _crossing(
    values: Array, xs: Array, ys: Array, a: tuple[int, int], b: tuple[int, int], level: float
) -> tuple[float, float]:
    low, high = values[a[::-1]], values[b[::-1]]
    t = float((level - low) / (high - low))
    x = xs[a[0]] + t * (xs[b[0]] - xs[a[0]])
    y = ys[a[1]] + t * (ys[b[1]] - ys[a[1]])
    return float(x), float(y)
