"""What turns one array into another that a student is likely to give instead."""

from __future__ import annotations

from typing import Any

from partialcredit.grading.nested import flatten, shape_of
from partialcredit.grading.precision import Precision
from partialcredit.numbers.rationals import rational

__all__ = ["array_slip"]

HALF = rational(1, 2)


def array_slip(key: Any, value: Any, precision: Precision) -> str:
    """Transposed, reversed, reordered or scaled as a whole."""
    ours, theirs = shape_of(key), shape_of(value)
    if len(ours) == 2 and ours == theirs[::-1]:
        flipped = tuple(zip(*value, strict=True))
        if _all_agree(flatten(key), flatten(flipped), precision):
            return "Your array is the transpose of the right one."
    if ours != theirs:
        return ""
    a, b = flatten(key), flatten(value)
    if _all_agree(a, b[::-1], precision):
        return "The entries are right but in reverse order."
    if len(a) > 1 and _all_agree(sorted(a), sorted(b), precision):
        return "The entries are right but in another order."
    if _all_agree([-x for x in a], b, precision):
        return "The sign of every entry is wrong."
    if _all_agree([2 * x for x in a], b, precision):
        return "Every entry is twice the right one: look for a missing factor 1/2."
    if _all_agree([HALF * x for x in a], b, precision):
        return "Every entry is half the right one: look for a missing factor 2."
    wrong = sum(not precision.agrees(x, y) for x, y in zip(a, b, strict=True))
    return f"{wrong} of {len(a)} entries {'is' if wrong == 1 else 'are'} wrong."


def _all_agree(key: list[Any], value: list[Any], precision: Precision) -> bool:
    return all(precision.agrees(a, b) for a, b in zip(key, value, strict=True))
