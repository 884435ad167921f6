"""Plain values that solvers, kinds and writers share, and parameters as JSON data."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from partialcredit.numbers.exact import Number

__all__ = ["Estimate", "Span", "from_json", "to_json"]


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


def to_json(value: Any) -> Any:
    """Parameters as JSON data; a fraction becomes ``{"fraction": "1/3"}``."""
    if isinstance(value, Fraction):
        return {"fraction": str(value)}
    if isinstance(value, Mapping):
        return {name: to_json(item) for name, item in value.items()}
    return [to_json(item) for item in value] if isinstance(value, tuple | list) else value


def from_json(value: Any) -> Any:
    """The inverse of :func:`to_json`."""
    if isinstance(value, dict):
        if value.keys() == {"fraction"}:
            return Fraction(value["fraction"])
        return {name: from_json(item) for name, item in value.items()}
    return tuple(map(from_json, value)) if isinstance(value, list) else value
