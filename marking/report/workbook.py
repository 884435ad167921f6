"""An Excel workbook: the class on the first sheet, every part of everyone on the second."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from partialcredit.errors import InputError
from partialcredit.marking.marks import Result, plain
from partialcredit.marking.report.table import rows
from partialcredit.tables.cells import Cell, safe

__all__ = ["render", "workbook"]

_PARTS = ["student", "part", "verdict", "marks", "out_of", "answer", "understood", "mistake",
          "feedback"]  # fmt: skip


def render(results: Sequence[Result], title: str) -> bytes:  # noqa: ARG001 - one for all forms
    """The workbook; texts are texts, whatever they begin with."""
    parts: list[list[Cell]] = [list(_PARTS)]
    parts += [
        [r.student, p.id, p.verdict, plain(p.marks), p.out_of, p.answer, p.understood, p.mistake,
         p.feedback]
        for r in results
        for p in r.counted
    ]  # fmt: skip
    return workbook({"marks": rows(results), "parts": parts})


def workbook(sheets: dict[str, list[list[Cell]]]) -> bytes:
    """Sheets of rows as the bytes of a workbook."""
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
    except ImportError:
        raise InputError(
            "writing .xlsx needs openpyxl: pip install 'partialcredit[xlsx]', or write .csv"
        ) from None
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = datetime(2000, 1, 1, tzinfo=UTC)
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(list(_cells(WriteOnlyCell, sheet, row)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(make: Any, sheet: object, row: Iterable[Cell]) -> Iterable[object]:
    for value in row:
        cell = make(sheet, value=safe(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.data_type = "s"
        yield cell
