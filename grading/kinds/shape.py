"""The shape of an array."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.reader.characters import normalise

__all__ = ["Shape"]

_NOISE = re.compile(r"\\left|\\right|\\[,;:! ]|torch\.Size|np\.shape|shape|[$\s=]+(?=[(\[\d])")
_CROSS = re.compile(r"\\times|\\cdot|\\by|[x×X*·]|\bby\b")
_EXPECTED = "expected a shape such as 28x28x6 or (28, 28, 6)"


@dataclass(frozen=True, slots=True)
class Shape(Kind):
    """A tuple of whole numbers in the order the question fixes.

    >>> Shape().read("28x28x6").value
    (28, 28, 6)
    """

    name: ClassVar[str] = "shape"

    def read(self, text: str) -> Answer:
        """Read ``28x28x6``, ``(28, 28, 6)``, ``28 × 28 × 6`` or ``[28, 28, 6]``."""
        plain = (
            _CROSS.sub(" x ", _NOISE.sub(" ", " ".join(normalise(text)[0].split())))
            .strip()
            .strip("$")
            .strip()
        )
        if plain in ("()", "[]", "scalar"):
            return Answer(text, (), "()")
        bare = plain.strip("()[]{} ").rstrip(",").strip()
        if "x" in bare:
            bare = re.sub(r"(?<=\d),(?=\d{3}\b)", "", bare)
            sizes = [size.strip() for size in bare.split("x")]
        else:
            sizes = [size for size in re.split(r"[,;\s]+", bare) if size]
        for size in sizes:
            if not re.fullmatch(r"[+-]?[0-9]{1,12}", size):
                column = max(text.find(size.split()[0]), 0) if size.split() else 0
                raise UnreadableAnswer(text, column, _EXPECTED, "use whole numbers")
        if not sizes:
            raise UnreadableAnswer(text, 0, _EXPECTED)
        value = tuple(int(size) for size in sizes)
        return Answer(text, value, self.write(value))

    def compare(self, key: tuple[int, ...], answer: Answer) -> Verdict:
        """Every size in its place."""
        if key == answer.value:
            return Verdict("equivalent", "exact", share=Fraction(1))
        return Verdict("different", "exact")

    def write(self, value: tuple[int, ...]) -> str:
        """``28 x 28 x 6``, or ``()`` for a scalar."""
        return " x ".join(map(str, value)) or "()"

    def tex(self, value: tuple[int, ...]) -> str:
        r"""``28 \times 28 \times 6``."""
        return r" \times ".join(map(str, value)) or "()"

    def instruction(self) -> str:
        """Nothing to say: the stem fixes the order of the axes."""
        return ""
