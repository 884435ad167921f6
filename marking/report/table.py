"""CSV: one line per student with the total, the marks of every part, and what is open."""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.marking.marks import Result, plain
from partialcredit.tables.cells import Cell, to_csv

__all__ = ["render", "rows"]


def render(results: Sequence[Result], title: str) -> bytes:  # noqa: ARG001 - one for all forms
    """The table as CSV."""
    return to_csv(rows(results))


def rows(results: Sequence[Result]) -> list[list[Cell]]:
    """The table with its header; students may have parts of their own."""
    ids = list(dict.fromkeys(part.id for result in results for part in result.counted))
    table: list[list[Cell]] = [["student", "marks", "out_of", *ids, "open"]]
    for result in results:
        marks = {part.id: plain(part.marks) for part in result.counted}
        cells: list[Cell] = [marks.get(name, "") for name in ids]
        head: list[Cell] = [result.student, plain(result.marks), result.out_of]
        table.append([*head, *cells, " ".join(result.open)])
    return table
