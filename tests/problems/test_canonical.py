"""Families give the known answers to known instances, and know the known slips by name."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

from partialcredit import compose
from partialcredit.marking import PartMark, mark_problem
from partialcredit.problem import Problem
from partialcredit.registry import load
from tests.problems import canonical
from tests.problems.canonical.case import Case

CASES = [
    case
    for module in pkgutil.iter_modules(canonical.__path__, f"{canonical.__name__}.")
    for case in getattr(import_module(module.name), "CASES", ())
]


def marked(case: Case, part: str, answer: str) -> PartMark:
    problem = Problem(load(case.family), case.level, 0, case.parameters)  # type: ignore[arg-type]
    problem.verify()
    printed = compose.printed(problem)
    (wanted,) = (p.id for p in printed.parts if p.name == part)
    marks = mark_problem(printed, problem, {wanted: answer})
    return next(mark for mark in marks if mark.id == wanted)


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{case.family}-{case.level}-{n}" for n, case in enumerate(CASES)]
)
def test_known_answers_and_slips(case: Case) -> None:
    for part, answer in case.answers.items():
        mark = marked(case, part, answer)
        assert mark.verdict == "correct", (part, mark)
    for part, slips in case.slips.items():
        for slip in slips:
            mark = marked(case, part, slip)
            assert mark.verdict in ("incorrect", "partial"), (part, slip, mark)
            assert mark.mistake, (part, slip, mark)
