"""A vector, matrix or tensor of numbers, marked entry by entry."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.chains import one_array
from partialcredit.grading.exact_value import NotANumber, exact_number
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.precision import Precision
from partialcredit.grading.reader.reading import read_items
from partialcredit.grading.tree import Node
from partialcredit.grading.writing.show import show

__all__ = ["Array", "flatten", "nested", "number_rows", "shape_of"]


@dataclass(frozen=True, slots=True)
class Array(Kind):
    """Nested tuples; without digits or places every entry is exact.

    A vector may be written as a row or as a column, and a matrix of one row or one column as a
    vector; but a row is not a column where the question asks for a matrix.

    >>> kind = Array(shape=(2, 2))
    >>> kind.compare(((1, 2), (3, 4)), kind.read("[1 2; 3 5]")).share
    Fraction(3, 4)
    """

    name: ClassVar[str] = "array"
    shape: tuple[int, ...] | None = None
    digits: int | None = None
    places: int | None = None

    @property
    def precision(self) -> Precision:
        """The rounding asked for in every entry."""
        return Precision(self.digits, self.places)

    def read(self, text: str) -> Answer:
        """Read ``[1 2; 3 4]``, ``[[1,2],[3,4]]``, TeX matrices, or a bare list ``2, -1, 3``."""
        tree = read_items(text, arrays=True)
        try:
            value = number_rows(nested(one_array(tree)))
        except NotANumber as error:
            raise UnreadableAnswer(text, 0, f"expected numbers in rows: {error}") from None
        if not isinstance(value, tuple):
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

    def compare(self, key: Any, answer: Answer) -> Verdict:
        """The share of the entries that are right."""
        ours, theirs = shape_of(key), shape_of(answer.value)
        if not _same_entries(ours, theirs):
            return Verdict("different", "exact", _sizes(ours, theirs))
        pairs = list(zip(flatten(key), flatten(answer.value), strict=True))
        right = sum(self.precision.agrees(a, b) for a, b in pairs)
        if right == len(pairs):
            same = all(a == b for a, b in pairs)
            return Verdict("equivalent", "exact" if same else "numeric", share=Fraction(1))
        return Verdict("different", "exact", share=self._share(pairs))

    def _share(self, pairs: list[tuple[Any, Any]]) -> Fraction:
        """Right entries among all; where most of the key is one value, among those that are not."""
        (usual, times), *_ = Counter(a for a, _ in pairs).most_common(1)
        if 2 * times > len(pairs):
            pairs = [(a, b) for a, b in pairs if a != usual or not self.precision.agrees(a, b)]
        return Fraction(sum(self.precision.agrees(a, b) for a, b in pairs), len(pairs))

    def write(self, value: Any) -> str:
        """``[[1, 2], [3, 4]]``."""
        if isinstance(value, tuple):
            return f"[{', '.join(map(self.write, value))}]"
        return self.precision.text(value)

    def tex(self, value: Any) -> str:
        """A vector in a row, a matrix in square brackets, a tensor as nested rows."""
        depth = len(shape_of(value))
        if depth == 2:
            rows = (" & ".join(map(self.precision.tex, row)) for row in value)
            return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"
        if depth == 1:
            return f"({', '.join(map(self.precision.tex, value))})"
        return f"[{', '.join(map(self.tex, value))}]" if depth else self.precision.tex(value)

    def instruction(self) -> str:
        """The digits to give in every entry."""
        text = self.precision.instruction()
        return f"{text[:-1]} in every entry." if text else ""


def nested(tree: Node) -> Any:
    """Lists as nested tuples of trees, with transposes carried out and all rows equally long."""
    if tree.op == "transpose":
        return _transposed(nested(tree.args[0]))
    if tree.op in _LINEAR:
        return _combined(tree)
    if tree.op not in ("list", "tuple", "set"):
        return tree
    rows = tuple(nested(arg) for arg in tree.args)
    if len({shape_of(row) for row in rows}) > 1:
        raise NotANumber("all rows need the same number of entries")
    return rows


_LINEAR = frozenset({"neg", "add", "mul", "div"})


def _combined(tree: Node) -> Any:
    """``1/4 [[1, -1], [-1, 1]]`` and sums of arrays, entry by entry."""
    parts = [nested(arg) for arg in tree.args]
    shapes = {shape_of(part) for part in parts} - {()}
    if not shapes:
        return tree
    arrays = sum(isinstance(part, tuple) and not isinstance(part, Node) for part in parts)
    fits = arrays == len(parts) if tree.op in ("add", "neg") else arrays == 1
    if len(shapes) > 1 or not fits or (tree.op == "div" and shape_of(parts[1])):
        raise NotANumber("only multiples and sums of arrays can be worked out here")
    return _entrywise(tree.op, parts)


def _entrywise(op: str, parts: list[Any]) -> Any:
    if all(shape_of(part) == () for part in parts):
        return Node(op, tuple(parts))
    length = max(len(part) for part in parts if shape_of(part))
    columns = [part if shape_of(part) else (part,) * length for part in parts]
    return tuple(_entrywise(op, list(entries)) for entries in zip(*columns, strict=True))


def _transposed(rows: Any) -> Any:
    shape = shape_of(rows)
    if len(shape) < 2:
        return rows  # a vector may stand or lie
    if len(shape) > 2:
        raise NotANumber("only a matrix can be transposed")
    return tuple(zip(*rows, strict=True))


def number_rows(rows: Any) -> Any:
    """The exact value of every entry."""
    return exact_number(rows) if isinstance(rows, Node) else tuple(map(number_rows, rows))


def shape_of(value: Any) -> tuple[int, ...]:
    """The shape of nested tuples."""
    if isinstance(value, Node) or not isinstance(value, tuple):
        return ()
    return (len(value), *shape_of(value[0])) if value else (0,)


def flatten(value: Any) -> list[Any]:
    """The entries row by row."""
    if isinstance(value, Node) or not isinstance(value, tuple):
        return [value]
    return [entry for item in value for entry in flatten(item)]


def _same_entries(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    """Whether values of these shapes can be compared entry by entry."""
    return a == b or (_flat(a) == _flat(b) and not len(a) == len(b) == 2)


def _flat(shape: tuple[int, ...]) -> tuple[int, ...]:
    """A column or row of a matrix is a vector."""
    if len(shape) == 2 and 1 in shape:
        return (shape[0] * shape[1],)
    return shape or (1,)


def _sizes(ours: tuple[int, ...], theirs: tuple[int, ...]) -> str:
    return f"The answer has {_shown(ours)}, yours has {_shown(theirs)}."


def _shown(shape: tuple[int, ...]) -> str:
    if len(shape) == 1:
        return f"{shape[0]} {'entry' if shape[0] == 1 else 'entries'}"
    return f"the shape {' x '.join(map(str, shape))}"
