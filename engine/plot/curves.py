"""Training curves: loss and accuracy by epoch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from partialcredit.engine.plot.axes import Axes
from partialcredit.engine.plot.svg import COLOURS, Drawing
from partialcredit.engine.training.history import History

__all__ = ["draw_history"]


def draw_history(history: History, title: str, path: Sequence[Sequence[float]] = ()) -> str:
    """An SVG of the losses, the accuracies if any, and the parameters' ``path`` in 2-D."""
    panels: list[tuple[str, Mapping[str, Sequence[float]]]] = [
        ("loss", {"training": history.loss, "validation": history.validation_loss})
    ]
    if history.accuracy:
        accuracies = {"training": history.accuracy, "validation": history.validation_accuracy}
        panels.append(("accuracy", accuracies))
    count = len(panels) + bool(len(path))
    drawing = Drawing(60 + 400 * count, 330)
    drawing.text(drawing.width / 2, 20, title, "middle")
    for i, (name, curves) in enumerate(panels):
        _curves(drawing, (60 + 400 * i, 60, 320, 200), name, curves)
    if len(path):
        _path(drawing, (60 + 400 * len(panels), 60, 320, 200), path)
    return str(drawing)


def _curves(
    drawing: Drawing, box: tuple[int, int, int, int], name: str,
    curves: Mapping[str, Sequence[float]],
) -> None:  # fmt: skip
    known = {label: values for label, values in curves.items() if values}
    highest = max(max(values) for values in known.values())
    lowest = min(0.0, *(min(values) for values in known.values())) if name == "loss" else 0.0
    epochs = max(len(values) for values in known.values())
    axes = Axes(drawing, box, (1, epochs), (lowest, 1.0 if name == "accuracy" else highest), name)
    for i, (label, values) in enumerate(known.items()):
        points = [axes.at(epoch, value) for epoch, value in enumerate(values, start=1)]
        drawing.line(points, COLOURS[i])
        drawing.text(box[0] + 8 + 100 * i, box[1] + box[3] + 40, label, colour=COLOURS[i])


def _path(
    drawing: Drawing, box: tuple[int, int, int, int], path: Sequence[Sequence[float]]
) -> None:
    xs, ys = [float(p[0]) for p in path], [float(p[1]) for p in path]
    name = "the parameters' path, two principal directions"
    axes = Axes(drawing, box, (min(xs), max(xs)), (min(ys), max(ys)), name)
    points = [axes.at(x, y) for x, y in zip(xs, ys, strict=True)]
    drawing.line(points, COLOURS[2])
    for point in points:
        drawing.dot(*point, COLOURS[2], 2)
    drawing.text(*points[0], "start")
    drawing.text(*points[-1], "end")
