"""What stands before the first question, and once for all questions: the same in every format."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from partialcredit.paper import Paper, PaperPart, PaperProblem
from partialcredit.writers.spaces import kind_of
from partialcredit.writers.views import one_line, plural

__all__ = ["asked", "facts", "fields", "marks_table"]

#: A table of the marks helps from so many questions on.
_TABLED = 4

#: What these kinds' questions say where the paper's policy has it so.
_CANCELS = {
    "truefalse": "A wrong answer cancels a right one.",
    "choices": "A wrong letter cancels a right one.",
}


def facts(paper: Paper) -> list[str]:
    """The line under the title."""
    head = paper.head
    told = [
        one_line(head.course),
        one_line(head.date),
        plural(head.minutes, "minute") if head.minutes else "",
        plural(paper.marks, "mark"),
        f"Paper {one_line(paper.id)}" if paper.id else "",
    ]
    return [fact for fact in told if fact]


def fields(paper: Paper) -> list[tuple[str, str]]:
    """The fields to fill in; on a student's own paper the name and the number stand there."""
    known = {"name": one_line(paper.name), "student number": one_line(paper.student)}
    labels = list(map(one_line, paper.head.fields))
    unasked = [name for name in known if name not in map(str.casefold, labels)]
    printed = [(name.capitalize(), known[name]) for name in unasked if known[name]]
    return printed + [(label, known.get(label.casefold(), "")) for label in labels]


def marks_table(paper: Paper) -> list[tuple[str, ...]]:
    """Lines of question, marks, minutes where they are known, and nothing; the last is the sum.

    Empty where a table would not help: few questions and no cover.
    """
    if not paper.head.cover and len(paper.problems) < _TABLED:
        return []
    rows = [(str(p.number), p.marks, _minutes(p)) for p in paper.problems]
    total = ("All", sum(row[1] for row in rows), sum(row[2] for row in rows))
    timed = ("Minutes",) if total[2] else ()
    lines = [
        (n, str(marks), *([str(time)] if timed else []), "") for n, marks, time in [*rows, total]
    ]
    return [("Question", "Marks", *timed, "Given"), *lines]


def _minutes(problem: PaperProblem) -> int:
    """The estimated time in whole minutes; 0 where there is no estimate."""
    return max(round(problem.minutes), 1) if problem.minutes else 0


def asked(part: PaperPart, policy: Mapping[str, Any] = MappingProxyType({})) -> str:
    """A part's prompt, and what the paper's policy adds to it."""
    kind = kind_of(part)
    several = part.count > 1 or len(part.options) > 1
    if kind not in _CANCELS or not several or not policy.get("wrong_cancels_right", True):
        return part.prompt
    apart = "\n\n" if part.prompt.rstrip().endswith("$$") else " "
    return f"{part.prompt}{apart}{_CANCELS[kind]}"
