"""Figures as data: what is drawn, never how. Labels are TeX mathematics without dollar signs.

A statement refers to its figure as ``![alt text](figure:N)``, with N counting the problem's
figures from 0; each writer draws it in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

__all__ = [
    "Curve",
    "Figure",
    "Graph",
    "Grid",
    "Layer",
    "Layers",
    "Mark",
    "Node",
    "Plot",
    "figure_from_json",
    "figure_to_json",
]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a computational graph; ``value`` is written below it when it is given away."""

    id: str
    label: str
    role: Literal["input", "operation", "output"] = "operation"
    value: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """A directed acyclic graph, drawn left to right; edges are ``(source, target, label)``."""

    alt: str
    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """One activation volume; ``label`` stands below it."""

    label: str
    height: int
    width: int
    depth: int


@dataclass(frozen=True, slots=True)
class Layers:
    """Volumes left to right; ``steps[i]`` labels the arrow from volume i to volume i + 1."""

    alt: str
    layers: tuple[Layer, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix of cells, such as an image; ``window`` (row, column, height, width) is framed."""

    alt: str
    cells: tuple[tuple[str, ...], ...]
    window: tuple[int, int, int, int] | None = None


Place: TypeAlias = tuple[float, float]


def _rounded(places: Iterable[Place]) -> tuple[Place, ...]:
    """Places to four decimals, so that a file has the same bytes on every machine."""
    return tuple([(round(float(x) * 1e4) / 1e4, round(float(y) * 1e4) / 1e4) for x, y in places])


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points; a label goes to the legend.

    ``steps`` are arrows from dot to dot, an ``area`` is the outline of what is filled.
    """

    points: tuple[Place, ...]
    label: str = ""
    style: Literal["solid", "dashed", "thin", "steps", "area"] = "solid"

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", _rounded(self.points))


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot, with its label beside it."""

    at: Place
    label: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", _rounded([self.at])[0])


@dataclass(frozen=True, slots=True)
class Plot:
    """Curves and marked points in a frame with ticks.

    ``window`` holds the lower left and the upper right corner; without it the frame holds
    everything. Curves are cut off at the frame.
    """

    alt: str
    curves: tuple[Curve, ...]
    marks: tuple[Mark, ...] = ()
    x_label: str = "x"
    y_label: str = "y"
    window: tuple[Place, Place] | None = None

    def __post_init__(self) -> None:
        if self.window is not None:
            object.__setattr__(self, "window", _rounded(self.window))


Figure: TypeAlias = Graph | Layers | Grid | Plot


def figure_to_json(figure: Figure) -> dict[str, Any]:
    """A figure as plain data, tagged with its type."""
    return {"type": type(figure).__name__.lower(), **asdict(figure)}


def figure_from_json(data: dict[str, Any]) -> Figure:
    """The inverse of :func:`figure_to_json`."""
    fields = {name: _tuples(value) for name, value in data.items() if name != "type"}
    match data["type"]:
        case "graph":
            fields["nodes"] = tuple(Node(**node) for node in data["nodes"])
            return Graph(**fields)
        case "layers":
            fields["layers"] = tuple(Layer(**layer) for layer in data["layers"])
            return Layers(**fields)
        case "grid":
            return Grid(**fields)
        case "plot":
            fields["curves"] = tuple(Curve(**curve) for curve in data["curves"])
            fields["marks"] = tuple(Mark(**mark) for mark in data["marks"])
            return Plot(**fields)
        case other:
            raise ValueError(f"a figure is a graph, layers, a grid or a plot, not {other!r}")


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list | tuple) else value
