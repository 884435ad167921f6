"""What turns one array into another that a student is likely to give instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from partialcredit.grading.kind import Judged
from partialcredit.grading.listing import listed
from partialcredit.grading.nested import flatten, shape_of
from partialcredit.grading.precision import Precision
from partialcredit.numbers.rationals import rational

__all__ = ["array_slip", "entries_told"]

HALF = rational(1, 2)

#: The share of a number that careless rounding on the way may change.
_ROUNDED = rational(1, 50)

#: Entries that are named in one sentence; of more only the number is told.
_NAMED = 8


def array_slip(key: Any, value: Any, precision: Precision) -> str:
    """Transposed, reversed, reordered, scaled as a whole or wrong in signs; empty when by chance.

    An order is recognised by its entries, so they must all be different; a factor needs two
    numbers other than zero to be no accident, and of different sizes if it may be any.
    """
    ours, theirs = shape_of(key), shape_of(value)
    if len(ours) == 2 and ours == theirs[::-1] and ours[0] > 1 < ours[1]:
        flipped = flatten(tuple(zip(*value, strict=True)))
        if _all_agree(flatten(key), flipped, precision):
            return "Your array is the transpose of the right one."
    if ours != theirs:
        return ""
    a, b = flatten(key), flatten(value)
    if len(set(a)) == len(a) > 1:
        if _all_agree(a, b[::-1], precision):
            return "The entries are right but in reverse order."
        if len(a) > 2 and _all_agree(sorted(a), sorted(b), precision):
            return "The entries are right but in another order."
    if sum(x != 0 for x in a) > 1:
        for told, change in _AS_A_WHOLE:
            if _all_agree([change(x) for x in a], b, precision):
                return told
    sizes = [abs(x) for x in a]
    if _all_agree(sizes, [abs(x) for x in b], precision) and not {0, 1}.issuperset(sizes):
        wrong = sum(x * y < 0 for x, y in zip(a, b, strict=True))
        return "Only a sign is wrong." if wrong == 1 else "Only signs are wrong."
    if len({*sizes} - {0}) > 1 and _proportional(a, b, precision):
        return "Every entry is off by the same factor."
    return ""


def _proportional(key: list[Any], value: list[Any], precision: Precision) -> bool:
    """Whether a common factor turns one list into another, and is more than rounding makes."""
    size, x, y = max((abs(x), x, y) for x, y in zip(key, value, strict=True))
    factor, margin = rational(1) * y / x, precision.margin(y)
    return (
        y != 0
        and abs(factor - 1) > _ROUNDED
        and all(
            abs(factor * a - b) <= precision.margin(b) + margin * abs(a) / size
            for a, b in zip(key, value, strict=True)
        )
    )


_AS_A_WHOLE: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("The sign of every entry is wrong.", lambda x: -x),
    ("Every entry is twice the right one.", lambda x: 2 * x),
    ("Every entry is half the right one.", lambda x: HALF * x),
)


def _all_agree(key: list[Any], value: list[Any], precision: Precision) -> bool:
    return all(precision.agrees(a, b) for a, b in zip(key, value, strict=True))


def entries_told(
    entries: Sequence[tuple[str, Judged]], instruction: str, *, named: bool = True
) -> str:
    """Which entries are wrong, and which are right with too few digits.

    ``instruction`` says how many digits are asked for. Without ``named`` they are only counted.

    >>> entries_told((("1", "right"), ("2", "wrong")), "")
    'Entry 2 is wrong.'
    """
    sentences = []
    for how, text in _TOLD.items():
        found = [label for label, judged in entries if judged == how]
        if found:
            one, many = text
            subject = _subject(found, len(entries), named)
            sentences.append(f"{subject} {one if len(found) == 1 else many}.")
    if any(judged == "short" for _, judged in entries):
        sentences.append(instruction)
    return " ".join(sentences)


#: What is said of one entry and of several.
_TOLD: dict[Judged, tuple[str, str]] = {
    "wrong": ("is wrong", "are wrong"),
    "close": ("is close, but its last digits differ", "are close, but their last digits differ"),
    "short": (
        "is right as far as it goes, but has too few digits",
        "are right as far as they go, but have too few digits",
    ),
}


def _subject(found: list[str], count: int, named: bool) -> str:
    if count == 1:
        return "The entry"
    if len(found) == count:
        return "Both entries" if count == 2 else f"All {count} entries"
    if not named or len(found) > _NAMED:
        return f"{len(found)} of {count} entries"
    return f"{'Entry' if len(found) == 1 else 'Entries'} {listed(found)}"
