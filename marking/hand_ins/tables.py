"""CSV and TSV files with a line of column names and one line per student."""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.marking.hand_ins.sheets import Sheet
from partialcredit.tables.delimited import rows_of
from partialcredit.tables.students import students_in

__all__ = ["from_rows", "read"]


def read(content: bytes, place: str) -> list[Sheet]:
    """The students of a CSV or TSV file."""
    rows, separator = rows_of(content, place)
    return from_rows(rows, place, separator)


def from_rows(rows: Sequence[Sequence[str]], place: str, separator: str = "") -> list[Sheet]:
    """One sheet per student; columns that name a student are found wherever they stand."""
    needed = " and one column per part"
    return [Sheet(where, fields) for where, fields in students_in(rows, place, separator, needed)]
