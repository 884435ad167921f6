"""Whether the variants of a family are equally hard, and none can be guessed.

Over many seeds of one family and level: how much the numbers a student works with vary in size,
how many problems repeat, how often the best blind guess at a key is right, and how often each
slip gives an answer of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log10
from statistics import mean, pstdev
from typing import Any

from partialcredit.agreement import flatten
from partialcredit.draw import Level
from partialcredit.grading import Expression, Relation
from partialcredit.grading.kind import Kind
from partialcredit.problem import Problem, generate
from partialcredit.registry import load

__all__ = ["BAND", "Fairness", "PartFairness", "measure"]

#: The band a family keeps to: how often the best guess at a key may be right (more only where the
#: question has few outcomes, such as the sign of a determinant: then ``uneven`` times what evenly
#: drawn outcomes give), and how many seeds may repeat a problem.
BAND = {"guess": 0.4, "uneven": 1.25, "repeats": 0.05}


@dataclass(frozen=True, slots=True)
class PartFairness:
    """One part: the best guess and how often it is right, and how often each slip shows."""

    name: str
    guess: str
    guessed: float
    allowed: float
    visible: dict[str, float]


@dataclass(frozen=True, slots=True)
class Fairness:
    """One family and level; ``digits`` and ``magnitude`` are (mean, standard deviation)."""

    family: str
    level: Level
    variants: int
    repeats: float
    digits: tuple[float, float]
    magnitude: tuple[float, float]
    parts: tuple[PartFairness, ...]

    def faults(self) -> Iterator[str]:
        """What lies outside the band, one sentence each."""
        if self.repeats > BAND["repeats"]:
            yield f"{self.repeats:.0%} of the seeds repeat an earlier problem"
        for part in self.parts:
            if part.guessed > part.allowed:
                yield f"{part.name}: the guess {part.guess} is right in {part.guessed:.0%}"


def measure(family_id: str, level: Level, seeds: range) -> Fairness:
    """Measure one family and level over many seeds."""
    problems = [generate(load(family_id), level, seed) for seed in seeds]
    different = len({repr(problem.parameters) for problem in problems})
    sizes = [list(_sizes(problem.parameters.values())) or [(0, 0.0)] for problem in problems]
    digits = [mean(d for d, _ in size) for size in sizes]
    magnitudes = [mean(m for _, m in size) for size in sizes]
    return Fairness(
        family_id,
        level,
        len(problems),
        1 - different / len(problems),
        (mean(digits), pstdev(digits)),
        (mean(magnitudes), pstdev(magnitudes)),
        tuple(_part(problems, part.name) for part in problems[0].parts),
    )


def _sizes(values: Any) -> Iterator[tuple[int, float]]:
    """Digits and decimal magnitude of every number among the parameters."""
    for value in values:
        for x in flatten(value):
            if isinstance(x, int | Fraction) and not isinstance(x, bool):
                shown = f"{float(x):.6g}".strip("-").replace(".", "").lstrip("0")
                yield len(shown), log10(abs(float(x))) if x else 0.0


def _part(problems: Sequence[Problem], name: str) -> PartFairness:
    keys = Counter(problem.kinds[name].write(problem.keys[name]) for problem in problems)
    (guess, times), *_ = keys.most_common(1)
    part = problems[0].family.parts[name]
    shown = Counter(mistake.name for problem in problems for mistake, _ in problem.mistakes[name])
    total = len(problems)
    return PartFairness(
        name,
        guess,
        times / total,
        _allowed(problems[0].kinds[name], len(keys)),
        {mistake.name: shown[mistake.name] / total for mistake in part.mistakes},
    )


def _allowed(kind: Kind, outcomes: int) -> float:
    """How often a guess may be right; see :data:`BAND`."""
    if isinstance(kind, Expression | Relation):
        return 1.0  # the formula is the question: its key is the same in every variant
    if outcomes == 1:
        return BAND["guess"]
    return max(BAND["guess"], BAND["uneven"] / outcomes)
