"""How the marks of a class are spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partialcredit.marking.statistics.scores import Scores

__all__ = ["Histogram", "Spread", "histogram", "spread"]

#: The most bars of a histogram.
BARS = 12


@dataclass(frozen=True, slots=True)
class Spread:
    """Location and scale; ``deviation`` is None for a single student.

    The quartiles are linear between the marks (Hyndman and Fan 1996, definition 7), the deviation
    divides by n - 1.
    """

    mean: float
    deviation: float | None
    lowest: float
    lower: float
    median: float
    upper: float
    highest: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars of equal width from 0; ``counts[i]`` students have at least ``i * width`` marks.

    They have less than the next bar begins with, but for the last, which holds full marks, too.
    ``percent`` says that papers have different marks, and that shares of 100 are counted.
    """

    width: float
    counts: tuple[int, ...]
    percent: bool


def spread(scores: Scores) -> Spread:
    """The spread of the totals."""
    totals = scores.totals
    low, lower, median, upper, high = np.quantile(totals, (0, 0.25, 0.5, 0.75, 1)).tolist()
    deviation = float(totals.std(ddof=1)) if len(totals) > 1 else None
    return Spread(float(totals.mean()), deviation, low, lower, median, upper, high)


def histogram(scores: Scores) -> Histogram:
    """The totals in bars as wide as 1, 2 or 5 times a power of ten."""
    most = np.nansum(scores.out_of, axis=1)
    percent = bool(most.size) and most.min() != most.max()
    values = 100 * scores.shares if percent else scores.totals
    top = 100.0 if percent else float(max(most.max(initial=0.0), 1.0))
    width = next(s * 10**e for e in range(9) for s in (1, 2, 5) if top / (s * 10**e) <= BARS)
    bars = int(np.ceil(top / width))
    # Marks are thirds and the like: what should stand on a border may lie a hair below it.
    places = np.clip(np.floor(values / width + 1e-9).astype(int), 0, bars - 1)
    return Histogram(width, tuple(np.bincount(places, minlength=bars).tolist()), percent)
