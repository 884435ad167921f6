"""A finite set of numbers, or of formulas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.declared import Declared
from partialcredit.grading.entries import (
    Entry,
    entry_tex,
    entry_text,
    is_formula,
    judged,
    read_entry,
    together,
)  # fmt: skip
from partialcredit.grading.exact_value import NotANumber
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.kinds._rounded import Entries
from partialcredit.grading.precision import Precision
from partialcredit.grading.reader.plus_minus import both_values
from partialcredit.grading.reader.reading import read_items
from partialcredit.grading.tree import Node
from partialcredit.grading.writing.show import show

__all__ = ["Set"]

#: Elements of a set of formulas, each of which may have to be compared with each.
MOST_FORMULAS = 64

_NAMES = frozenset({"label", "symbol", "index", "apply"})
_EQUAL = frozenset({"=", "\\in"})


@dataclass(frozen=True, slots=True)
class Set(Entries):
    """The value is a frozenset; order and repetition do not matter.

    >>> Set().compare(frozenset({-1, 0, 2}), Set().read("2, -1, 0")).outcome
    'equivalent'
    """

    name: ClassVar[str] = "set"
    typed: ClassVar[str] = "set"
    all_or_nothing: ClassVar[bool] = False

    @classmethod
    def made(cls, key: str, declared: Declared) -> Kind:
        """For a key such as ``{-1, 0, 2}``."""
        tree = read_items(key, declared.names, sets=True)
        return cls(**declared.entries(Node("set", tuple(_elements(tree)))))

    def read(self, text: str) -> Answer:
        """Read ``{2, -1, 0}``, a bare list, or ``x = 2 or x = -1``."""
        names = self.names
        found = _elements(read_items(text, names, sets=True))
        try:
            value = frozenset(read_entry(node, names) for node in found)
        except NotANumber as error:
            raise UnreadableAnswer(text, 0, f"expected numbers: {error}", "write {1, 2}") from None
        return Answer(text, value, f"{{{', '.join(map(show, found))}}}")

    def write(self, value: frozenset[Entry]) -> str:
        """``{-1, 0, 2}``."""
        precision, names = self.precision, self.names
        return f"{{{', '.join(entry_text(x, precision, names) for x in _sorted(value))}}}"

    def tex(self, value: frozenset[Entry]) -> str:
        r"""``\{-1, 0, 2\}``."""
        precision, names = self.precision, self.names
        return rf"\{{{', '.join(entry_tex(x, precision, names) for x in _sorted(value))}\}}"

    def instruction(self) -> str:
        """The digits of every element."""
        return self.precision.instruction()

    def compare(self, key: frozenset[Entry], answer: Answer) -> Verdict:
        """Each element of one has a partner in the other."""
        ours, left = self._distinct(key), self._distinct(answer.value)
        if (self.symbols or self.complex) and max(len(ours), len(left)) > MOST_FORMULAS:
            return Verdict("undecided", "", "The set has too many elements to compare.")
        given, partners, alone = len(left), [], 0
        for element in ours:
            for candidate in left:
                verdict = judged(element, candidate, self.precision, self.names)
                if verdict.outcome == "equivalent":
                    partners.append(verdict)
                    left.remove(candidate)
                    break
            else:
                alone += 1
        if not alone and not left:
            return together(partners)
        right = given - len(left)
        share = Fraction(max(right - len(left), 0), len(ours)) if ours else Fraction(0)
        return Verdict("different", "exact", share=share)

    def _distinct(self, value: Iterable[Entry]) -> list[Entry]:
        """The elements, with formulas that are the same function once."""
        found: list[Entry] = []
        for entry in _sorted(value):
            same = (judged(entry, other, Precision(), self.names) for other in found)
            if not is_formula(entry) or all(v.outcome != "equivalent" for v in same):
                found.append(entry)
        return found

    def slip(self, key: frozenset[Entry], answer: Answer) -> str:
        """Elements missing or too many."""
        if any(map(is_formula, key | answer.value)):
            return ""
        missing, extra = len(key - answer.value), len(answer.value - key)
        if not extra and missing:
            lack = "is" if missing == 1 else "are"
            return f"{missing} of the {len(key)} elements {lack} missing."
        if not missing and extra:
            return f"{extra} of your elements {'does' if extra == 1 else 'do'} not belong."
        if key == frozenset(-x for x in answer.value):
            return "The sign of every element is wrong."
        return ""

    def nudged(self, key: frozenset[Entry]) -> frozenset[Entry]:
        """The least element off by five tolerances."""
        first, *others = _sorted(key)
        return frozenset([self.nudged_number(first), *others])


def _sorted(value: Iterable[Entry]) -> list[Entry]:
    """Numbers from small to large, then formulas."""
    entries = list(value)
    formulas = [entry for entry in entries if is_formula(entry)]
    return sorted(entry for entry in entries if not is_formula(entry)) + sorted(formulas, key=str)


def _elements(tree: Node) -> list[Node]:
    """The elements of a set, a list or ``x = 1 or x = 2``."""
    if tree.op in ("set", "list", "tuple", "or", "and", "union"):
        return [element for arg in tree.args for element in _elements(arg)]
    if (
        tree.op == "compare"
        and all(side.op in _NAMES for side in tree.args[:-1])
        and _EQUAL.issuperset(tree.value)
    ):
        return _elements(tree.args[-1])
    return both_values(tree)
