"""Excel workbooks: the rows of the first sheet."""

from __future__ import annotations

import io
import warnings
from datetime import date, time
from itertools import islice
from typing import Any

from partialcredit.errors import InputError
from partialcredit.tables.archives import members

__all__ = ["rows_of"]

NEEDED = "needs openpyxl: pip install 'partialcredit[xlsx]'"

_ROWS, _COLUMNS = 20_000, 2000


def rows_of(content: bytes, place: str) -> list[list[str]]:
    """The rows of the first sheet, as a person sees them."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise InputError(f"reading {place} {NEEDED}, or save it as CSV") from None
    members(content, place)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and filters, which are no answers
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            cells = book.worksheets[0].iter_rows(max_col=_COLUMNS, values_only=True)
            return [[_shown(cell) for cell in row] for row in islice(cells, _ROWS)]
    except Exception as error:  # noqa: BLE001 - openpyxl raises anything on a damaged workbook
        damage = type(error).__name__
        raise InputError(f"{place} is not a workbook, or damaged ({damage})") from None


def _shown(value: Any) -> str:
    """A cell's text. A date is not what was typed (1/2 becomes the 1st of February): it says so."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    if isinstance(value, date | time):
        return f"(a date: {value})"
    return str(value)
