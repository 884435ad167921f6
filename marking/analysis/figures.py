"""The figures of a report."""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.figures import Curve, Mark, Place, Plot
from partialcredit.marking.statistics.items import Item
from partialcredit.marking.statistics.spread import Histogram

__all__ = ["facility_plot", "histogram_plot"]


def histogram_plot(histogram: Histogram) -> Plot:
    """How many students have how many marks, as bars."""
    width, counts = histogram.width, histogram.counts
    outline: list[Place] = []
    for number, count in enumerate(counts):
        left, right = number * width, (number + 1) * width
        outline += [(left, 0), (left, count), (right, count), (right, 0)]
    unit = "per cent" if histogram.percent else "marks"
    told = ", ".join(
        f"{i * width:g} to {(i + 1) * width:g}: {count}" for i, count in enumerate(counts)
    )
    # At least as high as six students, so that the ticks are whole numbers.
    top = max(6.0, 1.1 * max(counts))
    return Plot(
        alt=f"Histogram: students by {unit}; {told}.",
        curves=(Curve(tuple(outline), style="area"),),
        x_label=rf"\text{{{unit}}}",
        y_label=r"\text{students}",
        window=((0, 0), (len(counts) * width, top)),
    )


def facility_plot(items: Sequence[Item]) -> Plot | None:
    """Every question by its facility and its discrimination; None where neither is known."""
    known = [i for i in items if i.facility is not None and i.discrimination is not None]
    if not known:
        return None
    marks = tuple(
        Mark((i.facility or 0.0, i.discrimination or 0.0), rf"\text{{{i.name}}}") for i in known
    )
    told = ", ".join(f"{i.name}: {i.facility:.2f} and {i.discrimination:.2f}" for i in known)
    low = min(0.0, *(mark.at[1] for mark in marks))
    return Plot(
        alt=f"Facility and discrimination of the questions; {told}.",
        curves=(),
        marks=marks,
        x_label=r"\text{facility}",
        y_label=r"\text{discrimination}",
        window=((0, low - 0.05 if low < 0 else 0), (1, 1)),
    )
