"""Vectors with the arithmetic of a paper: entry by entry, and a number with every entry.

A matrix is a vector of its rows, so the same arithmetic serves tensors of any shape.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from itertools import repeat
from typing import Any

__all__ = ["Vector", "columns", "dot", "each", "freeze"]


def each(function: Callable[..., Any], *values: Any) -> Vector:
    """A function of numbers, entry by entry; what is no vector goes with every entry.

    Raises ValueError for vectors of different lengths.

    >>> each(max, Vector((1, -2)), 0)
    (1, 0)
    """
    size = next(len(value) for value in values if isinstance(value, tuple))
    lanes = (value if isinstance(value, tuple) else repeat(value, size) for value in values)
    return Vector(function(*entries) for entries in zip(*lanes, strict=True))


def dot(a: Any, b: Any) -> Any:
    """The inner product of two sequences of numbers of one length.

    >>> dot((1, 2), (3, 4))
    11
    """
    return sum(map(operator.mul, a, b))


def columns(rows: Any) -> Vector:
    """The columns of a matrix given by its rows.

    >>> columns(((1, 2), (3, 4)))
    ((1, 3), (2, 4))
    """
    return Vector(map(Vector, zip(*rows, strict=True)))


class Vector(tuple[Any, ...]):
    """A tuple of numbers, or of vectors, that can be added, scaled and raised entry by entry.

    >>> 1 - 2 * Vector((3, 4))
    (-5, -7)
    """

    __slots__ = ()

    def __getitem__(self, index: Any) -> Any:
        found = super().__getitem__(index)
        return Vector(found) if isinstance(index, slice) else found

    def __neg__(self) -> Vector:
        return Vector(map(operator.neg, self))

    def __abs__(self) -> Vector:
        return Vector(map(abs, self))


def _arithmetic(name: str) -> None:
    operation = getattr(operator, name)

    def forward(self: Vector, other: Any) -> Any:
        return NotImplemented if hasattr(other, "__array__") else each(operation, self, other)

    def reflected(self: Vector, other: Any) -> Any:
        return each(operation, other, self)

    setattr(Vector, f"__{name}__", forward)  # an array knows better what to do with a vector
    setattr(Vector, f"__r{name}__", reflected)


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow"):
    _arithmetic(_name)


def freeze(value: Any) -> Any:
    """Lists and tuples, however nested, as vectors; everything else as it is."""
    if not isinstance(value, list | tuple) or hasattr(value, "_fields"):
        return value
    if type(value) is Vector and not any(isinstance(entry, list | tuple) for entry in value):
        return value
    return Vector(map(freeze, value))
