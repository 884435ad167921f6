"""Markdown: one section per student, one table row per part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from partialcredit.marking.marks import Result, plain
from partialcredit.writers.markdown import escape

__all__ = ["render", "shown"]

#: What GitHub makes a link of, although nobody marked it up as one.
_LINK = re.compile(r"(?=://)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)


def render(results: Sequence[Result], title: str = "") -> bytes:  # noqa: ARG001 - one for all forms
    """The sections; students' text is escaped."""
    text = "\n\n".join(map(_section, results)) + "\n"
    return text.encode("utf-8", "replace")


def _section(result: Result) -> str:
    name = f" {shown(result.student)}" if result.student else ""
    rows = [
        f"| {p.id} | {plain(p.marks)} / {p.out_of} | {p.verdict} | {shown(p.answer)} "
        f"| {shown(p.understood)} | {shown(p.feedback)} |"
        for p in result.counted
    ]
    head = [
        f"## Marks{name}: {plain(result.marks)} of {result.out_of}",
        "",
        "| part | marks | verdict | answer | understood as | feedback |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows])


def shown(text: str) -> str:
    """A student's text as it is; an address in it stays text, too."""
    return _LINK.sub("<!-- -->", escape(text))
