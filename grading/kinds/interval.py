"""An interval, or several joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.declared import Declared
from partialcredit.grading.entries import (
    OTHER,
    SAME,
    Entry,
    entry_tex,
    entry_text,
    judged,
    read_entry,
    together,
)  # fmt: skip
from partialcredit.grading.exact_value import NotANumber
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.kinds._rounded import Entries
from partialcredit.grading.listing import counted
from partialcredit.grading.precision import Precision
from partialcredit.grading.reader.reading import read_items
from partialcredit.grading.regions import INFINITY, bounds_of, region
from partialcredit.grading.tree import Node, names_in
from partialcredit.grading.writing.show import show
from partialcredit.numbers.exact import Exact
from partialcredit.numbers.values import Span

__all__ = ["Interval"]

Region = tuple[Span, ...]

_ONE_PIECE = frozenset({"interval", "tuple", "list"})


@dataclass(frozen=True, slots=True)
class Interval(Entries):
    """The value is a tuple of disjoint spans from left to right.

    Where symbols are declared, the ends may be formulas in them; then it is one piece.

    >>> Interval().read("(-oo, 0) U [1, oo)").understood
    '(-oo, 0) U [1, oo)'
    """

    name: ClassVar[str] = "interval"
    typed: ClassVar[str] = "interval"

    @classmethod
    def made(cls, key: str, declared: Declared) -> Kind:
        """For a key such as ``(0, 1]``; the unknown of ``0 < x <= 1`` is no symbol."""
        bounds = bounds_of(read_items(key, declared.names, sets=True), declared.names)
        return cls(**declared.entries(bounds if bounds.op in _ONE_PIECE else Node("list")))

    def read(self, text: str) -> Answer:
        """Read ``(0, 1]``, ``]0, 1]``, ``0 < x <= 1`` or pieces joined by ``U`` or ``or``."""
        tree = read_items(text, self.names, sets=True)
        try:
            value = self._with_letters(tree) or region(tree)
        except NotANumber as error:
            raise UnreadableAnswer(
                text, 0, f"expected an interval: {error}", "write (0, 1] or 0 < x <= 1"
            ) from None
        return Answer(text, value, self._understood(tree, value))

    def _understood(self, tree: Node, value: Region) -> str:
        """The pieces; the text as it was read where an end may be long, or where there is none."""
        ends = [end for span in value for end in span[:2]]
        if not value or any(isinstance(end, Exact) for end in ends):
            return show(tree)
        return self._shown(value, Precision())

    def _with_letters(self, tree: Node) -> Region:
        """One piece whose ends may be formulas; none where it is no such piece."""
        bounds = bounds_of(tree, self.names) if self.symbols else tree
        if bounds.op not in _ONE_PIECE or len(bounds.args) != 2 or not names_in(bounds):
            return ()
        if any(end.op == "compare" for end in bounds.args):
            return ()  # x > 0, x < 2: two conditions
        closed = bounds.value if bounds.op == "interval" else (bounds.op == "list",) * 2
        low, high = (self._read_end(end) for end in bounds.args)
        return (Span(low, high, *closed),)

    def _read_end(self, node: Node) -> Entry | None:
        infinite = node in (INFINITY, Node("neg", (INFINITY,)))
        return None if infinite else read_entry(node, self.names)

    def write(self, value: Region) -> str:
        """``(-oo, 0) U [1, oo)``."""
        return self._shown(value, self.precision)

    def _shown(self, value: Region, precision: Precision) -> str:
        return show_region(value, lambda end: entry_text(end, precision, self.names))

    def tex(self, value: Region) -> str:
        r"""``(-\infty, 0) \cup [1, \infty)``."""
        text = show_region(value, lambda end: entry_tex(end, self.precision, self.names))
        return text.replace("oo", r"\infty").replace(" U ", r" \cup ")

    def instruction(self) -> str:
        """The digits of the ends."""
        return self.precision.instruction()

    def compare(self, key: Region, answer: Answer) -> Verdict:
        """The same ends, open and closed alike."""
        theirs: Region = answer.value
        if len(key) != len(theirs):
            return Verdict("different", "exact")
        pairs = list(zip(key, theirs, strict=True))
        ends = [(a.low, b.low) for a, b in pairs] + [(a.high, b.high) for a, b in pairs]
        verdict = together(self._end(a, b) for a, b in ends)
        if verdict.outcome == "equivalent" and not all(_same_brackets(a, b) for a, b in pairs):
            return OTHER
        return verdict

    def _end(self, a: Entry | None, b: Entry | None) -> Verdict:
        if a is None or b is None:
            return SAME if a is b else OTHER
        return judged(a, b, self.precision, self.names)

    def slip(self, key: Region, answer: Answer) -> str:
        """The right ends with brackets of the wrong kind."""
        if len(key) != len(answer.value):
            return ""
        pairs = zip(key, answer.value, strict=True)
        ends = (self._end(x, y) for a, b in pairs for x, y in zip(a[:2], b[:2], strict=True))
        if together(ends).outcome != "equivalent":
            return ""
        return "The ends are right; check which of them belong to it."

    def remark(self, key: Region, answer: Answer) -> str:
        """How many pieces there are, or which ends are wrong."""
        if len(key) != len(answer.value):
            return f"The answer has {counted(len(key), 'piece')}."
        pairs = list(zip(key, answer.value, strict=True))
        low = any(self._end(a.low, b.low).outcome != "equivalent" for a, b in pairs)
        high = any(self._end(a.high, b.high).outcome != "equivalent" for a, b in pairs)
        if len(pairs) > 1 or (low and high):
            return "The ends are wrong." if len(pairs) == 1 else "Some of the ends are wrong."
        return f"The {'lower' if low else 'upper'} end is wrong, the other one is right."

    def nudged(self, key: Region) -> Region:
        """The lowest end off by five tolerances; an infinite one becomes 0."""
        span = key[0]
        low = 0 if span.low is None else self.nudged_number(span.low)
        return (Span(low, *span[1:]), *key[1:])


def show_region(value: Region, text: Callable[[Entry], str]) -> str:
    """The pieces joined by U."""
    if not value:
        return "{}"
    return " U ".join(_show_span(span, text) for span in value)


def _show_span(span: Span, text: Callable[[Entry], str]) -> str:
    low = "-oo" if span.low is None else text(span.low)
    high = "oo" if span.high is None else text(span.high)
    opening = "[" if span.low_closed and span.low is not None else "("
    closing = "]" if span.high_closed and span.high is not None else ")"
    return f"{opening}{low}, {high}{closing}"


def _same_brackets(a: Span, b: Span) -> bool:
    low = a.low is None or a.low_closed == b.low_closed
    return low and (a.high is None or a.high_closed == b.high_closed)
