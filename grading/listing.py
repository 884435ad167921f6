"""Several things in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["cancelling", "counted", "listed"]


def listed(items: Sequence[str]) -> str:
    """``1``, ``1 and 3``, ``1, 3 and 4``."""
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


def counted(number: int, one: str, many: str = "") -> str:
    """``1 value``, ``2 values``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def cancelling(wrong: int) -> str:
    """A sentence on wrong judgements that take right ones away; empty when there are none."""
    if not wrong:
        return ""
    return "1 is wrong and cancels one." if wrong == 1 else f"{wrong} are wrong and cancel as many."
