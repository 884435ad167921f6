"""Slips by name and number, and the parts that need a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from partialcredit.marking.marks import Result

__all__ = ["Open", "SlipCount", "count_slips", "open_parts"]


@dataclass(frozen=True, slots=True)
class SlipCount:
    """``count`` of ``students`` with this part made a slip; ``told`` is what most were told."""

    part: str
    name: str
    count: int
    students: int
    told: str


@dataclass(frozen=True, slots=True)
class Open:
    """How many answers to a part no program could mark, and how many a person has marked."""

    part: str
    invalid: int
    undecided: int
    decided: int


def count_slips(results: Sequence[Result]) -> list[SlipCount]:
    """Every slip that was named, the most frequent first."""
    asked: Counter[str] = Counter()
    told: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for result in results:
        for part in result.counted:
            asked[part.id] += 1
            if part.mistake:
                told[part.id, part.mistake][part.feedback] += 1
    order = {part: place for place, part in enumerate(asked)}
    counted = [
        SlipCount(part, name, said.total(), asked[part], said.most_common(1)[0][0])
        for (part, name), said in told.items()
    ]
    return sorted(counted, key=lambda slip: (-slip.count, order[slip.part], slip.name))


def open_parts(results: Sequence[Result]) -> list[Open]:
    """The parts with answers that were left to a person, in the order of the paper."""
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for result in results:
        for part in result.counted:
            seen[part.id][part.verdict] += 1
    counted = (Open(p, v["invalid"], v["undecided"], v["decided"]) for p, v in seen.items())
    return [row for row in counted if row.invalid or row.undecided or row.decided]
