"""An interval, or several joined."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.exact_value import NotANumber
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.precision import Precision
from partialcredit.grading.reader.names import names_for
from partialcredit.grading.reader.reading import read_items
from partialcredit.grading.regions import region
from partialcredit.grading.writing.show import show
from partialcredit.numbers.exact import Number
from partialcredit.numbers.values import Span

__all__ = ["Interval"]

Region = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Interval(Kind):
    """The value is a tuple of disjoint spans from left to right.

    >>> Interval().read("(-oo, 0) U [1, oo)").understood
    '(-oo, 0) U [1, oo)'
    """

    name: ClassVar[str] = "interval"
    digits: int | None = None
    places: int | None = None

    @property
    def precision(self) -> Precision:
        """The rounding asked for at the ends."""
        return Precision(self.digits, self.places)

    def read(self, text: str) -> Answer:
        """Read ``(0, 1]``, ``]0, 1]``, ``0 < x <= 1`` or pieces joined by ``U`` or ``or``."""
        tree = read_items(text, names_for(), sets=True)
        try:
            value = region(tree)
        except NotANumber as error:
            raise UnreadableAnswer(
                text, 0, f"expected an interval: {error}", "write (0, 1] or 0 < x <= 1"
            ) from None
        return Answer(text, value, show_region(value, str_of) if value else show(tree))

    def compare(self, key: Region, answer: Answer) -> Verdict:
        """The same ends, open and closed alike."""
        theirs: Region = answer.value
        if len(key) != len(theirs):
            return Verdict("different", "exact")
        if all(self._same_ends(a, b) for a, b in zip(key, theirs, strict=True)):
            if all(_same_brackets(a, b) for a, b in zip(key, theirs, strict=True)):
                exact = key == theirs
                return Verdict("equivalent", "exact" if exact else "numeric", share=Fraction(1))
            return Verdict(
                "different", "exact", "The ends are right; check which of them belong to it."
            )
        return Verdict("different", "exact")

    def _same_ends(self, a: Span, b: Span) -> bool:
        return self._same(a.low, b.low) and self._same(a.high, b.high)

    def _same(self, a: Number | None, b: Number | None) -> bool:
        if a is None or b is None:
            return a is b
        return self.precision.agrees(a, b)

    def write(self, value: Region) -> str:
        """``(-oo, 0) U [1, oo)``."""
        return show_region(value, self.precision.text)

    def tex(self, value: Region) -> str:
        r"""``(-\infty, 0) \cup [1, \infty)``."""
        text = show_region(value, self.precision.tex)
        return text.replace("oo", r"\infty").replace(" U ", r" \cup ")

    def instruction(self) -> str:
        """The digits of the ends."""
        return self.precision.instruction()


def str_of(value: Number) -> str:
    """An end as it was understood."""
    return Precision().text(value)


def show_region(value: Region, text: object) -> str:
    """The pieces joined by U."""
    if not value:
        return "{}"
    return " U ".join(_show_span(span, text) for span in value)


def _show_span(span: Span, text: object) -> str:
    low = "-oo" if span.low is None else text(span.low)  # type: ignore[operator]
    high = "oo" if span.high is None else text(span.high)  # type: ignore[operator]
    opening = "[" if span.low_closed and span.low is not None else "("
    closing = "]" if span.high_closed and span.high is not None else ")"
    return f"{opening}{low}, {high}{closing}"


def _same_brackets(a: Span, b: Span) -> bool:
    low = a.low is None or a.low_closed == b.low_closed
    return low and (a.high is None or a.high_closed == b.high_closed)
