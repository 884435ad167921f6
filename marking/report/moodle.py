"""A table that Moodle imports (Grades, Import, CSV file); its columns are mapped there."""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.marking.marks import Result, plain
from partialcredit.tables.cells import to_csv

__all__ = ["render"]


def render(results: Sequence[Result], title: str) -> bytes:
    """The column that Moodle knows students by, the grade, and what was lost where."""
    mail = bool(results) and all("@" in result.student for result in results)
    header = ["Email address" if mail else "ID number", title, f"{title} (feedback)"]
    return to_csv([header, *([r.student, plain(r.marks), _lost(r)] for r in results)])


def _lost(result: Result) -> str:
    lost = [part for part in result.counted if part.marks < part.out_of]
    return ", ".join(
        f"{p.id}: {plain(p.marks)} of {p.out_of} ({p.mistake or p.verdict})" for p in lost
    )
