"""What a person should look at, equal answers once: the review file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from partialcredit.errors import InputError
from partialcredit.marking.hand_ins.collecting import Stray
from partialcredit.marking.marks import PartMark, Result, plain
from partialcredit.marking.report.workbook import workbook
from partialcredit.tables.cells import Cell, to_csv, unsafe

__all__ = [
    "COLUMNS", "PAPER", "Like", "Place", "Row", "check_name", "everyone", "key_of", "open_rows",
    "reason", "render",
]  # fmt: skip

COLUMNS = ("part", "answer", "count", "students", "why", "proposed", "marks", "comment")

#: A column more where papers differ: the first paper that asks this question.
PAPER = "paper"

#: Students that are named in a row, and characters of an answer that are shown whole.
_NAMED, _SHOWN = 20, 500


#: A part, an answer, and the first paper that asks the same question, where papers differ.
Place = tuple[str, str, str]

#: That paper, for a paper's id and a part's.
Like = Callable[[str, str], str]


def everyone(paper: str, part: str) -> str:  # noqa: ARG001 - as papers of a class that differ
    """All papers ask the same."""
    return ""


@dataclass(slots=True)
class Row:
    """Equal answers to one part; ``marks`` and ``comment`` are what a person has written.

    ``paper`` is the first that asks the same question, where papers ask others.
    """

    part: str
    answer: str
    paper: str = ""
    students: list[str] = field(default_factory=list)
    why: dict[str, None] = field(default_factory=dict)
    proposed: dict[Fraction, None] = field(default_factory=dict)
    marks: str = ""
    comment: str = ""


def answer_key(text: str) -> str:
    """How an answer stands in the review, by which its decision finds it again.

    Line ends and runs of blanks are one blank; a long answer is cut off, and told from others that
    begin alike by a digest.
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(line) <= _SHOWN:
        return line
    digest = sha256(line.encode("utf-8", "replace")).hexdigest()[:12]
    return f"{line[: _SHOWN - 20]}... [{digest}]"  # no longer than what is shown whole


def key_of(answer: str) -> str:
    """What an answer and its cell in a review have in common."""
    return unsafe(answer_key(answer))


def reason(mark: PartMark) -> str:
    """Why a person should look at a mark; empty when there is no need."""
    if mark.verdict in ("invalid", "undecided"):
        told = " ".join(mark.feedback.split("\n")[0].split())[:200]
        return f"{mark.verdict}: {told}" if told else mark.verdict
    return mark.doubt


def open_rows(results: Iterable[Result], alike: Like = everyone) -> dict[Place, Row]:
    """The rows by part, answer and question, in the order of the paper and of how many wrote it."""
    rows: dict[Place, Row] = {}
    order: dict[str, int] = {}
    for result in results:
        for mark in result.counted:
            order.setdefault(mark.id, len(order))
            why = reason(mark)
            if not why:
                continue
            # What cannot be read can be read beside no other numbers either.
            paper = "" if mark.verdict == "invalid" else alike(result.paper, mark.id)
            key = (mark.id, key_of(mark.answer), paper)
            row = rows.setdefault(key, Row(mark.id, answer_key(mark.answer), paper))
            row.students.append(result.student)
            row.why[why] = None
            row.proposed[mark.marks] = None
    sorted_keys = sorted(rows, key=lambda key: (order[key[0]], -len(rows[key].students)))
    return {key: rows[key] for key in sorted_keys}


def check_name(path: Path, outputs: Iterable[Path] = ()) -> None:
    """Raise InputError for a review that is neither CSV nor a workbook, or one of the outputs."""
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise InputError(f"a review is a .csv or .xlsx file, not {path.name!r}")
    if path in outputs:
        raise InputError(f"the review would overwrite {path}; give --review a name of its own")


def render(
    results: Iterable[Result],
    written: Mapping[Place, Row],
    strays: Iterable[Stray],
    path: Path,
    alike: Like = everyone,
) -> bytes:
    """The review file; what a person has ``written`` in an earlier one is kept."""
    rows = open_rows(results, alike)
    for key, row in written.items():
        known = rows.setdefault(key, row)
        known.marks, known.comment = row.marks, row.comment
    for stray in strays:
        key = (stray.label, key_of(stray.text), "")
        row = rows.setdefault(key, Row(stray.label, answer_key(stray.text)))
        row.students.append(stray.student)
        row.why["the paper has no such part"] = None
    table: list[list[Cell]] = [[*COLUMNS, PAPER], *map(_cells, rows.values())]
    if not any(row.paper for row in rows.values()):
        table = [cells[:-1] for cells in table]
    return workbook({"review": table}) if path.suffix.lower() == ".xlsx" else to_csv(table)


def _cells(row: Row) -> list[Cell]:
    named = ", ".join(row.students[:_NAMED])
    more = f", and {len(row.students) - _NAMED} more" if len(row.students) > _NAMED else ""
    proposed = "; ".join(str(plain(marks)) for marks in row.proposed)
    return [
        row.part, row.answer, len(row.students), named + more, "; ".join(row.why), proposed,
        row.marks, row.comment, row.paper,
    ]  # fmt: skip
