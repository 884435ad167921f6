"""Where the parts of a plot go: points on paper, round ticks, and labels clear of the curves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, dist, floor, hypot, inf, log10

from partialcredit.figures import Plot
from partialcredit.writers.drawing.layout import Point

__all__ = ["HEIGHT", "WIDTH", "Axes", "Tick", "axes"]

#: The frame in points.
WIDTH, HEIGHT = 176.0, 112.0

_MARGIN = 0.06
_MOST_STEPS = 6
_LETTER, _LINE = 5.2, 9.0
_GAP = 6.0

Tick = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Axes:
    """Points on paper, y downwards; ``names[i]`` is the centre of the label of mark i."""

    curves: tuple[tuple[Point, ...], ...]
    marks: tuple[Point, ...]
    names: tuple[Point, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]


def axes(plot: Plot) -> Axes:
    """Place everything in a plot."""
    (left, bottom), (right, top) = plot.window or _bounds(plot)

    def spot(place: Point) -> Point:
        x, y = place
        return WIDTH * (x - left) / (right - left), HEIGHT * (top - y) / (top - bottom)

    curves = tuple(tuple(map(spot, curve.points)) for curve in plot.curves)
    marks = tuple(spot(mark.at) for mark in plot.marks)
    taken = list(marks)
    for curve, points in zip(plot.curves, curves, strict=True):
        # A label may lie on a thin line.
        taken += _along(points) if curve.style != "thin" else ()
    names = []
    for mark, place in zip(plot.marks, marks, strict=True):
        names.append(_beside(place, mark.label, taken))
        taken.append(names[-1])
    return Axes(
        curves,
        marks,
        tuple(names),
        tuple((spot((value, 0))[0], text) for value, text in _ticks(left, right)),
        tuple((spot((0, value))[1], text) for value, text in _ticks(bottom, top)),
    )


def _bounds(plot: Plot) -> tuple[Point, Point]:
    places = [place for curve in plot.curves for place in curve.points]
    places += [mark.at for mark in plot.marks]
    low, high = [], []
    for values in zip(*places, strict=True):
        margin = _MARGIN * (max(values) - min(values)) or 1.0
        low.append(min(values) - margin)
        high.append(max(values) + margin)
    return (low[0], low[1]), (high[0], high[1])


def _ticks(low: float, high: float) -> list[Tick]:
    """Multiples of 1, 2 or 5 times a power of ten, at most six steps of them."""
    power = floor(log10((high - low) / _MOST_STEPS))
    step, digits = next(
        (size * 10.0**exponent, max(0, -exponent))
        for exponent in (power, power + 1)
        for size in (1, 2, 5)
        if (high - low) / (size * 10.0**exponent) <= _MOST_STEPS
    )
    numbers = range(ceil(low / step), floor(high / step) + 1)
    return [(number * step, f"{number * step:.{digits}f}") for number in numbers]


def _along(curve: tuple[Point, ...]) -> Iterator[Point]:
    """Points on a curve within the frame, a few points apart."""
    for (a, b), (c, d) in pairwise(curve):
        pieces = min(60, ceil(dist((a, b), (c, d)) / 4) or 1)
        for i in range(pieces + 1):
            x, y = a + (c - a) * i / pieces, b + (d - b) * i / pieces
            if -_LINE <= x <= WIDTH + _LINE and -_LINE <= y <= HEIGHT + _LINE:
                yield x, y


def _beside(place: Point, label: str, taken: list[Point]) -> Point:
    """The centre for a label near a point where most room is left, by an estimate of its size."""
    letters = re.sub(r"[{}_^$ ]", "", re.sub(r"\\(?:text|mathbf|[,;!])|\\[a-zA-Z]+", "x", label))
    wide, high = len(letters) * _LETTER / 2, _LINE / 2
    best, most = place, -inf
    for u, v in ((1, -1), (-1, -1), (1, 1), (-1, 1), (1, 0), (-1, 0), (0, -1), (0, 1)):
        reach = _GAP if u == 0 or v == 0 else _GAP / 2
        x, y = place[0] + u * (wide + reach), place[1] + v * (high + reach)
        if not (wide <= x <= WIDTH - wide and high <= y <= HEIGHT - high):
            continue
        gaps = [hypot(max(abs(a - x) - wide, 0), max(abs(b - y) - high, 0)) for a, b in taken]
        room = -gaps.count(0.0) or min(gaps)
        if room > most + 1:
            best, most = (x, y), room
    return best
