"""Problems by number without end, written when they are asked for."""

from __future__ import annotations

from functools import lru_cache

from partialcredit.draw import Level
from partialcredit.environments.sets import Plan
from partialcredit.exams.compose import written
from partialcredit.paper import PaperProblem

__all__ = ["Problems"]

#: Problems of which each source remembers the last.
_KEPT = 256


class Problems:
    """Problem number i of some families, of one level and seed; each is verified.

    The same arguments and number give the same problem, whatever was asked before. Raises
    UnknownName for families and topics that nobody knows.
    """

    def __init__(self, families: tuple[str, ...], level: Level, seed: int) -> None:
        self._plan = Plan.of(families, 0, level, seed)
        self._written = lru_cache(_KEPT)(lambda number: written(self._plan.task(number)))

    def __getitem__(self, number: int) -> PaperProblem:
        return self._written(number)
