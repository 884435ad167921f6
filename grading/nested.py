"""Nested tuples, and the lists of a tree as nested tuples of trees."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from partialcredit.grading.exact_value import NotANumber
from partialcredit.grading.tree import Node

__all__ = ["flatten", "is_row", "mapped", "nested", "refilled", "shape_of"]


# "isinstance" with a union made on the spot takes three times as long
_ROWS = (tuple, list)
_SEVERAL = (*_ROWS, frozenset)


def is_row(value: Any) -> bool:
    """Whether a value has entries; a tree has none, though it is a tuple to Python."""
    return isinstance(value, _ROWS) and not isinstance(value, Node)


def shape_of(value: Any) -> tuple[int, ...]:
    """The shape of nested tuples; ``()`` for a single entry."""
    sizes = []
    while is_row(value):
        sizes.append(len(value))
        value = next(iter(value), None)
    return tuple(sizes)


def flatten(value: Any) -> list[Any]:
    """The entries of nested tuples, spans and sets, in order; a scalar is its own only entry."""
    if isinstance(value, frozenset):
        return sorted(value)
    if not is_row(value):
        return [value]
    entries: list[Any] = []
    for item in value:
        if isinstance(item, _SEVERAL):
            entries += flatten(item)
        else:
            entries.append(item)
    return entries


def mapped(function: Callable[[Any], Any], value: Any) -> Any:
    """The same nested tuples with a function applied to every entry."""
    return tuple([mapped(function, item) for item in value]) if is_row(value) else function(value)


def refilled(value: Any, entries: Iterable[Any]) -> Any:
    """The same nested tuples with other entries, in order."""
    left = iter(entries)
    return mapped(lambda _: next(left), value)


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
    arrays = sum(map(is_row, parts))
    fits = arrays == len(parts) if tree.op in ("add", "neg") else arrays == 1
    if len(shapes) > 1 or not fits or (tree.op == "div" and shape_of(parts[1])):
        raise NotANumber("only multiples and sums of arrays can be worked out here")
    return _entrywise(tree.op, parts)


def _entrywise(op: str, parts: list[Any]) -> Any:
    if not any(map(is_row, parts)):
        return Node(op, tuple(parts))
    length = max(len(part) for part in parts if is_row(part))
    columns = [part if is_row(part) else (part,) * length for part in parts]
    return tuple(_entrywise(op, list(entries)) for entries in zip(*columns, strict=True))


def _transposed(rows: Any) -> Any:
    shape = shape_of(rows)
    if len(shape) < 2:
        return rows  # a vector may stand or lie
    if len(shape) > 2:
        raise NotANumber("only a matrix can be transposed")
    return tuple(zip(*rows, strict=True))
