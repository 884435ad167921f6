"""PDF: tagged (PDF/UA-1), fonts embedded, figures as vectors, the same bytes for the same paper."""

from __future__ import annotations

import json
import re

from partialcredit.paper import Paper
from partialcredit.writers.codes import codes
from partialcredit.writers.compiler import compile_document, told
from partialcredit.writers.page_breaks import Area, place
from partialcredit.writers.typst_paper import Draft, draft
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
    """Found once where the pages end, then written; every page has a code of its own."""
    planned = draft(paper, view)
    places, own = _found(planned)

    def written(blank: int) -> bytes:
        coded = paper.id and view in ("paper", "sheet")
        shown = codes(paper.id, own + blank) if coded else ()
        return compile_document(planned.markup(shown, places, blank), "pdf")[0]

    blank = _blank(own, least, even)
    document = written(blank)
    unexpected = count_pages(document) - own - blank
    if not unexpected:
        return document
    # Of an answer sheet or a piece higher than a page it was a guess how many pages it takes.
    own += unexpected
    return written(_blank(own, least, even))


def _blank(own: int, least: int, even: bool) -> int:
    """How many blank pages make so many pages at least, and an even number if asked."""
    pages = max(own, least)
    return pages + (pages % 2 if even else 0) - own


def _found(planned: Draft) -> tuple[str, int]:
    """The places of the pieces for the templates, and how many pages that makes."""
    if not planned.pieces:
        return "", 1
    full, left, page, *heights = told(planned.markup()).split()
    area = Area(float(full), float(left), int(page))
    places, last = place(planned.pieces, list(map(float, heights)), area)
    return json.dumps(places, separators=(",", ":")), last
