"""A real number, exact or to the digits the question asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.chains import one_side
from partialcredit.grading.declared import Declared
from partialcredit.grading.entries import CLOSE, OTHER, SAME
from partialcredit.grading.exact_value import NotANumber, exact_number
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.kinds._rounded import Rounded
from partialcredit.grading.precision import Precision
from partialcredit.grading.reader.reading import read_quantity, with_decimal_comma
from partialcredit.grading.slips.of_numbers import number_remark, number_slip
from partialcredit.grading.tree import Node
from partialcredit.grading.writing.show import show
from partialcredit.grading.written import short_of, written_units
from partialcredit.numbers.exact import Number

__all__ = ["Real", "read_number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Real(Rounded):
    """A number; exact forms such as ``ln(2)/3`` are welcome at any precision.

    >>> Real(digits=4).compare(rational(1, 3), Real(digits=4).read("0.3333")).outcome
    'equivalent'
    """

    name: ClassVar[str] = "real"
    typed: ClassVar[str] = "number"
    numeric = True

    @classmethod
    def made(cls, key: str, declared: Declared) -> Kind:
        """For a key that is a number; what is none, such as infinity, is compared as a formula."""
        from partialcredit.grading.kinds.expression import Expression

        asked = declared.precision
        if declared.complex or not _is_number(read_quantity(key, declared.names)[0]):
            return Expression.made(key, replace(declared, precision=Precision()))
        return cls(tolerance=asked.tolerance, relative=asked.relative)

    def read(self, text: str) -> Answer:
        """Read a number: decimal, fraction, percentage or exact form."""
        return read_number(text)

    def write(self, value: Number) -> str:
        """The value, rounded once as the question asks."""
        return self.precision.text(value)

    def tex(self, value: Number) -> str:
        """The same digits as TeX."""
        return self.precision.tex(value)

    def instruction(self) -> str:
        """The digits to give."""
        return self.precision.instruction()

    def rounded(self, value: Number) -> Number:
        """The number rounded as the question asks."""
        return self.rounded_number(value)  # type: ignore[no-any-return]

    def compare(self, key: Number, answer: Answer) -> Verdict:
        """Right within half a unit of the asked rounding."""
        precision = self.precision
        if precision.agrees(key, answer.value):
            return SAME if precision.exact or key == answer.value else CLOSE
        if precision.exact:
            return OTHER
        comma = with_decimal_comma(answer.text)
        if comma and precision.agrees(key, read_number(comma).value):
            return CLOSE
        if short_of(key, answer.value, written_units(answer.text), precision.margin(key)):
            told = f"Right as far as it goes, but too few digits. {precision.instruction()}"
            return Verdict("different", "exact", told, short=Fraction(1))
        return OTHER

    def snapped(self, key: Number, slack: Number, answer: Answer) -> Answer:
        """The key itself for a number within the slack and the asked rounding."""
        return replace(answer, value=self.snapped_number(key, slack, answer.value))

    def slip(self, key: Number, answer: Answer) -> str:
        """What turns the key into the answer."""
        return number_slip(key, answer.value, self.precision, written_units(answer.text))

    def remark(self, key: Number, answer: Answer) -> str:
        """That it is close, or too large or too small."""
        return number_remark(key, answer.value, self.precision)

    def nudged(self, key: Number) -> Number:
        """Off by five tolerances."""
        return self.nudged_number(key)  # type: ignore[no-any-return]


def _is_number(tree: Node) -> bool:
    try:
        exact_number(one_side(tree))
    except NotANumber:
        return False
    return True


def read_number(text: str) -> Answer:
    """One number; ``= 0.5``, ``x = 0.5`` and ``1/3 = 0.333`` are read as a student means them."""
    tree, _unit = read_quantity(text)
    try:
        side = one_side(tree)
        return Answer(text, exact_number(side), show(side))
    except NotANumber as error:
        raise UnreadableAnswer(text, 0, f"expected a number: {error}", "") from None
