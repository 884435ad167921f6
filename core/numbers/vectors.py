"""Vectors with the arithmetic of a paper: entry by entry, and a number with every entry.

A matrix is a vector of its rows, so the same arithmetic serves tensors of any shape.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from itertools import repeat
from typing import TYPE_CHECKING, Any

__all__ = ["Vector", "columns", "dot", "each", "freeze"]


def each(function: Callable[..., Any], *values: Any) -> Vector:
    """A function of numbers, entry by entry; what is no vector goes with every entry.

    Raises ValueError for vectors of different lengths, TypeError where there is none.

    >>> each(max, Vector((1, -2)), 0)
    (1, 0)
    """
    sizes = {len(value) for value in values if isinstance(value, tuple)}
    if len(sizes) > 1:
        raise ValueError(f"vectors of different lengths: {' and '.join(map(str, sorted(sizes)))}")
    if not sizes:
        raise TypeError(f"no vector among {', '.join(map(repr, values))}")
    lanes = [value if isinstance(value, tuple) else repeat(value) for value in values]
    return Vector(map(function, *lanes))


def dot(a: Any, b: Any) -> Any:
    """The inner product of two sequences of numbers.

    Raises ValueError for sequences of different lengths.

    >>> dot((1, 2), (3, 4))
    11
    """
    if len(a) != len(b):
        raise ValueError(f"vectors of different lengths: {len(a)} and {len(b)}")
    return sum(map(operator.mul, a, b))


def columns(rows: Any) -> Vector:
    """The columns of a matrix given by its rows.

    >>> columns(((1, 2), (3, 4)))
    ((1, 3), (2, 4))
    """
    return Vector(map(Vector, zip(*rows, strict=True)))


_entry = tuple.__getitem__


class Vector(tuple[Any, ...]):
    """A tuple of numbers, or of vectors, that can be added, scaled and raised entry by entry.

    >>> 1 - 2 * Vector((3, 4))
    (-5, -7)
    """

    __slots__ = ()

    def __getitem__(self, index: Any) -> Any:
        found = _entry(self, index)
        return Vector(found) if isinstance(index, slice) else found

    def __neg__(self) -> Vector:
        return Vector(map(operator.neg, self))

    def __abs__(self) -> Vector:
        return Vector(map(abs, self))

    if TYPE_CHECKING:  # the loop below gives the class its arithmetic

        def __add__(self, other: Any) -> Vector: ...
        def __radd__(self, other: Any) -> Vector: ...
        def __sub__(self, other: Any) -> Vector: ...
        def __rsub__(self, other: Any) -> Vector: ...
        def __mul__(self, other: Any) -> Vector: ...
        def __rmul__(self, other: Any) -> Vector: ...
        def __truediv__(self, other: Any) -> Vector: ...
        def __rtruediv__(self, other: Any) -> Vector: ...
        def __pow__(self, other: Any) -> Vector: ...


def _paired(operation: Callable[..., Any], a: tuple[Any, ...], b: tuple[Any, ...]) -> Vector:
    if len(a) != len(b):
        raise ValueError(f"vectors of different lengths: {len(a)} and {len(b)}")
    return Vector(map(operation, a, b))


def _arithmetic(name: str) -> None:
    operation = getattr(operator, name)

    def forward(self: Vector, other: Any) -> Any:
        if isinstance(other, tuple):
            return _paired(operation, self, other)
        if hasattr(other, "__array__"):
            return NotImplemented
        return Vector(map(operation, self, repeat(other)))

    def reflected(self: Vector, other: Any) -> Any:
        if isinstance(other, tuple):
            return _paired(operation, other, self)
        return Vector(map(operation, repeat(other), self))

    setattr(Vector, f"__{name}__", forward)  # an array knows better what to do with a vector
    setattr(Vector, f"__r{name}__", reflected)


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow"):
    _arithmetic(_name)


_SEQUENCES = frozenset({list, tuple, Vector})  # and none with names for its entries


def freeze(value: Any) -> Any:
    """Lists and tuples, however nested, as vectors; everything else as it is."""
    if type(value) not in _SEQUENCES:
        return value
    if _SEQUENCES.isdisjoint(map(type, value)):
        return value if type(value) is Vector else Vector(value)
    return Vector([freeze(item) for item in value])
