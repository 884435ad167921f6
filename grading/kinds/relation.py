"""An equation, an inequality or a chain of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf
from typing import Any, ClassVar

from flint import arb, fmpq

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.agreement import FLOAT_ERROR
from partialcredit.grading.declared import Declared
from partialcredit.grading.evaluation.evaluate import holds
from partialcredit.grading.evaluation.points import Point
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.reader.names import Names, names_for
from partialcredit.grading.reader.reading import read_tree
from partialcredit.grading.relations import listed, same_relation, with_plain_names
from partialcredit.grading.tree import Node
from partialcredit.grading.writing.show import show
from partialcredit.grading.writing.tex import tex

__all__ = ["Relation"]


@dataclass(frozen=True)
class Relation(Kind):
    """The value is text in the answer grammar, such as ``p <= LSE(x) <= p + ln(n)``.

    >>> kind = Relation({"eta": "real", "lambda": "positive"})
    >>> kind.compare("0 < eta < 2/lambda", kind.read("2/lambda > eta > 0")).outcome
    'equivalent'
    """

    name: ClassVar[str] = "relation"
    typed: ClassVar[str] = "relation"
    is_formula: ClassVar[bool] = True
    symbols: Mapping[str, str] = field(default_factory=dict, hash=False)
    functions: tuple[str, ...] = ()
    complex: bool = False

    @property
    def names(self) -> Names:
        """What the reader knows about this question."""
        return names_for(self.symbols, self.functions, self.complex)

    @classmethod
    def made(cls, key: str, declared: Declared) -> Kind:
        """For a key such as ``0 < eta < 2/lambda``."""
        symbols = declared.symbols(read_tree(key, declared.names))
        return cls(symbols, declared.functions, declared.complex)

    def read(self, text: str) -> Answer:
        """Read a relation; ``and`` or a comma joins several."""
        tree = listed(read_tree(text, self.names))
        if tree.op not in ("compare", "and", "or", "not"):
            raise UnreadableAnswer(
                text, len(text), "expected a relation with =, <, <=, > or >=", "write both sides"
            )
        shown = show(tree)
        return Answer(text, shown, shown)

    def write(self, value: str) -> str:
        """The relation in the answer grammar."""
        return show(_tree(value, self.names))

    def tex(self, value: str) -> str:
        """The relation as TeX."""
        return tex(_tree(value, self.names))

    def instruction(self) -> str:
        """Nothing to say: the stem names both sides."""
        return ""

    def compare(self, key: str, answer: Answer) -> Verdict:
        """The same solutions, or not."""
        return same_relation(_tree(key, self.names), read_tree(answer.text, self.names), self.names)

    def key(self, text: str) -> str:
        """The text itself, once it is known to be a relation."""
        return self.read(text).text

    def deviation(self, key: str, witness: Any, error: float, point: Mapping[str, float]) -> float:
        """0 where the relation holds at just the places that the witness says, else ``inf``.

        The witness is pairs of a place and whether the relation holds there. The value of a
        function the question leaves undefined stands under its application as the relation writes
        it: ``{"p": 3, "n": 2, "LSE(x)": 3.13}``. Integers are exact; floats stand for all numbers
        within the error granted to a witness, and numbers that may be equal count as equal.
        """
        tree = _plain_tree(key, self.names)
        right = [_holds(tree, place) == said for place, said in witness]
        return 0.0 if right and all(right) else inf

    def nudged(self, key: str) -> str:
        """The inequality the other way round."""
        return key.replace("<", "≶").replace(">", "<").replace("≶", ">")


@lru_cache(maxsize=1024)
def _tree(key: str, names: Names) -> Node:
    """A class answers one key many times."""
    return read_tree(key, names)


@lru_cache(maxsize=1024)
def _plain_tree(key: str, names: Names) -> Node:
    return with_plain_names(_tree(key, names))


def _holds(tree: Node, place: Mapping[str, float]) -> bool:
    return holds(tree, Point({}, 0, 0, {name: _ball(value) for name, value in place.items()}))


def _ball(value: float) -> Any:
    if isinstance(value, int):
        return fmpq(value)
    return arb(float(value), FLOAT_ERROR * max(1.0, abs(value)))
