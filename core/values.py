"""Plain values that solvers, kinds and writers share."""

from __future__ import annotations

from typing import Any, NamedTuple

from partialcredit.exact import Number

__all__ = ["Estimate", "Span"]


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
