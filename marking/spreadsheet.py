"""Workbooks in which a text is always a text, and a formula comes with its value."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from partialcredit.errors import InputError
from partialcredit.tables.cells import Cell, safe

__all__ = ["Book", "Formula", "Sheet"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of the program's own, and its value for whoever does not calculate."""

    text: str
    value: float | int | str


class Book:
    """A workbook in the making; the same calls give the same bytes."""

    def __init__(self) -> None:
        try:
            from xlsxwriter import Workbook
        except ImportError:
            raise InputError(
                "writing .xlsx needs xlsxwriter: pip install 'partialcredit[xlsx]', or write "
                "another form"
            ) from None
        self._out = io.BytesIO()
        self._book: Any = Workbook(self._out, {"in_memory": True})
        self._book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        self._formats: dict[tuple[str, bool, str], Any] = {}

    def sheet(self, name: str) -> Sheet:
        """A new sheet."""
        return Sheet(self, self._book.add_worksheet(name))

    def format(self, number: str, *, bold: bool = False, fill: str = "") -> Any:
        """A cell format, made once."""
        key = (number, bold, fill)
        if key not in self._formats:
            told: dict[str, Any] = {"bold": bold}
            told |= {"num_format": number} if number else {}
            told |= {"bg_color": fill} if fill else {}
            self._formats[key] = self._book.add_format(told)
        return self._formats[key]

    def content(self) -> bytes:
        """The bytes of the finished workbook."""
        self._book.close()
        return self._out.getvalue()


class Sheet:
    """A sheet that is filled row by row."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self._sheet = book, sheet
        self._rows = 0

    def add(
        self,
        cells: Sequence[Cell | Formula],
        formats: Sequence[str] = (),
        *,
        bold: bool = False,
        fills: Sequence[str] = (),
    ) -> None:
        """The next row; ``formats`` are number formats and ``fills`` colours, cell by cell."""
        for column, cell in enumerate(cells):
            number = formats[column] if column < len(formats) else ""
            fill = fills[column] if column < len(fills) else ""
            style = self._book.format(number, bold=bold, fill=fill)
            match cell:
                case Formula(text, value):
                    self._sheet.write_formula(self._rows, column, text, style, value)
                case str():
                    self._sheet.write_string(self._rows, column, safe(cell), style)
                case _:
                    self._sheet.write_number(self._rows, column, cell, style)
        self._rows += 1

    def head(self, width: int = 1) -> None:
        """Let the rows so far and ``width`` columns stand where the rest is scrolled."""
        self._sheet.freeze_panes(self._rows, width)

    def widths(self, widths: Sequence[float]) -> None:
        """The widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
