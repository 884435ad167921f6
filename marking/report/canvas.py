"""A gradebook that Canvas imports (Grades, Import), one assignment of one column."""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.marking.marks import Result, plain
from partialcredit.tables.cells import Cell, to_csv

__all__ = ["render"]


def render(results: Sequence[Result], title: str) -> bytes:
    """Students are found by their SIS id or else their login; Canvas asks for all the columns."""
    most = max((result.out_of for result in results), default=0)
    header: list[Cell] = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", title]
    points: list[Cell] = ["Points Possible", "", "", "", "", most]
    body: list[list[Cell]] = [
        [r.student, "", r.student, r.student, "", plain(r.marks)] for r in results
    ]
    return to_csv([header, points, *body])
