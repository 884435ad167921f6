"""A figure as a PDF file of its own size, drawn by the same templates as in the paper."""

from __future__ import annotations

from functools import lru_cache

from partialcredit.figures import Figure
from partialcredit.writers.compiler import compile_document
from partialcredit.writers.drawing.svg import PAGE
from partialcredit.writers.drawing.typst import drawing
from partialcredit.writers.typst_text import string

__all__ = ["draw_pdf"]


@lru_cache(maxsize=64)
def draw_pdf(figure: Figure) -> bytes:
    """The PDF file."""
    title = f"#set document(title: {string(figure.alt)})\n"
    body = f"{title}{PAGE}#figure(alt: {string(figure.alt)}, {drawing(figure)})"
    return compile_document(body, "pdf")[0]
