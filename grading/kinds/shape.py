"""The shape of an array."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.exact_value import NotANumber, exact_number
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.reader.shapes import read_shape
from partialcredit.grading.tree import Node

__all__ = ["Shape"]

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
        sizes = [_whole(tree) for tree in read_shape(text)]
        if None in sizes:
            raise UnreadableAnswer(text, 0, _EXPECTED, "use whole numbers")
        value = tuple(size for size in sizes if size is not None)
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


def _whole(tree: Node) -> int | None:
    """A size; None where it is no whole number of an ordinary size."""
    try:
        size = exact_number(tree)
    except NotANumber:
        return None
    return size if isinstance(size, int) and abs(size) < 10**12 else None
