"""Signs, one for each of several quantities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from partialcredit.grading.kind import Answer
from partialcredit.grading.kinds.array import Array

__all__ = ["Signs"]

_MARKS = re.compile(r"[\s,;()+\-−–]*")


@dataclass(frozen=True, slots=True)
class Signs(Array):
    """The value is a tuple of 1 and -1; an answer may be written in signs alone.

    >>> Signs(shape=(3,)).read("+, -, +").value
    (1, -1, 1)
    """

    name: ClassVar[str] = "signs"
    typed: ClassVar[str] = ""

    def read(self, text: str) -> Answer:
        """Read ``+, -, +``, ``(+ - +)`` or, as any vector, ``(1, -1, 1)``."""
        marks = text.rpartition("=")[2].replace("$", "")
        if _MARKS.fullmatch(marks):
            text = ", ".join(
                "1" if mark == "+" else "-1" for mark in re.sub(r"[\s,;()]", "", marks)
            )
        return Array.read(self, text)

    def instruction(self) -> str:
        """Two ways to write a sign."""
        return "Write + or -, or 1 or -1, for each."
