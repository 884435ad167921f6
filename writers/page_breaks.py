"""Where pages end, and how much room answers get on each.

A question is a sequence of pieces: its statement, then its parts. The ends of pages that cost least
follow by dynamic programming over the pieces, as Knuth and Plass (1981) break paragraphs into
lines. Like the spaces of a line, the answer boxes of a page and the space between its pieces are
set tighter or looser by one factor, its room. All lengths are in points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Area", "Piece", "Place", "place"]

_TIGHTEST, _LOOSEST = 0.78, 2.0

#: So much of a page is left free, against the rounding of lengths.
_SPARE = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """What never ends a page before its own end, unless it is higher than a page."""

    box: float
    above: float
    #: What it costs to end a page before this piece, where a page costs 1.
    cost: float
    #: A page always ends before this piece.
    forced: bool = False


class Area(NamedTuple):
    """The height of a whole page, what is left of the one where the pieces begin, its number."""

    full: float
    left: float
    page: int


class Place(NamedTuple):
    """Whether the piece begins a page, the space above it, its page's room, whether it is long."""

    begins: bool
    above: float
    room: float
    long: bool


class _End(NamedTuple):
    cost: float
    following: int
    room: float
    pages: int


def place(pieces: Sequence[Piece], heights: Sequence[float], area: Area) -> tuple[list[Place], int]:
    """The place of each piece, and the number of the last page.

    ``heights`` are those of the pieces at room 1. A piece higher than a page is taken to fill all
    its pages but the last.
    """
    full, left = area.full - _SPARE, area.left - _SPARE
    count = len(pieces)
    best = [0.0] * (count + 1)
    ends: list[_End] = [_End(0.0, count, 1.0, 0)] * (count + 1)
    for first in reversed(range(count)):
        ends[first] = _end(pieces, heights, first, full, full, best)
        best[first] = ends[first].cost
    end = _end(pieces, heights, 0, left, full, best)
    begins = end.cost > _page_cost(left / full, 1) + best[0]
    if begins:
        end = ends[0]
    places: list[Place] = []
    last = area.page - 1 + begins
    while len(places) < count:
        first = len(places)
        for i in range(first, end.following):
            above = round(end.room * pieces[i].above, 2)
            places.append(Place(begins and i == first, above, end.room, heights[i] > full))
        begins, last, end = True, last + end.pages, ends[end.following]
    return places, max(last, area.page)


def _page_cost(blank: float, room: float) -> float:
    """What a page costs on which this share is blank."""
    return 1 + 2 * blank**2 + 2 * max(1 - room, 0) ** 2


def _end(
    pieces: Sequence[Piece],
    heights: Sequence[float],
    first: int,
    height: float,
    full: float,
    best: Sequence[float],
) -> _End:
    """The best end of a page that begins with piece ``first`` and is so high.

    ``best`` are the costs of all pages from a later piece on.
    """
    found = _End(math.inf, first, 1.0, 1)
    rigid, elastic, pages = 0.0, 0.0, 1
    for i in range(first, len(pieces)):
        piece = pieces[i]
        if i > first and piece.forced:
            break
        rigid += heights[i] - piece.box
        elastic += piece.box + (piece.above if i > first or height < full else 0)
        if rigid + _TIGHTEST * elastic > height:
            if heights[i] <= full:
                break
            over = rigid + elastic - height
            pages += math.ceil(over / full)
            rigid, elastic, height = over % full, 0.0, full
        last = i + 1 == len(pieces) or pieces[i + 1].forced
        blank = 0.0 if last else max(height - rigid - elastic, 0) / full
        room = min((height - rigid) / elastic, 1 if last else _LOOSEST) if elastic else 1.0
        leaving = 0.0 if i + 1 == len(pieces) else pieces[i + 1].cost
        cost = _page_cost(blank, room) + leaving + best[i + 1]
        if cost < found.cost:
            # Rounded down, so that the pieces fit with the lengths that are printed.
            found = _End(cost, i + 1, math.floor(room * 200) / 200, pages)
    return found
