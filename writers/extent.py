"""About how many lines problem text takes, to choose what may not break across pages.

Measuring in Typst would be exact, and makes a paper ten times as slow to set. An estimate can be
wrong by half without harm, because what is kept together takes at most :data:`KEPT` lines of a page
of about 48.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from partialcredit.figures import Figure, Grid, Plot

__all__ = ["KEPT", "keeps", "lines"]

KEPT = 24
_CHARACTERS = 110
_ITEM = re.compile(r"^\s*(?:[-*+|]|\d+[.)])", re.MULTILINE)


def lines(text: str, figures: Sequence[Figure] = ()) -> float:
    """The height of problem text in lines of print; ``figures`` are those it may refer to."""
    prose = len(text) / _CHARACTERS + text.count("\n\n") + len(_ITEM.findall(text))
    displays = 1.5 * text.count("$$") + 1.3 * text.count(r"\\")
    drawn = sum(
        _drawn(figure) for number, figure in enumerate(figures) if f"(figure:{number})" in text
    )
    return prose + displays + drawn


def _drawn(figure: Figure) -> float:
    match figure:
        case Grid():
            return 1.5 * len(figure.cells)
        case Plot():
            return 10.0
        case _:
            return 9.0


def keeps(height: float) -> str:
    """Whether a block of so many lines stays on one page, as a Typst boolean."""
    return "true" if height <= KEPT else "false"
