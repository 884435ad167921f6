"""Drawings of paths on the level lines of f = 1/2 (lambda_1 x_1^2 + lambda_2 x_2^2)."""

from math import atan2, cos, hypot, pi, sin, sqrt

from partialcredit.figures import Curve, Mark, Plot
from partialcredit.numbers.vectors import Vector, each

__all__ = ["drawings", "passed"]


def frame(places, margin):
    """The lower left and the upper right corner of a frame around places."""
    low, high = (each(extreme, *places) for extreme in (min, max))
    return low - margin * (high - low), high + margin * (high - low)


def level_lines(curvatures, corners):
    """Ellipses through a frame, as far as they can be seen in it; f is half the squared radius."""
    root = each(sqrt, curvatures)
    low, high = (root * corner for corner in corners)
    nearest = [min(max(0.0, a), b) for a, b in zip(low, high, strict=True)]
    edges = [(x, y) for x in (low[0], high[0]) for y in (low[1], high[1])]
    inner, outer = hypot(*nearest), max(hypot(*edge) for edge in edges)
    middle = atan2(low[1] + high[1], low[0] + high[0])
    turns = [(atan2(y, x) - middle + pi) % (2 * pi) - pi for x, y in edges] if inner else [-pi, pi]
    first, last = middle + min(turns), middle + max(turns)
    angles = [first + (last - first) * n / 48 for n in range(49)]
    circle = [Vector((cos(t), sin(t))) / root for t in angles]
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):
        radius = inner + (outer - inner) * share
        yield Curve([radius * point for point in circle], style="thin")


def plotted(alt, curvatures, corners, start, paths):
    """Level lines of f, and paths by the names of their optimizers."""
    steps = [
        Curve((start, *path), rf"\text{{{name}}}" if name else "", "steps")
        for name, path in paths.items()
    ]
    return Plot(
        f"Level lines of f, which are ellipses around 0, with {alt}.",
        (*level_lines(curvatures, corners), *steps),
        (Mark(start, r"\text{start}"),),
        "x_1",
        "x_2",
        corners,
    )


def told(name, start, path):
    """A path in words."""
    points = " to ".join(f"({x:.4g}, {y:.4g})" for x, y in (start, *path))
    return f"the path {f'of {name} ' if name else ''}from {points}"


def passed(curvatures, start, path):
    """A path of an optimizer that is not named."""
    corners = frame([start, *path], 0.25)
    return plotted(told("", start, path), curvatures, corners, start, {"": path})


def drawings(curvatures, start, paths, legend):
    """The start alone, and then the paths; without a legend, those of gradient descent only."""
    alt = ", ".join(told(name, start, path) for name, path in paths.items())
    shown = paths if legend else {"": paths["gradient descent"]}
    places = [s * point for s in (-1, 1) for path in paths.values() for point in (start, *path)]
    near = frame([start, -start], 0.15)
    begin = f"the start at ({start[0]:g}, {start[1]:g})"
    return [
        plotted(begin, curvatures, near, start, {}),
        plotted(alt, curvatures, frame(places, 0.1), start, shown),
    ]
