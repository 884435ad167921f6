"""Figures as SVG files, drawn by the same templates as in the PDF."""

from __future__ import annotations

from functools import lru_cache

from partialcredit.figures import Figure
from partialcredit.writers.compiler import compile_document
from partialcredit.writers.drawing.typst import drawing

__all__ = ["draw"]

_PAGE = (
    '#set page(width: auto, height: auto, margin: 4pt, fill: none)\n#set text(font: "New Computer '
    'Modern", size: 10.5pt)\n#show math.equation: set text(font: "New Computer Modern Math")\n'
)


@lru_cache(maxsize=64)
def draw(figures: tuple[Figure, ...]) -> tuple[bytes, ...]:
    """One SVG file a figure; all of them cost one run of the compiler."""
    if not figures:
        return ()
    pages = "\n#pagebreak()\n".join(f"#{drawing(figure)}" for figure in figures)
    return tuple(compile_document(_PAGE + pages, "svg"))
