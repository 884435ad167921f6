"""Families give the known answers to known instances, and know the known slips by name."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

from partialcredit.marking.marker import PartMark, mark_problem
from partialcredit.printed import printed
from partialcredit.problem import Problem
from partialcredit.registry import load
from tests.problems import canonical
from tests.problems.canonical.case import Case

CASES = [
    case
    for module in pkgutil.iter_modules(canonical.__path__, f"{canonical.__name__}.")
    for case in getattr(import_module(module.name), "CASES", ())
]


class Handed:
    """A case as a printed problem, of which one part at a time is answered."""

    def __init__(self, case: Case) -> None:
        self.problem = Problem(load(case.family), case.level, 0, case.parameters)  # type: ignore[arg-type]
        self.problem.verify()
        self.printed = printed(self.problem)
        self.ids = {part.name: part.id for part in self.printed.parts}

    def mark(self, part: str, answer: str) -> PartMark:
        marks = mark_problem(self.printed, self.problem, {self.ids[part]: answer})
        return next(mark for mark in marks if mark.id == self.ids[part])


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{case.family}-{case.level}-{n}" for n, case in enumerate(CASES)]
)
def test_known_answers_and_slips(case: Case) -> None:
    handed = Handed(case)
    for part, answer in case.answers.items():
        mark = handed.mark(part, answer)
        assert mark.verdict == "correct", (part, mark)
    for part, slips in case.slips.items():
        for slip in slips:
            mark = handed.mark(part, slip)
            assert mark.verdict in ("incorrect", "partial"), (part, slip, mark)
            assert mark.mistake, (part, slip, mark)
