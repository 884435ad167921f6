"""Problems to try things on, generated once for all tests of a family that follow one another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from partialcredit.draw import LEVELS, Level
from partialcredit.paper import PaperProblem
from partialcredit.printed import printed
from partialcredit.problem import Problem, generate
from partialcredit.registry import load

#: Seeds of the instances that most tests look at.
FEW = 12


class Instances:
    """The instances of a family at a level, and their printed forms; none is changed by a test."""

    def __init__(self, family_id: str, level: Level) -> None:
        self.family, self.level = load(family_id), level
        self._problems: list[Problem] = []
        self._printed: list[PaperProblem] = []

    def problems(self, count: int = FEW) -> list[Problem]:
        """The instances of the first seeds."""
        for seed in range(len(self._problems), count):
            self._problems.append(generate(self.family, self.level, seed))
        return self._problems[:count]

    def pairs(self, count: int = FEW) -> Iterator[tuple[PaperProblem, Problem]]:
        """Each instance as it is printed, and itself."""
        for place, problem in enumerate(self.problems(count)):
            if place == len(self._printed):
                self._printed.append(printed(problem))
            yield self._printed[place], problem


@lru_cache(maxsize=8)
def instances(family_id: str, level: Level) -> Instances:
    """The instances that the tests of a family and level share."""
    return Instances(family_id, level)


@lru_cache(maxsize=32)
def witnessed(family_id: str, count: int = FEW) -> list[Problem]:
    """Instances of every level whose witnesses have testified."""
    problems = [p for level in LEVELS for p in Instances(family_id, level).problems(count)]
    for problem in problems:
        problem.verify()
    return problems
