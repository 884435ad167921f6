"""Figures as SVG files, drawn by the same templates as in the PDF."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from partialcredit.figures import Figure
from partialcredit.writers.compiler import compile_document
from partialcredit.writers.drawing.typst import drawing
from partialcredit.writers.typst_text import markup

__all__ = ["PAGE", "draw", "sheet"]

#: A page as large as what is drawn.
PAGE = (
    '#set page(width: auto, height: auto, margin: 4pt, fill: none)\n#set text(font: "New Computer '
    'Modern", size: 10.5pt)\n#show math.equation: set text(font: "New Computer Modern Math")\n'
)
_SHEET = "#set page(margin: 12pt, fill: white)\n#set align(center)\n"


@lru_cache(maxsize=64)
def draw(figures: tuple[Figure, ...]) -> tuple[bytes, ...]:
    """One SVG file a figure; all of them cost one run of the compiler."""
    if not figures:
        return ()
    pages = "\n#pagebreak()\n".join(f"#{drawing(figure)}" for figure in figures)
    return tuple(compile_document(PAGE + pages, "svg"))


def sheet(title: str, figures: Iterable[Figure]) -> bytes:
    """One SVG file on white: a title, and the figures beside each other below it."""
    drawn = "".join(f"{drawing(figure)}, " for figure in figures)
    body = f"{markup(title)}\n#v(4pt)\n#stack(dir: ltr, spacing: 20pt, {drawn})"
    return compile_document(PAGE + _SHEET + body, "svg")[0]
