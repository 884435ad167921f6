"""A frame with ticks that maps numbers to pixels."""

from __future__ import annotations

from math import ceil, floor, log10

from partialcredit.engine.plot.svg import Drawing

__all__ = ["Axes", "ticks"]

Range = tuple[float, float]


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers from ``low`` to ``high``, at steps of 1, 2 or 5 times a power of ten.

    >>> ticks(0, 1)
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    if not high > low:
        return [low]
    raw = (high - low) / about
    power = 10.0 ** floor(log10(raw))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw * 0.999)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


class Axes:
    """A panel at ``left``, ``top`` of ``width`` by ``height`` pixels showing ``xs`` by ``ys``."""

    def __init__(
        self, drawing: Drawing, box: tuple[int, int, int, int], xs: Range, ys: Range, title: str
    ) -> None:
        self.drawing = drawing
        self.left, self.top, self.width, self.height = box
        self.xs, self.ys = _wide(xs), _wide(ys)
        right, bottom = self.left + self.width, self.top + self.height
        corners = [(self.left, self.top), (self.left, bottom), (right, bottom)]
        for value in ticks(*self.xs):
            x, _ = self.at(value, self.ys[0])
            drawing.line([(x, bottom), (x, bottom + 4)], "#888", 1)
            drawing.text(x, bottom + 18, f"{value:g}", "middle")
        for value in ticks(*self.ys):
            _, y = self.at(self.xs[0], value)
            drawing.line([(self.left, y), (right, y)], "#eee", 1)
            drawing.text(self.left - 6, y + 4, f"{value:g}", "end")
        drawing.line(corners, "#888", 1)
        drawing.text(self.left + self.width / 2, self.top - 8, title, "middle")

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of a point."""
        across = (x - self.xs[0]) / (self.xs[1] - self.xs[0])
        up = (y - self.ys[0]) / (self.ys[1] - self.ys[0])
        return self.left + across * self.width, self.top + (1 - up) * self.height


def _wide(limits: Range) -> Range:
    """The limits, opened a little when they coincide."""
    low, high = limits
    return (low, high) if high > low else (low - 0.5, high + 0.5)
