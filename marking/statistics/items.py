"""Classical item analysis: how hard an item was, and whether it tells strong from weak papers.

What a class is too small for, or what would divide by a variance of zero, is None.

References:
    Ebel and Frisbie, Essentials of Educational Measurement, 5th edition, 1991, chapter 13.
    Kelley, The selection of upper and lower groups for the validation of test items, 1939.
    Cronbach, Coefficient alpha and the internal structure of tests, 1951, equation 2.

"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partialcredit.marking.statistics.scores import Array, Scores

__all__ = ["FEWEST", "Item", "alpha", "correlation", "item_analysis", "upper_lower"]

#: Students below whom nothing is said of how items hang together.
FEWEST = 3

#: The share of a class in each of the groups that are compared (Kelley 1939).
GROUP = 0.27

_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Item:
    """A question or a part.

    ``facility`` is the share of its marks that was earned, ``discrimination`` its correlation
    with the rest of the paper, ``upper_lower`` the facility in the upper 27 % of the class less
    that in the lower 27 %; ``blank`` and ``full`` are shares of its ``students``.
    """

    name: str
    students: int
    out_of: float
    mean: float
    facility: float | None
    discrimination: float | None
    upper_lower: float | None
    blank: float
    full: float


def item_analysis(scores: Scores) -> list[Item]:
    """Every item of a paper."""
    return [_item(scores, column) for column in range(len(scores.names))]


def _item(scores: Scores, column: int) -> Item:
    asked = ~np.isnan(scores.marks[:, column])
    marks, out_of = scores.marks[asked, column], scores.out_of[asked, column]
    totals = scores.totals[asked]
    worth = out_of > 0
    return Item(
        name=scores.names[column],
        students=len(marks),
        out_of=float(out_of.mean()),
        mean=float(marks.mean()),
        facility=float(marks.sum() / out_of.sum()) if worth.any() else None,
        discrimination=correlation(marks, totals - marks),
        upper_lower=upper_lower(marks[worth] / out_of[worth], totals[worth]),
        blank=float(scores.blank[asked, column].mean()),
        full=float((marks >= out_of).mean()),
    )


def correlation(x: Array, y: Array) -> float | None:
    """Pearson's correlation of two values of every student."""
    if len(x) < FEWEST:
        return None
    u, v = x - x.mean(), y - y.mean()
    size = np.sqrt((u @ u) * (v @ v))
    return float(np.clip(u @ v / size, -1, 1)) if size > _NOTHING else None


def upper_lower(shares: Array, totals: Array) -> float | None:
    """The mean share in the upper 27 % of the class less that in the lower 27 %.

    Students with equal totals at a group's border stand in it with equal weights, so that the
    order of the class does not matter.
    """
    if len(shares) < FEWEST:
        return None
    size = max(1, round(GROUP * len(shares)))
    return float((_top(totals, size) - _top(-totals, size)) @ shares / size)


def _top(totals: Array, size: int) -> Array:
    """How much of every student belongs to the group of the ``size`` largest totals."""
    border = np.sort(totals)[len(totals) - size]
    above, level = totals > border + _NOTHING, np.abs(totals - border) <= _NOTHING
    return np.asarray(above + level * (size - above.sum()) / level.sum())


def alpha(scores: Scores) -> float | None:
    """Cronbach's alpha, over the students who have every item on their paper.

    k / (k - 1) (1 - sum of the items' variances / variance of the totals)
    """
    marks = scores.marks[~np.isnan(scores.marks).any(axis=1)]
    k = marks.shape[1]
    if len(marks) < FEWEST or k < 2:
        return None
    whole = marks.sum(axis=1).var(ddof=1)
    if whole <= _NOTHING:
        return None
    return float(k / (k - 1) * (1 - marks.var(axis=0, ddof=1).sum() / whole))
