"""Cells that no spreadsheet takes for a formula, and CSV that none takes apart."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

__all__ = ["Cell", "safe", "to_csv", "unsafe"]

Cell = str | int | float

#: What begins a formula, also in full width; a tab and a line's end are skipped before it.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")

#: Characters of a cell that every spreadsheet keeps.
_LONGEST = 30_000


def safe(text: str) -> str:
    """A text for a cell: control characters are blanks, and a formula is told to be text."""
    clean = "".join(c if c.isprintable() else " " for c in text[:_LONGEST])
    return (
        f"'{clean}" if text.startswith(_FORMULA) or clean.lstrip().startswith(_FORMULA) else clean
    )


def unsafe(cell: str) -> str:
    """A cell's text without the apostrophe of :func:`safe`, which spreadsheets may take away."""
    bare = cell[1:]
    return bare if cell[:1] == "'" and bare.lstrip().startswith(_FORMULA) else cell


def to_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows as CSV in UTF-8, texts safe and quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([safe(c) if isinstance(c, str) else c for c in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")
