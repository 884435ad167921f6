"""Plain values that solvers, kinds and writers share, and parameters as JSON data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.vectors import Vector, freeze

__all__ = ["Estimate", "Span", "from_json", "in_floats", "plain", "to_json"]


class Span(NamedTuple):
    """A piece of the real line; ``None`` is an infinite end."""

    low: Number | None
    high: Number | None
    low_closed: bool = True
    high_closed: bool = True


class Estimate(NamedTuple):
    """A witness's value with a bound on its error."""

    value: Any
    error: float


_PLAIN = frozenset({bool, int, float, str})  # and none of NumPy's, which inherit from them


def plain(value: Any) -> Any:
    """A witness's NumPy or engine value as plain Python."""
    if type(value) in _PLAIN:
        return value
    value = getattr(value, "data", value) if hasattr(value, "requires_grad") else value
    return freeze(value.tolist() if hasattr(value, "tolist") else value)


_CONVERTED = frozenset({Rational, Vector, dict})


def in_floats(value: Any) -> Any:
    """Parameters as a numeric computation takes them: rationals as floats, counts as they are."""
    if isinstance(value, Rational):
        return float(value)
    if isinstance(value, Vector):
        if _CONVERTED.isdisjoint(map(type, value)):
            return value
        return Vector([in_floats(item) for item in value])
    if isinstance(value, dict):
        return {name: in_floats(item) for name, item in value.items()}
    return value


def to_json(value: Any) -> Any:
    """Parameters as JSON data; a fraction becomes ``{"fraction": "1/3"}``."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Rational):
        return {"fraction": str(value)}
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {name: to_json(item) for name, item in value.items()}
    return value


def from_json(value: Any) -> Any:
    """The inverse of :func:`to_json`."""
    if isinstance(value, dict):
        if value.keys() == {"fraction"}:
            return rational(value["fraction"])
        return {name: from_json(item) for name, item in value.items()}
    return tuple(map(from_json, value)) if isinstance(value, list) else value
