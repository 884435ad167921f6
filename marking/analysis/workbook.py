"""A report as an Excel workbook: a sheet per heading, numbers as numbers."""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.marking.analysis.tables import Block, Heading, Say, Table
from partialcredit.marking.spreadsheet import Book

__all__ = ["files"]

_FORMATS = {"text": "", "prose": "", "number": "0.##", "share": "0%", "index": "0.00"}


def files(title: str, blocks: Sequence[Block], name: str) -> dict[str, bytes]:  # noqa: ARG001 - one for all forms
    """The workbook; figures are left to the other forms."""
    book = Book()
    for block in blocks:
        match block:
            case Heading(text):
                sheet = book.sheet(text)
            case Say(text):
                sheet.add([text])
            case Table(columns, rows):
                sheet.add([column.head for column in columns], bold=True)
                forms = [_FORMATS[column.form] for column in columns]
                for row in rows:
                    sheet.add(["–" if cell is None else cell for cell in row], forms)
    return {name: book.content()}
