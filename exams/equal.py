"""Equal work: one structure for the class, and numbers for each student that take as long.

What a question asks, and how much of it, is settled once for the class: by the commonest structure
among some drafts, and by the minutes that most of these take. A student's numbers are then drawn
until they fit. The drafts depend on the secret alone, so that a late student's paper fits, too,
and changes nobody's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from partialcredit.paper import PaperProblem

__all__ = ["WITHIN", "Standard", "asked", "equal", "spread", "standard", "structure"]

#: How far the minutes of a student's question may be from the class's median.
WITHIN = 0.15

#: How far they are from the standard's: any two are then within :data:`WITHIN` of each other.
_NEAR = 0.07

#: Drafts of a question: as many as it takes to see one structure so often, and the most there are.
_ALIKE, _DRAFTS = 9, 60

#: A structure that fewer drafts have than one in so many is chance, and only parts count.
_RARE = 12

#: Draws of a student's numbers before the nearest of them are taken.
_ATTEMPTS = 120

Draw = Callable[[int], PaperProblem]


@dataclass(frozen=True, slots=True)
class Standard:
    """What every student's question is like: its structure, seen in a ``form``, and its minutes."""

    structure: Hashable
    form: Callable[[PaperProblem], Hashable]
    minutes: float

    def distance(self, problem: PaperProblem) -> tuple[bool, float]:
        """How far a question is from it: another structure, then the share of the minutes."""
        return self.form(problem) != self.structure, _off(problem.minutes, self.minutes)


def standard(draft: Draw) -> Standard:
    """The standard of a question, from its drafts by number."""
    drafts: list[PaperProblem] = []
    alike: Counter[Hashable] = Counter()
    while len(drafts) < _DRAFTS and max(alike.values(), default=0) < _ALIKE:
        drafts.append(draft(len(drafts)))
        alike[structure(drafts[-1])] += 1
    form: Callable[[PaperProblem], Hashable] = structure
    if alike.most_common(1)[0][1] * _RARE < len(drafts):
        form = asked
    commonest = Counter(map(form, drafts)).most_common(1)[0][0]
    times = [problem.minutes for problem in drafts if form(problem) == commonest]
    return Standard(commonest, form, _usual(times))


def _usual(times: Sequence[float]) -> float:
    """The time with the most others near it; the middle one of several."""
    middle = median(times)
    return max(times, key=lambda t: (sum(_off(u, t) <= _NEAR for u in times), -abs(t - middle)))


def _off(minutes: float, wanted: float) -> float:
    return abs(minutes - wanted) / max(wanted, 0.01)


def equal(draw: Draw, wanted: Standard) -> PaperProblem:
    """The first of a student's draws that meets the standard, or the nearest of many."""
    drawn = []
    for attempt in range(_ATTEMPTS):
        problem = draw(attempt)
        distance = wanted.distance(problem)
        if distance <= (False, _NEAR):
            return problem
        drawn.append((distance, attempt))
    return draw(min(drawn)[1])


def spread(minutes: Sequence[float]) -> float:
    """The largest distance from the median, as a share of it."""
    middle = median(minutes)
    return max(_off(time, middle) for time in minutes)


def structure(problem: PaperProblem) -> Hashable:
    """What is asked, how long the lists of numbers in it are, and what is on or off."""
    return asked(problem), _form(problem.parameters)


def asked(problem: PaperProblem) -> Hashable:
    """What is asked: the family, the parts, and how their answers are made up."""
    parts = tuple(
        (part.name, part.kind, part.count, len(part.options), _brackets(part.key or ""))
        for part in problem.parts
    )
    return problem.family, parts


def _brackets(key: str) -> str:
    """How the entries of an array stand."""
    return "".join(re.findall(r"[\[\],]", key)) if key.startswith("[") else ""


def _form(value: Any) -> Hashable:
    """Plain data without their numbers and words."""
    if isinstance(value, dict):
        return tuple((name, _form(item)) for name, item in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(_form, value))
    return value if isinstance(value, bool) else None
