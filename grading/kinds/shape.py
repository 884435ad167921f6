"""The shape of an array, in numbers or in letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Any, ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading import agreement
from partialcredit.grading.declared import Declared
from partialcredit.grading.entries import (
    SAME,
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
from partialcredit.grading.listing import counted, listed
from partialcredit.grading.precision import Precision
from partialcredit.grading.reader.names import Names, names_for
from partialcredit.grading.reader.shapes import read_shape
from partialcredit.grading.tree import Node

if TYPE_CHECKING:
    from partialcredit.draw import Draw

__all__ = ["Shape"]

Sizes = tuple[Entry, ...]

_EXPECTED = "expected a shape such as 28x28x6 or (28, 28, 6)"
_EXACT = Precision()

#: A size is smaller.
MOST = 10**12


@dataclass(frozen=True, slots=True)
class Shape(Kind):
    """A tuple of whole numbers, or of formulas in declared symbols, in the order asked for.

    >>> Shape().read("28x28x6").value
    (28, 28, 6)
    >>> kind = Shape({"N": "positive integer", "d": "positive integer"})
    >>> kind.compare(kind.key("N x 2d"), kind.read("(N, d + d)")).outcome
    'equivalent'
    """

    name: ClassVar[str] = "shape"
    typed: ClassVar[str] = "shape"
    symbols: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def names(self) -> Names:
        """What the reader knows about this question."""
        return names_for(self.symbols)

    @classmethod
    def made(cls, key: str, declared: Declared) -> Kind:
        """For a key such as ``28x28x6`` or ``(N, 2d)``; its letters are whole numbers."""
        given = dict(declared.given)
        found = declared.symbols(Node("list", read_shape(key, declared.names)))
        others = sorted(found.keys() - given.keys())
        return cls(given | dict.fromkeys(others, "positive integer"))

    def read(self, text: str) -> Answer:
        """Read ``28x28x6``, ``(28, 28, 6)``, ``28 × 28 × 6``, ``[28, 28, 6]`` or ``n x 2d``."""
        value = tuple(self._size(text, tree) for tree in read_shape(text, self.names))
        return Answer(text, value, self.write(value))

    def _size(self, text: str, tree: Node) -> Entry:
        """One size: a whole number of an ordinary size, or a formula in the question's letters."""
        try:
            size = read_entry(tree, self.names)
        except NotANumber:
            size = None
        if (isinstance(size, int) and abs(size) < MOST) or is_formula(size):
            return size
        known = f"whole numbers and {', '.join(self.symbols)}" if self.symbols else "whole numbers"
        raise UnreadableAnswer(text, 0, _EXPECTED, f"use {known}")

    def write(self, value: Sizes) -> str:
        """``28 x 28 x 6``, or ``()`` for a scalar."""
        return " x ".join(map(self._written, value)) or "()"

    def _written(self, size: Entry) -> str:
        """A formula in brackets: a star would part two sizes."""
        text = entry_text(size, _EXACT, self.names)
        return text if text.isalnum() else f"({text})"

    def tex(self, value: Sizes) -> str:
        r"""``28 \times 28 \times 6``."""
        sizes = (entry_tex(size, _EXACT, self.names) for size in value)
        return r" \times ".join(sizes) or "()"

    def instruction(self) -> str:
        """Nothing to say: the stem fixes the order of the axes."""
        return ""

    def compare(self, key: Sizes, answer: Answer) -> Verdict:
        """Every size in its place."""
        if len(key) != len(answer.value):
            return Verdict("different", "exact")
        return together(self._judged(key, answer.value))

    def _judged(self, key: Sizes, value: Sizes) -> list[Verdict]:
        pairs = zip(key, value, strict=True)
        return [judged(a, b, _EXACT, self.names) for a, b in pairs] or [SAME]

    def slip(self, key: Sizes, answer: Answer) -> str:
        """The axes in another order."""
        if self.symbols or sorted(key) != sorted(answer.value):
            return ""
        return "The sizes are right but the axes are in another order."

    def remark(self, key: Sizes, answer: Answer) -> str:
        """How many axes there are, or which are wrong."""
        if len(key) != len(answer.value):
            return f"The shape has {counted(len(key), 'axis', 'axes')}, yours {len(answer.value)}."
        verdicts = enumerate(self._judged(key, answer.value), 1)
        wrong = [str(i) for i, verdict in verdicts if verdict.outcome != "equivalent"]
        if len(wrong) == 1:
            return f"The size of axis {wrong[0]} is wrong."
        return f"The sizes of axes {listed(wrong)} are wrong."

    @property
    def symbolic(self) -> bool:
        """Whether sizes may be formulas."""
        return bool(self.symbols)

    def points(self, draw: Draw, count: int = 2) -> list[dict[str, float]]:
        """Numbers for the symbols, drawn from their domains."""
        return agreement.drawn_points(self.symbols, draw, count)

    def deviation(
        self, key: Sizes, witness: Any, error: float, point: Mapping[str, float]
    ) -> float:
        """0 for the same sizes at the point, else ``inf``."""
        return 0.0 if agreement.at(key, point) == witness else inf

    def separated(self, a: Sizes, b: Sizes, point: Mapping[str, float]) -> bool:
        """Whether some size differs at the point."""
        return agreement.formulas_apart(a, b, point) if self.symbols else a != b

    def nudged(self, key: Sizes) -> Sizes:
        """The first axis one longer."""
        return (key[0] + 1, *key[1:])
