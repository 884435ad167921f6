"""A key pushed off by five tolerances: the smallest error a witness has to catch."""

from __future__ import annotations

from typing import Any

from partialcredit.agreement import flatten, tolerance
from partialcredit.grading.kind import Kind
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import Span

TOLERANCES = 5
SMALLEST = rational(1, 10**6)


def nudged(kind: Kind, key: Any) -> Any:
    """A wrong key as close to the right one as the question's rounding can tell."""
    match kind.name:
        case "integer" | "choice":
            return key + 1
        case "real":
            return _number(kind, key)
        case "shape" | "array":
            return _first(kind, key)
        case "truefalse":
            return (not key[0], *key[1:])
        case "order":
            return _swapped(key)
        case "set":
            numbers = sorted(key)
            return frozenset([_number(kind, numbers[0]), *numbers[1:]])
        case "choices":
            return frozenset(flatten(key)) ^ {0}
        case "interval":
            span = key[0]
            low = _number(kind, span.low) if span.low is not None else rational(0)
            return (Span(low, *span[1:]), *key[1:])
        case "expression":
            return key * (1 + SMALLEST)
        case "relation":
            return key.replace("<", "≶").replace(">", "<").replace("≶", ">")
    raise AssertionError(f"no nudge for {kind.name}")


def _number(kind: Kind, x: Any) -> Any:
    step = rational(tolerance(kind, float(x))) * TOLERANCES
    return x + max(step, SMALLEST * max(1, abs(rational(float(x)))))


def _first(kind: Kind, key: Any) -> Any:
    if isinstance(key, tuple):
        return (_first(kind, key[0]), *key[1:])
    return key + 1 if isinstance(key, int) and kind.name == "shape" else _number(kind, key)


def _swapped(key: Any) -> Any:
    if isinstance(key, frozenset):
        return frozenset(tuple(reversed(order)) for order in key)
    return tuple(reversed(key))
