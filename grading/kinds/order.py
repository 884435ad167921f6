"""Shuffled steps put into their right order."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.listing import listed
from partialcredit.grading.option_letters import letter, letters_in

__all__ = ["Order"]

Steps = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Order(Kind):
    """The value is a tuple of indices into the shuffled steps.

    Where several orders are right, the key is a frozenset of such tuples, or ``accepted`` holds
    the others. The share counts the steps in their right place, in the order that fits best.

    >>> Order(steps=3).read("C A B").value
    (2, 0, 1)
    """

    name: ClassVar[str] = "order"
    all_or_nothing: ClassVar[bool] = False
    typeset = False
    steps: int
    accepted: frozenset[Steps] = frozenset()

    def read(self, text: str) -> Answer:
        """Read ``C A B D``, ``c,a,d,b``, ``CABD`` or ``3 1 2 4``."""
        found = letters_in(text, self.steps)
        last = letter(self.steps - 1)
        if found is None:
            raise UnreadableAnswer(text, 0, f"expected the letters A to {last} in order")
        if sorted(found) != list(range(self.steps)):
            raise UnreadableAnswer(
                text, 0, f"expected each letter from A to {last} exactly once", self._faults(found)
            )
        return Answer(text, tuple(found), self.write(tuple(found)))

    def _faults(self, found: list[int]) -> str:
        missing = [letter(i) for i in range(self.steps) if i not in found]
        twice = [letter(i) for i in range(self.steps) if found.count(i) > 1]
        be, appear = ("are", "is")[len(missing) == 1], ("appear", "appears")[len(twice) == 1]
        said = [f"{listed(missing)} {be} missing"] if missing else []
        said += [f"{listed(twice)} {appear} twice"] if twice else []
        return ", ".join(said)

    def compare(self, key: Steps | frozenset[Steps], answer: Answer) -> Verdict:
        """The share of steps in their place."""
        orders = (key if isinstance(key, frozenset) else {key}) | self.accepted
        right = max(sum(a == b for a, b in zip(o, answer.value, strict=True)) for o in orders)
        if right == self.steps:
            return Verdict("equivalent", "exact", share=Fraction(1))
        return Verdict("different", "exact", share=Fraction(right, self.steps))

    def slip(self, key: Steps | frozenset[Steps], answer: Answer) -> str:
        """That two steps are exchanged, where there are others."""
        wrong = self.steps * (1 - self.compare(key, answer).share)
        return "Two of them have changed places." if wrong == 2 < self.steps else ""

    def remark(self, key: Steps | frozenset[Steps], answer: Answer) -> str:
        """How many steps are right."""
        right = self.compare(key, answer).share * self.steps
        place = "is in its place" if right == 1 else "are in their place"
        return f"{int(right)} of {self.steps} {place}."

    def nudged(self, key: Steps | frozenset[Steps]) -> Steps | frozenset[Steps]:
        """Backwards."""
        if isinstance(key, frozenset):
            return frozenset(order[::-1] for order in key)
        return key[::-1]

    def write(self, value: Steps | frozenset[Steps]) -> str:
        """``C A B D``."""
        steps = min(value) if isinstance(value, frozenset) else value
        return " ".join(letter(index) for index in steps)

    def tex(self, value: Steps | frozenset[Steps]) -> str:
        """The letters as text."""
        return rf"\text{{{self.write(value)}}}"

    def instruction(self) -> str:
        """How to write the order."""
        return "Give the letters in order."
