"""Excel workbooks: the first sheet, one row per student."""

from __future__ import annotations

from partialcredit.marking.hand_ins.sheets import Sheet
from partialcredit.marking.hand_ins.tables import from_rows
from partialcredit.tables.workbooks import rows_of

__all__ = ["read"]


def read(content: bytes, place: str) -> list[Sheet]:
    """The students of a workbook."""
    return from_rows(rows_of(content, place), place)
