"""What a person decided: a review file with marks filled in, put over the machine's marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from partialcredit.errors import InputError
from partialcredit.files import read_bytes
from partialcredit.marking.hand_ins.labels import Labels
from partialcredit.marking.marks import PartMark, Result, plain
from partialcredit.marking.review import PAPER, Like, Place, Row, everyone, key_of
from partialcredit.tables import delimited, workbooks

__all__ = ["Change", "Decisions", "Ruling", "decide", "read_decisions"]

_MARKS = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,6})|/([0-9]{1,4}))?")
_LARGEST = 16 * 2**20

EVERYONE, DROP = "*", "drop"


@dataclass(frozen=True, slots=True)
class Ruling:
    """Marks for equal answers to a part, and why."""

    marks: Fraction
    comment: str = ""


@dataclass(slots=True)
class Decisions:
    """Rulings by part, answer and question, rulings for everyone by part, and dropped parts.

    ``written`` keeps every row as it was, for the next review.
    """

    answers: dict[Place, Ruling] = field(default_factory=dict)
    everyone: dict[str, Ruling] = field(default_factory=dict)
    dropped: dict[str, str] = field(default_factory=dict)
    written: dict[Place, Row] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """Whose mark of which part changed, from what to what, and why."""

    student: str
    part: str
    before: PartMark
    after: PartMark
    why: str


def read_decisions(path: Path, out_of: Mapping[str, int]) -> Decisions:
    """Read a review file with ``marks`` filled in; ``out_of`` are the parts and their marks.

    Raises InputError, naming the row, for a part that the paper has not and for marks that are no
    number from 0 to the part's marks.
    """
    table = [(n, row) for n, row in enumerate(_rows(path), 1) if any(map(str.strip, row))]
    header = [cell.strip().casefold() for cell in table[0][1]] if table else []
    missing = [name for name in ("part", "answer", "marks") if name not in header]
    if missing:
        raise InputError(f"{path} has no column {missing[0]!r}; write one with --review")
    labels, found = Labels(out_of), Decisions()
    for number, row in table[1:]:
        cells = dict(zip(header, row, strict=False))
        _add(found, cells, labels, out_of, f"{path}, row {number}")
    return found


def _rows(path: Path) -> list[list[str]]:
    content = read_bytes(path, _LARGEST)
    if path.suffix.lower() == ".xlsx":
        return workbooks.rows_of(content, str(path))
    return delimited.rows_of(content, str(path))[0]


def _add(
    found: Decisions,
    cells: Mapping[str, str],
    labels: Labels,
    out_of: Mapping[str, int],
    place: str,
) -> None:
    text, comment = cells.get("marks", "").strip(), cells.get("comment", "").strip()
    label, answer = labels.read(cells["part"]), cells.get("answer", "")
    if label is None or label not in out_of:
        if text:
            raise InputError(f"{place}: the paper has no part {cells['part'][:40]!r}")
        return
    key = EVERYONE if answer.strip() == EVERYONE else key_of(answer)
    paper = "" if key == EVERYONE else cells.get(PAPER, "").strip().upper()
    if (text or comment) and (label, key, paper) in found.written:
        raise InputError(f"{place}: {label}, {key[:40]!r} is decided in an earlier row, too")
    if text or comment:
        found.written[label, key, paper] = Row(label, key, paper, marks=text, comment=comment)
    if not text:
        return
    if text.casefold() == DROP:
        if key != EVERYONE:
            raise InputError(
                f"{place}: a part is dropped for everyone; write * in the answer column"
            )
        found.dropped[label] = comment
        return
    ruling = Ruling(_marks(text, out_of[label], place), comment)
    if key == EVERYONE:
        found.everyone[label] = ruling
    else:
        found.answers[label, key, paper] = ruling


def _marks(text: str, most: int, place: str) -> Fraction:
    match = _MARKS.fullmatch(text)
    if match and match[3] != "0" * len(match[3] or "-"):
        marks = Fraction(text.replace(",", "."))
        if marks <= most:
            return marks
    raise InputError(f"{place}: marks are a number from 0 to {most}, or 'drop', not {text[:40]!r}")


def decide(
    results: Sequence[Result], decisions: Decisions, alike: Like = everyone
) -> tuple[list[Result], list[Change], list[str]]:
    """The results as decided, whose marks changed and why, and notices of rows without effect.

    A row that names a paper decides on the answers to that question, one that names none on equal
    answers to the part, whatever it asks.
    """
    changes: list[Change] = []
    used: Counter[Place] = Counter()
    decided = []
    for result in results:
        parts = []
        for mark in result.parts:
            answer = key_of(mark.answer)
            places = ((mark.id, answer, alike(result.paper, mark.id)), (mark.id, answer, ""))
            used.update(places)
            rulings = (decisions.answers.get(place) for place in places)
            ruling = next(filter(None, rulings), None) or decisions.everyone.get(mark.id)
            after = _ruled(mark, ruling) if ruling else mark
            parts.append(after)
            if ruling and after.marks != mark.marks:
                changes.append(Change(result.student, mark.id, mark, after, ruling.comment))
        dropped = frozenset(decisions.dropped)
        decided.append(replace(result, parts=tuple(parts), dropped=dropped))
    return decided, changes, list(_without_effect(decisions, used))


def _ruled(mark: PartMark, ruling: Ruling) -> PartMark:
    """The mark as a person set it; what a person merely confirms stays as it was."""
    marks = min(ruling.marks, Fraction(mark.out_of))  # papers may give a part other marks
    if marks == mark.marks and mark.verdict not in ("invalid", "undecided"):
        return replace(mark, doubt="")
    said = f"A person decided: {plain(marks)} of {mark.out_of}."
    if ruling.comment:
        said += f" {ruling.comment}"
    return replace(mark, verdict="decided", marks=marks, feedback=said, doubt="")


def _without_effect(decisions: Decisions, used: Mapping[Place, int]) -> Iterator[str]:
    for part, answer, paper in decisions.answers:
        if (part, answer, paper) not in used:
            yield (
                f"the decision on {part}, {answer[:60]!r} changes nothing: nobody answered that "
                "(a spreadsheet may have rewritten the cell; .xlsx keeps it)"
            )
