"""PDF: tagged (PDF/UA-1), fonts embedded, figures as vectors, the same bytes for the same paper."""

from __future__ import annotations

import re

from partialcredit.paper import Paper
from partialcredit.writers.compiler import compile_document
from partialcredit.writers.typst_paper import source
from partialcredit.writers.views import View

__all__ = ["count_pages", "pages", "render"]

_TREE = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)")


def render(paper: Paper, view: View) -> bytes:
    """The paper as a PDF file."""
    return _printed(paper, view, least=0, even=False)


def pages(paper: Paper, least: int = 0, *, even: bool = False) -> bytes:
    """The question paper with blank pages at its end, so that it has at least so many pages.

    With ``even`` the number of pages is even, so that the next paper begins on a right-hand page.
    """
    return _printed(paper, "paper", least, even)


def count_pages(document: bytes) -> int:
    """How many pages a PDF of this writer has."""
    tree = _TREE.search(document)
    if tree is None:
        raise ValueError("these bytes are no PDF of this writer")
    return int(tree[1])


def _printed(paper: Paper, view: View, least: int, even: bool) -> bytes:
    """Each page has a code of its own; how many there must be is a guess at first."""
    coded = len(paper.problems) + 2
    written = compile_document(source(paper, view, coded), "pdf")[0]
    own = count_pages(written)
    wanted = max(own, least)
    wanted += wanted % 2 if even else 0
    if wanted == own <= coded:
        return written
    return compile_document(source(paper, view, wanted, blank=wanted - own), "pdf")[0]
