"""A whole number, exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from partialcredit.grading.entries import OTHER, SAME
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.kinds.real import read_number
from partialcredit.grading.precision import Precision
from partialcredit.grading.slips.of_numbers import SIGN, number_remark
from partialcredit.numbers.exact import Number

__all__ = ["Integer"]


EXACT = Precision()


@dataclass(frozen=True, slots=True)
class Integer(Kind):
    """A count: no tolerance, since forgotten biases may be a thousandth of the total.

    >>> Integer().compare(1024, Integer().read("1,024")).outcome
    'equivalent'
    """

    name: ClassVar[str] = "integer"

    def read(self, text: str) -> Answer:
        """Read a number in any exact form: ``1,024``, ``2^10``, ``28*28*6``."""
        return read_number(text)

    def write(self, value: Number) -> str:
        """All digits."""
        return EXACT.text(value)

    def tex(self, value: Number) -> str:
        """All digits."""
        return EXACT.tex(value)

    def instruction(self) -> str:
        """Nothing to say: a whole number is given whole."""
        return ""

    def compare(self, key: Number, answer: Answer) -> Verdict:
        """Equal, or not."""
        if key == answer.value:
            return SAME
        if isinstance(answer.value, int):
            return OTHER
        return Verdict("different", "exact", "The answer is a whole number.")

    def slip(self, key: Number, answer: Answer) -> str:
        """The sign; how a count of another size came about, nothing tells."""
        return SIGN if key == -answer.value else ""

    def remark(self, key: Number, answer: Answer) -> str:
        """That it is too large or too small."""
        return number_remark(key, answer.value, EXACT)

    def nudged(self, key: Number) -> Number:
        """The next number."""
        return key + 1
