"""What marking gives: the mark of a part, and one student's result."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

__all__ = ["PartMark", "Result", "Verdict", "plain", "undecided"]

Verdict = Literal[
    "correct", "follow-through", "partial", "incorrect", "invalid", "undecided", "blank", "decided"
]


@dataclass(frozen=True, slots=True)
class PartMark:
    """How one part was marked; ``feedback`` is for the student, ``mistake`` names the slip.

    ``evidence`` is what an acceptance rests on, ``followed`` whether an earlier answer was used,
    and ``doubt`` why a person might look at it although it is decided.
    """

    id: str
    verdict: Verdict
    marks: Fraction
    out_of: int
    answer: str
    understood: str = ""
    mistake: str = ""
    feedback: str = ""
    evidence: str = ""
    followed: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One student's marked paper; ``dropped`` parts count for nobody."""

    student: str
    parts: tuple[PartMark, ...]
    paper: str = ""
    dropped: frozenset[str] = frozenset()

    @property
    def marks(self) -> Fraction:
        """All marks earned."""
        return sum((part.marks for part in self.counted), Fraction(0))

    @property
    def out_of(self) -> int:
        """All marks there are."""
        return sum(part.out_of for part in self.counted)

    @property
    def counted(self) -> list[PartMark]:
        """The parts that count."""
        return [part for part in self.parts if part.id not in self.dropped]

    @property
    def open(self) -> list[str]:
        """The parts a person has to look at."""
        return [part.id for part in self.counted if part.verdict in ("undecided", "invalid")]


def plain(marks: Fraction) -> int | float:
    """Marks as a number with at most two decimals."""
    return int(marks) if marks.denominator == 1 else round(float(marks), 2)


def undecided(part_id: str, out_of: int, answer: str, why: str) -> PartMark:
    """The mark of a part that a person has to decide, and why."""
    feedback = f"A person decides this: {why}."
    return PartMark(part_id, "undecided", Fraction(0), out_of, answer, feedback=feedback)
