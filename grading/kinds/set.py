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
from partialcredit.grading.listing import counted
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
        partners, missing = self._partners(ours, left)
        if not missing and not left:
            return together(partners)
        right = len(partners)
        share = Fraction(max(right - len(left), 0), len(ours)) if ours else Fraction(0)
        return Verdict("different", "exact", share=share)

    def _partners(self, ours: list[Entry], left: list[Entry]) -> tuple[list[Verdict], int]:
        """Elements of the answer that are in the key, taken from ``left``; how many are missing."""
        partners = []
        for element in ours:
            for candidate in left:
                verdict = judged(element, candidate, self.precision, self.names)
                if verdict.outcome == "equivalent":
                    partners.append(verdict)
                    left.remove(candidate)
                    break
        return partners, len(ours) - len(partners)

    def _distinct(self, value: Iterable[Entry]) -> list[Entry]:
        """The elements, with formulas that are the same function once."""
        found: list[Entry] = []
        for entry in _sorted(value):
            same = (judged(entry, other, Precision(), self.names) for other in found)
            if not is_formula(entry) or all(v.outcome != "equivalent" for v in same):
                found.append(entry)
        return found

    def slip(self, key: frozenset[Entry], answer: Answer) -> str:
        """Every sign the other way round."""
        if any(map(is_formula, key | answer.value)) or len(key) < 2:
            return ""
        flipped = [-x for x in _sorted(answer.value)]
        _, missing = self._partners(_sorted(key), flipped)
        return "" if missing or flipped else "The sign of every element is wrong."

    def remark(self, key: frozenset[Entry], answer: Answer) -> str:
        """How many elements are missing or too many."""
        left = self._distinct(answer.value)
        _, missing = self._partners(self._distinct(key), left)
        lack = f"{missing} of the {counted(len(key), 'element')} {_be(missing)} missing"
        extra = f"{len(left)} of yours {'does' if len(left) == 1 else 'do'} not belong"
        return f"{' and '.join([lack] * bool(missing) + [extra] * bool(left))}."

    def nudged(self, key: frozenset[Entry]) -> frozenset[Entry]:
        """The least element off by five tolerances."""
        first, *others = _sorted(key)
        return frozenset([self.nudged_number(first), *others])


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


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
