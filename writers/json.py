"""JSON: the paper file that ``grade`` reads."""

from __future__ import annotations

from partialcredit.paper import Paper
from partialcredit.paper_file import write_paper
from partialcredit.writers.views import View

__all__ = ["render"]


def render(paper: Paper, view: View) -> bytes:  # noqa: ARG001 - a paper file holds every view
    """The paper file, with whatever keys the paper holds."""
    return write_paper(paper).encode("utf-8", "replace")
