"""A vector, matrix or tensor of numbers or formulas, marked entry by entry."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any, ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.chains import one_array
from partialcredit.grading.declared import Declared
from partialcredit.grading.entries import (
    entry_tex,
    entry_text,
    is_formula,
    judged,
    proved_entry,
    read_entry,
    together,
)  # fmt: skip
from partialcredit.grading.exact_value import NotANumber
from partialcredit.grading.kind import Answer, Judged, Kind, Verdict
from partialcredit.grading.kinds._rounded import Entries
from partialcredit.grading.nested import flatten, is_row, mapped, nested, refilled, shape_of
from partialcredit.grading.reader.reading import read_items
from partialcredit.grading.slips.of_arrays import array_slip, entries_told
from partialcredit.grading.slips.of_numbers import nearly
from partialcredit.grading.writing.show import show
from partialcredit.grading.written import short_of, written_units

__all__ = ["Array"]


@dataclass(frozen=True, slots=True)
class Array(Entries):
    """Nested tuples; without digits or places every entry is exact.

    A vector may be written as a row or as a column, and a matrix of one row or one column as a
    vector; but a row is not a column where the question asks for a matrix.

    >>> kind = Array(shape=(2, 2))
    >>> kind.compare(((1, 2), (3, 4)), kind.read("[1 2; 3 5]")).share
    Fraction(3, 4)
    """

    name: ClassVar[str] = "array"
    typed: ClassVar[str] = "array"
    all_or_nothing: ClassVar[bool] = False
    shape: tuple[int, ...] | None = None

    @property
    def numeric(self) -> bool:
        """Whether the entries are numbers."""
        return not self.symbols

    @classmethod
    def made(cls, key: str, declared: Declared) -> Kind:
        """For a key such as ``(2, -1, 3)``."""
        tree = one_array(read_items(key, declared.names, arrays=True), declared.names)
        return cls(**declared.entries(tree))

    def read(self, text: str) -> Answer:
        """Read ``[1 2; 3 4]``, ``[[1,2],[3,4]]``, TeX matrices, or a bare list ``2, -1, 3``."""
        names = self.names
        try:
            tree = one_array(read_items(text, names, arrays=True), names)
            value = mapped(lambda entry: read_entry(entry, names), nested(tree))
        except NotANumber as error:
            raise UnreadableAnswer(text, 0, f"expected numbers in rows: {error}") from None
        if not is_row(value):
            value = (value,)
        return Answer(text, self._as_asked(value), show(tree))

    def _as_asked(self, value: Any) -> Any:
        """A row or column in the shape the question fixes, so that later parts can use it."""
        given = shape_of(value)
        if self.shape is None or given == self.shape or not _same_entries(given, self.shape):
            return value
        entries = iter(flatten(value))
        if len(self.shape) == 1:
            return tuple(entries)
        return tuple(
            tuple(next(entries) for _ in range(self.shape[1])) for _ in range(self.shape[0])
        )

    def write(self, value: Any) -> str:
        """``[[1, 2], [3, 4]]``."""
        if is_row(value):
            return f"[{', '.join(map(self.write, value))}]"
        return entry_text(value, self.precision, self.names)

    def tex(self, value: Any) -> str:
        """A vector in a row, a matrix in square brackets, a tensor as nested rows."""
        depth = len(shape_of(value))
        if depth == 2:
            rows = (" & ".join(map(self._entry_tex, row)) for row in value)
            return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"
        if depth == 1:
            return f"({', '.join(map(self._entry_tex, value))})"
        return f"[{', '.join(map(self.tex, value))}]" if depth else self._entry_tex(value)

    def _entry_tex(self, entry: Any) -> str:
        return entry_tex(entry, self.precision, self.names)

    def instruction(self) -> str:
        """The digits to give in every entry."""
        text = self.precision.instruction()
        return f"{text[:-1]} in every entry." if text else ""

    def rounded(self, value: Any) -> Any:
        """With every entry rounded as the question asks; formulas are not."""
        return value if self.symbolic else mapped(self.rounded_number, value)

    def compare(self, key: Any, answer: Answer) -> Verdict:
        """The share of the entries that are right."""
        fault = self.unlike(key, answer.value)
        if fault:
            return Verdict("different", "exact", fault)
        return self._together(key, answer, self._verdicts(key, answer))

    def proved(self, key: Any, answer: Answer, verdict: Verdict) -> Verdict:
        """With SymPy's proof of every formula that the points have shown or left open."""
        if not self.symbols or self.unlike(key, answer.value):
            return verdict
        verdicts = zip(
            flatten(key), flatten(answer.value), self._verdicts(key, answer), strict=True
        )
        return self._together(key, answer, [proved_entry(*entry, self.names) for entry in verdicts])

    def _verdicts(self, key: Any, answer: Answer) -> list[Verdict]:
        pairs = zip(flatten(key), flatten(answer.value), strict=True)
        return [judged(a, b, self.precision, self.names) for a, b in pairs]

    def _together(self, key: Any, answer: Answer, verdicts: list[Verdict]) -> Verdict:
        verdict, entries = together(verdicts), flatten(key)
        if verdict.outcome == "equivalent":
            return verdict
        judged_entries = self._judged(entries, answer, verdicts)
        share = _share(entries, [found == "right" for found in judged_entries])
        short = _share(entries, [found in ("right", "short") for found in judged_entries]) - share
        named = tuple(zip(_labels(shape_of(key)), judged_entries, strict=True))
        return Verdict(verdict.outcome, verdict.evidence, verdict.message, share, short, named)

    def _judged(self, key: list[Any], answer: Answer, verdicts: list[Verdict]) -> list[Judged]:
        """How every entry is: numbers may also be right as far as they go, or nearly right."""
        precision = self.precision
        units = {} if precision.exact else written_units(answer.text)
        found: list[Judged] = []
        for a, b, verdict in zip(key, flatten(answer.value), verdicts, strict=True):
            if verdict.outcome == "equivalent":
                found.append("right")
            elif precision.exact or is_formula(a) or is_formula(b):
                found.append("wrong")
            elif short_of(a, b, units, precision.margin(a)):
                found.append("short")
            else:
                found.append("close" if nearly(a, b, precision) else "wrong")
        return found

    def snapped(self, key: Any, slack: Any, answer: Answer) -> Answer:
        """Every entry within its slack and the asked rounding put right."""
        if self.unlike(key, answer.value) or any(map(is_formula, flatten(key))):
            return answer
        entries = zip(flatten(key), flatten(slack), flatten(answer.value), strict=True)
        return replace(answer, value=refilled(key, [self.snapped_number(*e) for e in entries]))

    def unlike(self, key: Any, value: Any) -> str:
        """Why a value cannot be compared entry by entry with the key; empty when it can."""
        ours, theirs = shape_of(key), shape_of(value)
        if _same_entries(ours, theirs):
            return ""
        return f"The answer has {_shown(ours)}, yours has {_shown(theirs)}."

    def slip(self, key: Any, answer: Answer) -> str:
        """Transposed, reversed, reordered or scaled as a whole."""
        if any(map(is_formula, flatten(key) + flatten(answer.value))):
            return ""
        return array_slip(key, answer.value, self.precision)

    def remark(self, key: Any, answer: Answer) -> str:
        """Which entries are wrong."""
        return entries_told(self.compare(key, answer).entries, self.instruction())

    def nudged(self, key: Any) -> Any:
        """The first entry off by five tolerances."""
        if is_row(key):
            return (self.nudged(key[0]), *key[1:])
        return self.nudged_number(key)


def _labels(shape: tuple[int, ...]) -> list[str]:
    """``2`` in a vector, ``(1, 2)`` in a matrix, counted from 1."""
    places = product(*(range(1, size + 1) for size in shape))
    return [str(place[0]) if len(place) == 1 else f"{place}" for place in places]


def _share(key: list[Any], right: list[bool]) -> Fraction:
    """Right entries among all; where most of the key is one value, among those that are not it.

    An entry that is that value and wrong counts among them; all are right where none is left.
    """
    (usual, times), *_ = Counter(key).most_common(1)
    if 2 * times > len(key):
        right = [r for entry, r in zip(key, right, strict=True) if entry != usual or not r]
    return Fraction(sum(right), len(right)) if right else Fraction(1)


def _same_entries(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    """Whether values of these shapes can be compared entry by entry."""
    return a == b or (_flat(a) == _flat(b) and not len(a) == len(b) == 2)


def _flat(shape: tuple[int, ...]) -> tuple[int, ...]:
    """A column or row of a matrix is a vector."""
    if len(shape) == 2 and 1 in shape:
        return (shape[0] * shape[1],)
    return shape or (1,)


def _shown(shape: tuple[int, ...]) -> str:
    if len(shape) == 1:
        return f"{shape[0]} {'entry' if shape[0] == 1 else 'entries'}"
    return f"the shape {' x '.join(map(str, shape))}"
