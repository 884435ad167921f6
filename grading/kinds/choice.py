"""One option among several."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.option_letters import letter, letters_in
from partialcredit.grading.reader.characters import check_length

__all__ = ["Choice", "option_index"]


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """The value is the option's index; answers name it by letter, by number or by its text.

    >>> Choice(("mean", "variance")).read("(b)").value
    1
    """

    name: ClassVar[str] = "choice"
    typeset = False
    options: tuple[str, ...]

    def read(self, text: str) -> Answer:
        """Read ``b``, ``(b)``, ``B.``, ``2`` or the option's own words."""
        index = option_index(text, self.options)
        if index is None:
            last = letter(len(self.options) - 1)
            raise UnreadableAnswer(text, 0, f"expected one letter from A to {last}")
        return Answer(text, index, self._shown(index))

    def _shown(self, index: int) -> str:
        return f"({letter(index)}) {self.options[index]}"

    def compare(self, key: int, answer: Answer) -> Verdict:
        """The same option, or not."""
        if key == answer.value:
            return Verdict("equivalent", "exact", share=Fraction(1))
        return Verdict("different", "exact")

    def remark(self, key: int, answer: Answer) -> str:
        """That it is another."""
        return f"It is not {letter(answer.value)}."

    def nudged(self, key: int) -> int:
        """Another option."""
        return key + 1

    def write(self, value: int) -> str:
        """The option's letter."""
        return letter(value)

    def tex(self, value: int) -> str:
        """The option's letter."""
        return rf"\text{{{letter(value)}}}"

    def instruction(self) -> str:
        """How many letters to give."""
        return "Give one letter."


def option_index(text: str, options: tuple[str, ...]) -> int | None:
    """The option an answer names, or None."""
    check_length(text)
    bare = re.sub(r"^\s*(?:option|answer)\b", "", text, flags=re.IGNORECASE)
    found = letters_in(bare, len(options))
    if found is not None and len(found) == 1 and not _is_option(text, options, found[0]):
        return found[0]
    wanted = _words(text)
    for index, option in enumerate(options):
        if wanted and _words(option) == wanted:
            return index
    lettered = re.fullmatch(r"\(?([A-Za-z])\)?[.:)]?\s+(.*)", bare.strip(), flags=re.DOTALL)
    if lettered:  # "(b) variance": letter and words must agree
        named = option_index(lettered[1], options)
        if named is not None and _words(options[named]) == _words(lettered[2]):
            return named
    return None


def _is_option(text: str, options: tuple[str, ...], index: int) -> bool:
    """A number that is one of the options' texts names that option, not a position."""
    return (
        text.strip().isdigit()
        and _words(text) in map(_words, options)
        and (_words(options[index]) != _words(text))
    )


def _words(text: str) -> str:
    return re.sub(r"[\s$.]+", "", text).casefold()
