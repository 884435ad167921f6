"""A report as one HTML page, which loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from partialcredit.marking.analysis.tables import Block, Drawing, Heading, Say, Table
from partialcredit.marking.pages import page
from partialcredit.writers.drawing.svg import draw
from partialcredit.writers.html import picture
from partialcredit.writers.views import one_line

__all__ = ["files"]


def files(title: str, blocks: Sequence[Block], name: str) -> dict[str, bytes]:
    """The page."""
    plots = tuple(block.plot for block in blocks if isinstance(block, Drawing))
    pictures = dict(zip(plots, map(picture, plots, draw(plots)), strict=True))
    body = "".join(
        f"{pictures[block.plot]}\n" if isinstance(block, Drawing) else _block(block)
        for block in blocks
    )
    return {name: page(title, "", f'<main class="report">\n{body}</main>\n')}


def _block(block: Heading | Say | Table) -> str:
    match block:
        case Heading(text):
            return f"<h2>{escape(one_line(text))}</h2>\n"
        case Say(text):
            return f"<p>{escape(one_line(text))}</p>\n"
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    kinds = [' class="number"' if column.numeric else "" for column in table.columns]
    heads = zip(kinds, (column.head for column in table.columns), strict=True)
    head = "".join(f"<th{kind}>{escape(text)}</th>" for kind, text in heads)
    rows = "".join(
        "<tr>"
        + "".join(f"<td{k}>{escape(text)}</td>" for k, text in zip(kinds, row, strict=True))
        + "</tr>\n"
        for row in table.texts()
    )
    return f'<div class="wide"><table>\n<tr>{head}</tr>\n{rows}</table></div>\n'
