"""Answers that are no attempt: with them, what follows is nothing to find out."""

from __future__ import annotations

from typing import Any

from partialcredit.grading.nested import flatten

__all__ = ["leaves_nothing_to_do"]


def leaves_nothing_to_do(given: list[tuple[Any, Any]], theirs: Any, key: Any) -> bool:
    """Whether a stock answer before this part makes its follow-through key one, too.

    ``given`` are the wrong earlier answers, each with its key. Zeros that come out of an honest
    slip are honest.
    """
    return _stock(theirs, key) and any(_stock(value, right) for value, right in given)


def _stock(value: Any, key: Any) -> bool:
    """All zeros, or all ones in an array, where the key is not."""
    entries = flatten(value)
    if any(hasattr(entry, "free_symbols") and entry.free_symbols for entry in entries):
        return False
    same = [number for number in (0, 1) if all(entry == number for entry in entries)]
    if not entries or not same or (same == [1] and len(entries) == 1):
        return False
    return any(entry != same[0] for entry in flatten(key))
