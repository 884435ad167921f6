"""A real number, exact or to the digits the question asks for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.chains import one_side
from partialcredit.grading.exact_value import NotANumber, exact_number
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.precision import Precision, written_unit
from partialcredit.grading.reader.reading import read_quantity
from partialcredit.grading.writing.show import show
from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import Rational

__all__ = ["Real", "read_number"]


@dataclass(frozen=True, slots=True)
class Real(Kind):
    """A number; exact forms such as ``ln(2)/3`` are welcome at any precision.

    >>> Real(digits=4).compare(rational(1, 3), Real(digits=4).read("0.3333")).outcome
    'equivalent'
    """

    name: ClassVar[str] = "real"
    digits: int | None = None
    places: int | None = None
    tolerance: Rational | None = None

    @property
    def precision(self) -> Precision:
        """The rounding the question asks for."""
        return Precision(self.digits, self.places, self.tolerance)

    def read(self, text: str) -> Answer:
        """Read a number: decimal, fraction, percentage or exact form."""
        return read_number(text)

    def compare(self, key: Number, answer: Answer) -> Verdict:
        """Right within half a unit of the asked rounding."""
        precision = self.precision
        if precision.agrees(key, answer.value):
            exact = precision.exact or key == answer.value
            return Verdict("equivalent", "exact" if exact else "numeric", share=Fraction(1))
        return Verdict("different", "exact", too_short(precision, key, answer))

    def write(self, value: Number) -> str:
        """The value, rounded once as the question asks."""
        return self.precision.text(value)

    def tex(self, value: Number) -> str:
        """The same digits as TeX."""
        return self.precision.tex(value)

    def instruction(self) -> str:
        """The digits to give."""
        return self.precision.instruction()


def read_number(text: str) -> Answer:
    """One number; ``= 0.5``, ``x = 0.5`` and ``1/3 = 0.333`` are read as a student means them."""
    tree, _unit = read_quantity(text)
    try:
        side = one_side(tree)
        return Answer(text, exact_number(side), show(side))
    except NotANumber as error:
        raise UnreadableAnswer(text, 0, f"expected a number: {error}", "") from None


def too_short(precision: Precision, key: Number, answer: Answer) -> str:
    """What to tell a student whose digits are right but too few."""
    step = written_unit(answer.text)
    if step is None or precision.exact or step <= 2 * precision.margin(key):
        return ""
    if not abs(key - answer.value) <= step / 2:
        return ""
    return f"Right as far as it goes, but too few digits. {precision.instruction()}"
