"""An equation, an inequality or a chain of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.reader.names import Names, names_for
from partialcredit.grading.reader.reading import read_tree
from partialcredit.grading.relations import same_relation
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
    symbols: Mapping[str, str] = field(default_factory=dict, hash=False)
    functions: tuple[str, ...] = ()

    @property
    def names(self) -> Names:
        """What the reader knows about this question."""
        return names_for(self.symbols, self.functions)

    def read(self, text: str) -> Answer:
        """Read a relation; ``and`` or a comma joins several."""
        tree = read_tree(text, self.names)
        if tree.op not in ("compare", "and", "or", "not"):
            raise UnreadableAnswer(
                text, len(text), "expected a relation with =, <, <=, > or >=", "write both sides"
            )
        shown = show(tree)
        return Answer(text, shown, shown)

    def compare(self, key: str, answer: Answer) -> Verdict:
        """The same solutions, or not."""
        return same_relation(
            read_tree(key, self.names), read_tree(answer.text, self.names), self.names
        )

    def write(self, value: str) -> str:
        """The relation in the answer grammar."""
        return show(read_tree(value, self.names))

    def tex(self, value: str) -> str:
        """The relation as TeX."""
        return tex(read_tree(value, self.names))

    def instruction(self) -> str:
        """Nothing to say: the stem names both sides."""
        return ""
