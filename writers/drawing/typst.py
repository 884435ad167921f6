"""Figures as Typst calls; the drawing itself is templates/documents/figures.typ."""

from __future__ import annotations

from functools import singledispatch

from partialcredit.errors import FamilyError
from partialcredit.figures import Figure, Graph, Grid, Layers, Plot
from partialcredit.writers.drawing.axes import HEIGHT, WIDTH, Tick, axes
from partialcredit.writers.drawing.layout import Point, lay_out
from partialcredit.writers.prose.typst import equation
from partialcredit.writers.typst_text import string

__all__ = ["drawing", "picture"]


def picture(figure: Figure) -> str:
    """The figure in a document, with its alternative text, which a tagged PDF requires."""
    if not figure.alt.strip():
        raise FamilyError("a figure needs alternative text, for those who cannot see it")
    may_be_wide = str(not isinstance(figure, Plot)).lower()
    return f"#picture({string(figure.alt)}, {may_be_wide}, {drawing(figure)});\n\n"


@singledispatch
def drawing(figure: Figure) -> str:
    """The drawing alone, as a Typst expression."""
    raise NotImplementedError(type(figure).__name__)


def _label(source: str) -> str:
    return equation(source).removeprefix("#").removesuffix(";") if source.strip() else "none"


def _array(items: list[str]) -> str:
    return f"({' '.join(f'{item},' for item in items)})"


def _point(point: Point) -> str:
    return f"({point[0]:.3f}, {point[1]:.3f})"


@drawing.register
def _graph(figure: Graph) -> str:
    layout = lay_out(figure)
    index = {node.id: i for i, node in enumerate(figure.nodes)}
    nodes = [
        f"(at: {_point(layout.places[node.id])}, role: {string(node.role)}, "
        f"label: {_label(node.label)}, value: {_label(node.value)})"
        for node in figure.nodes
    ]
    edges = [
        f"(from: {index[source]}, to: {index[target]}, label: {_label(label)}, "
        f"bends: {_array([_point(point) for point in bends])})"
        for (source, target, label), bends in zip(figure.edges, layout.bends, strict=True)
    ]
    return f"draw-graph({_array(nodes)}, {_array(edges)})"


@drawing.register
def _layers(figure: Layers) -> str:
    layers = [
        f"(label: {_label(layer.label)}, height: {layer.height}, width: {layer.width}, "
        f"depth: {layer.depth})"
        for layer in figure.layers
    ]
    return f"draw-layers({_array(layers)}, {_array([_label(step) for step in figure.steps])})"


@drawing.register
def _grid(figure: Grid) -> str:
    rows = [_array([_label(cell) for cell in row]) for row in figure.cells]
    window = "none" if figure.window is None else _array([str(edge) for edge in figure.window])
    return f"draw-grid({_array(rows)}, {window})"


@drawing.register
def _plot(figure: Plot) -> str:
    placed = axes(figure)
    curves = [
        f"(points: {_array(list(map(_short, points)))}, style: {string(curve.style)}, "
        f"label: {_label(curve.label)})"
        for curve, points in zip(figure.curves, placed.curves, strict=True)
    ]
    marks = [
        f"(at: {_point(at)}, name: {_point(name)}, label: {_label(mark.label)})"
        for mark, at, name in zip(figure.marks, placed.marks, placed.names, strict=True)
    ]
    return (
        f"draw-plot({WIDTH}, {HEIGHT}, {_label(figure.x_label)}, {_label(figure.y_label)}, "
        f"{_ticks(placed.x_ticks)}, {_ticks(placed.y_ticks)}, {_array(curves)}, {_array(marks)})"
    )


def _short(point: Point) -> str:
    return f"({point[0]:.1f}, {point[1]:.1f})"


def _ticks(ticks: tuple[Tick, ...]) -> str:
    return _array(
        [
            f"(at: {at:.2f}, label: {_label(text)}, zero: {str(float(text) == 0).lower()})"
            for at, text in ticks
        ]
    )
