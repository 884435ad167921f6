"""True or false, for one statement or several."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.reader.characters import check_length

__all__ = ["TrueFalse"]

_WORDS = {
    **dict.fromkeys(("t", "true", "yes", "y", "correct", "right", "✓", "⊤"), True),
    **dict.fromkeys(("f", "false", "no", "n", "incorrect", "wrong", "✗", "⊥"), False),
    "?": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrueFalse(Kind):
    """The value is a tuple of bools, one for each statement; None for one that is left open.

    Each right verdict earns its share and each wrong one cancels a right one, as with
    :class:`Choices`: else a blind guess would earn half of the marks.

    >>> TrueFalse(3).read("T, f, true").value
    (True, False, True)
    """

    name: ClassVar[str] = "truefalse"
    all_or_nothing: ClassVar[bool] = False
    typeset = False
    statements: int = 1

    def read(self, text: str) -> Answer:
        """Read ``T F T``, ``true, false``, ``TFT`` or ``1T 2F 3T``."""
        value = tuple(self._bools(text))
        if len(value) != self.statements:
            raise UnreadableAnswer(
                text,
                0,
                f"expected {self.statements} times true or false, found {len(value)}",
                f"write {self.write((True,) * self.statements)} with F for each false statement",
            )
        return Answer(text, value, self.write(value))

    def _bools(self, text: str) -> list[bool | None]:
        check_length(text, 500)
        parts = [part for part in re.split(r"[\s,;.:|/()\[\]$]+", text.casefold()) if part]
        if len(parts) == 1 and parts[0] not in _WORDS and set(parts[0]) <= set("tfyn?"):
            parts = list(parts[0])
        found = []
        for part in parts:
            word = re.sub(r"^(?:[0-9]+|[a-e](?=[tf]$))", "", part) if part not in _WORDS else part
            if not word or (len(parts) > 1 and re.fullmatch(r"[a-eg-s]|i+v?|vi*", word)):
                continue  # the statement's own number
            if word not in _WORDS:
                raise UnreadableAnswer(
                    text,
                    max(text.casefold().find(part), 0),
                    "expected true or false",
                    "write T or F",
                )
            found.append(_WORDS[word])
        return found

    def compare(self, key: tuple[bool, ...], answer: Answer) -> Verdict:
        """The share of the statements judged rightly, less that of those judged wrongly."""
        right = sum(a == b for a, b in zip(key, answer.value, strict=True))
        if right == len(key):
            return Verdict("equivalent", "exact", share=Fraction(1))
        wrong = len(key) - right - answer.value.count(None)
        return Verdict(
            "different", "exact",
            share=Fraction(max(right - wrong, 0), len(key)),
            cancelled=wrong,
            uncancelled=Fraction(right, len(key)),
        )  # fmt: skip

    def remark(self, key: tuple[bool, ...], answer: Answer) -> str:
        """How many verdicts are right."""
        if len(key) == 1:
            return ""
        right = sum(a == b for a, b in zip(key, answer.value, strict=True))
        return f"{right} of {len(key)} {'is' if right == 1 else 'are'} right."

    def nudged(self, key: tuple[bool, ...]) -> tuple[bool, ...]:
        """The first statement judged the other way."""
        return (not key[0], *key[1:])

    def write(self, value: tuple[bool | None, ...]) -> str:
        """``T F T``."""
        return " ".join("?" if item is None else "T" if item else "F" for item in value)

    def tex(self, value: tuple[bool, ...]) -> str:
        """``T F T`` as text."""
        return rf"\text{{{self.write(value)}}}"

    def instruction(self) -> str:
        """The letters to give."""
        if self.statements == 1:
            return "Answer T or F."
        return (
            f"Answer T or F for each of the {self.statements} statements, or ? to leave one open."
        )
