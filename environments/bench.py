"""What runs inside the processes that mark answers to any problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from partialcredit.errors import InputError
from partialcredit.marking.alike import identity
from partialcredit.marking.desk import PART_SECONDS, PROBLEM_SECONDS, Refused
from partialcredit.marking.marker import mark_problem
from partialcredit.marking.marks import PartMark
from partialcredit.marking.restoring import restored
from partialcredit.paper import PaperProblem
from partialcredit.problem import Problem
from partialcredit.workers.inside import Answer, Step

__all__ = ["Handed", "Marked", "bench"]

#: Restored problems that are kept.
KNOWN = 400


@dataclass(frozen=True, slots=True)
class Handed:
    """Answers to a problem by part id; ``skipped`` says why some parts are not marked any more."""

    problem: PaperProblem
    answers: Mapping[str, str]
    skipped: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks of all parts; ``counted`` are those that no person has to read."""

    parts: tuple[PartMark, ...]
    counted: tuple[PartMark, ...]


def bench() -> Answer:
    """Answer what was handed in with its marks, or with the sentence that refuses the problem."""
    known: dict[str, Problem] = {}

    def find(printed: PaperProblem) -> Problem:
        name = identity(printed)
        if name not in known:
            if len(known) >= KNOWN:
                del known[next(iter(known))]
            known[name] = restored(printed)
        return known[name]

    def answer(request: Handed, step: Step) -> Iterator[Marked | Refused]:
        printed = request.problem
        step("problem", PROBLEM_SECONDS)
        try:
            problem = find(printed)
        except InputError as error:
            yield Refused(str(error))
            return

        def begin(place: int) -> str:
            step(str(place), PART_SECONDS)
            return ""

        marks = mark_problem(
            printed, problem, request.answers, skipped=request.skipped, begin=begin
        )
        pairs = zip(printed.parts, marks, strict=True)
        counted = tuple(mark for part, mark in pairs if not problem.kinds[part.name].by_person)
        yield Marked(tuple(marks), counted)

    return answer
