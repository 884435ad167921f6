"""Any number of options among several."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.kinds.choice import option_index
from partialcredit.grading.listing import counted
from partialcredit.grading.option_letters import letter, letters_in

__all__ = ["Choices"]


@dataclass(frozen=True, slots=True)
class Choices(Kind):
    """The value is a frozenset of indices; each wrong tick costs as much as a right one earns.

    ``number`` is how many options are right where the question says it.

    >>> sorted(Choices(("a", "b", "c")).read("a, c").value)
    [0, 2]
    """

    name: ClassVar[str] = "choices"
    all_or_nothing: ClassVar[bool] = False
    typeset = False
    options: tuple[str, ...]
    number: int | None = None

    def read(self, text: str) -> Answer:
        """Read ``a, c``, ``AC``, ``a and c`` or ``none``."""
        if text.strip(" .").casefold() in ("none", "-", "{}", "∅"):
            return Answer(text, frozenset(), "none")
        found = letters_in(text, len(self.options))
        if found is None:  # one option in words
            single = option_index(text, self.options)
            found = None if single is None else [single]
        if not found:
            last = letter(len(self.options) - 1)
            raise UnreadableAnswer(
                text, 0, f"expected letters from A to {last}", "write A, C or none"
            )
        value = frozenset(found)
        return Answer(text, value, self.write(value))

    def compare(self, key: frozenset[int], answer: Answer) -> Verdict:
        """The same options, or a share for those that are right."""
        if key == answer.value:
            return Verdict("equivalent", "exact", share=Fraction(1))
        right, wrong = len(key & answer.value), len(answer.value - key)
        share = Fraction(max(right - wrong, 0), len(key)) if key else Fraction(0)
        judged = len(self.options) - len(key ^ answer.value)
        return Verdict(
            "different", "exact",
            share=share,
            cancelled=wrong,
            uncancelled=Fraction(judged, len(self.options)),
        )  # fmt: skip

    def remark(self, key: frozenset[int], answer: Answer) -> str:
        """How many letters are right."""
        found = len(key & answer.value)
        if not key:
            return "None of them applies."
        be = "is" if found == 1 else "are"
        return f"{found} of {counted(len(key), 'right letter')} {be} found."

    def nudged(self, key: frozenset[int]) -> frozenset[int]:
        """One letter more or less."""
        return key ^ {0}

    def write(self, value: frozenset[int]) -> str:
        """The letters in order."""
        return ", ".join(letter(index) for index in sorted(value)) or "none"

    def tex(self, value: frozenset[int]) -> str:
        """The letters in order."""
        return rf"\text{{{self.write(value)}}}"

    def instruction(self) -> str:
        """How many letters to give."""
        if self.number is not None:
            return f"Give {self.number} letters."
        return "Give every letter that applies, or none."
