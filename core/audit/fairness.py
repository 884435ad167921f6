"""Whether the variants of a family are equally hard, and none can be guessed.

Over many seeds of one family and level: how much the numbers a student works with vary in size,
how many problems repeat, how often the best blind guess at a key is right and what it earns, and
how often each slip gives an answer of its own.

The band (:data:`BAND`), for every family and level:

- Of a thousand seeds, at most one in twenty repeats an earlier problem.
- Whoever gives every part the answer that is right most often, without reading the question, is
  right in at most 40 % of the variants of a part. Three outcomes that are drawn evenly are the
  fewest that keep to it, and a yes or no by itself does not.
- Such a guesser earns at most 30 % of the marks of a whole problem. Marks are counted as the
  marker gives them, with what a half-right answer earns. One choice of four options, asked alone,
  earns 25 %.

A formula is exempt: it is the question itself, and the same in every variant. So are words. A
sample of n seeds may exceed a share by 1 / sqrt(n), which is two standard deviations of a coin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log10, sqrt
from statistics import mean, pstdev
from typing import Any

from partialcredit.draw import Level
from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.kind import Kind
from partialcredit.grading.nested import flatten
from partialcredit.numbers.rationals import Rational
from partialcredit.problem import Problem, generate
from partialcredit.registry import load

__all__ = ["BAND", "Fairness", "PartFairness", "measure"]

#: How often the best guess at a part may be right, what share of a problem's marks the best guesses
#: may earn, and how many seeds may repeat a problem.
BAND = {"guess": 0.4, "marks": 0.3, "repeats": 0.05}


@dataclass(frozen=True, slots=True)
class PartFairness:
    """One part: the best guess, how often it is right, and how often each slip shows.

    ``earned`` is the share of the part's ``marks`` that the guess earns on average.
    """

    name: str
    marks: int
    guess: str
    guessed: float
    earned: float
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

    @property
    def earned(self) -> float:
        """The share of the marks that the best guesses earn together."""
        return sum(p.earned * p.marks for p in self.parts) / sum(p.marks for p in self.parts)

    def faults(self) -> Iterator[str]:
        """What lies outside the band, one sentence each."""
        chance = 1 / sqrt(self.variants)
        if self.repeats > BAND["repeats"]:
            yield f"{self.repeats:.0%} of the seeds repeat an earlier problem"
        for part in self.parts:
            if part.guessed > BAND["guess"] + chance:
                yield f"{part.name}: the guess {part.guess} is right in {part.guessed:.0%}"
        if self.earned > BAND["marks"] + chance:
            yield f"guessing earns {self.earned:.0%} of the marks"


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
            if isinstance(x, int | Rational) and not isinstance(x, bool):
                shown = f"{float(x):.6g}".strip("-").replace(".", "").lstrip("0")
                yield len(shown), log10(abs(float(x))) if x else 0.0


def _part(problems: Sequence[Problem], name: str) -> PartFairness:
    first, total = problems[0], len(problems)
    part = first.family.parts[name]
    shown = Counter(slip.name for problem in problems for slip, _ in problem.slips[name])
    guess, guessed, earned = "", 0.0, 0.0
    kind = first.kinds[name]
    if not (kind.is_formula or kind.by_person):
        keys = [problem.kinds[name].write(problem.keys[name]) for problem in problems]
        ((guess, _times),) = Counter(keys).most_common(1)
        shares = [
            1.0 if key == guess else _share(problem.kinds[name], problem.keys[name], guess)
            for key, problem in zip(keys, problems, strict=True)
        ]
        guessed, earned = mean(share == 1.0 for share in shares), mean(shares)
    return PartFairness(
        name,
        part.marks,
        guess,
        guessed,
        earned,
        {slip.name: shown[slip.name] / total for slip in part.slips},
    )


def _share(kind: Kind, key: Any, guess: str) -> float:
    """What a guess that is not the key earns."""
    if kind.all_or_nothing:
        return 0.0
    try:
        return float(kind.compare(key, kind.read(guess)).share)
    except UnreadableAnswer:
        return 0.0  # an answer to a variant of another shape
