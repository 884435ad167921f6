"""A finite set of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.exact_value import NotANumber, exact_number
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.precision import Precision
from partialcredit.grading.reader.plus_minus import both_values
from partialcredit.grading.reader.reading import read_items
from partialcredit.grading.tree import Node
from partialcredit.numbers.exact import Number

__all__ = ["Set", "elements"]

_NAMES = frozenset({"label", "symbol", "index", "apply"})
_EQUAL = frozenset({"=", "\\in"})


@dataclass(frozen=True, slots=True)
class Set(Kind):
    """The value is a frozenset; order and repetition do not matter.

    >>> Set().compare(frozenset({-1, 0, 2}), Set().read("2, -1, 0")).outcome
    'equivalent'
    """

    name: ClassVar[str] = "set"
    digits: int | None = None
    places: int | None = None

    @property
    def precision(self) -> Precision:
        """The rounding asked for in every element."""
        return Precision(self.digits, self.places)

    def read(self, text: str) -> Answer:
        """Read ``{2, -1, 0}``, a bare list, or ``x = 2 or x = -1``."""
        tree = read_items(text, sets=True)
        try:
            value = frozenset(exact_number(node) for node in elements(tree))
        except NotANumber as error:
            raise UnreadableAnswer(text, 0, f"expected numbers: {error}", "write {1, 2}") from None
        return Answer(text, value, _show(value, Precision()))

    def compare(self, key: frozenset[Number], answer: Answer) -> Verdict:
        """Each element of one has a partner in the other."""
        left = list(answer.value)
        for element in sorted(key):
            partner = next((x for x in left if self.precision.agrees(element, x)), None)
            if partner is not None:
                left.remove(partner)
        right = len(answer.value) - len(left)
        if right == len(key) and not left:
            exact = key == answer.value
            return Verdict("equivalent", "exact" if exact else "numeric", share=Fraction(1))
        share = Fraction(max(right - len(left), 0), len(key)) if key else Fraction(0)
        return Verdict("different", "exact", share=share)

    def write(self, value: frozenset[Number]) -> str:
        """``{-1, 0, 2}``."""
        return _show(value, self.precision)

    def tex(self, value: frozenset[Number]) -> str:
        r"""``\{-1, 0, 2\}``."""
        return rf"\{{{', '.join(self.precision.tex(x) for x in sorted(value))}\}}"

    def instruction(self) -> str:
        """The digits of every element."""
        return self.precision.instruction()


def _show(value: frozenset[Number], precision: Precision) -> str:
    return f"{{{', '.join(precision.text(x) for x in sorted(value))}}}"


def elements(tree: Node) -> list[Node]:
    """The elements of a set, a list or ``x = 1 or x = 2``."""
    if tree.op in ("set", "list", "tuple", "or", "and", "union"):
        return [element for arg in tree.args for element in elements(arg)]
    named = tree.op == "compare" and tree.args[0].op in _NAMES
    if (
        named
        and all(side.op in _NAMES for side in tree.args[:-1])
        and _EQUAL.issuperset(tree.value)
    ):
        return elements(tree.args[-1])
    return both_values(tree)
