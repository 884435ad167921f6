"""Problems to try things on, generated once for all tests that look at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any

from partialcredit.draw import LEVELS, Level
from partialcredit.marking.marker import mark_problem
from partialcredit.marking.marks import PartMark
from partialcredit.paper import PaperProblem
from partialcredit.printed import printed
from partialcredit.problem import Problem, generate
from partialcredit.registry import load
from tests.problems.older import older

#: Seeds that every test looks at, and those that only a slow run adds.
FIRST, MORE = range(2), range(2, 9)


class Instances:
    """Some instances of a family at a level, and how they are printed; no test changes them."""

    def __init__(self, family_id: str, level: Level, seeds: Sequence[int]) -> None:
        self.family, self.level, self.seeds = load(family_id), level, seeds

    @cached_property
    def problems(self) -> list[Problem]:
        return [generate(self.family, self.level, seed) for seed in self.seeds]

    @cached_property
    def printed(self) -> list[PaperProblem]:
        return [printed(problem) for problem in self.problems]

    def __iter__(self) -> Iterator[tuple[PaperProblem, Problem]]:
        return zip(self.printed, self.problems, strict=True)


def mark(printed: PaperProblem, problem: Problem, answers: dict[str, Any]) -> dict[str, PartMark]:
    """Marks by part name, for answers by part name."""
    ids = {part.name: part.id for part in printed.parts}
    marks = mark_problem(printed, problem, {ids[name]: text for name, text in answers.items()})
    return dict(zip(ids, marks, strict=True))


@lru_cache(maxsize=8)
def instances(family_id: str, level: Level) -> Instances:
    """The instances that the tests of a family and level share."""
    return Instances(family_id, level)


@lru_cache(maxsize=32)
def witnessed(family_id: str, count: int = 12) -> list[Problem]:
    """Instances of every level, and older ones, whose witnesses have testified."""
    problems = [p for level in LEVELS for p in Instances(family_id, level, range(count)).problems]
    problems += older(family_id)
    for problem in problems:
        problem.verify()
    return problems
