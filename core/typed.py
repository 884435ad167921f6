"""Values that somebody typed, as families draw them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from partialcredit.errors import InputError
from partialcredit.numbers.rationals import rational, simplest
from partialcredit.numbers.vectors import Vector

__all__ = ["exactly"]

#: Values in one list, how deep lists are nested, and characters of a number or a word.
MOST, DEPTH, LONGEST = 1000, 5, 60

_NUMBER = re.compile(
    r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?|[-+]?[0-9]+/0*[1-9][0-9]*"
)


def exactly(value: Any) -> Any:
    """Numbers exactly as they are written, words, and vectors of these.

    Raises InputError for what no family draws.

    >>> exactly([3, "1/3", Decimal("0.25"), "relu"])
    (3, 1/3, 1/4, 'relu')
    """
    left = [MOST]

    def made(item: Any, depth: int) -> Any:
        left[0] -= 1
        if left[0] < 0 or depth > DEPTH:
            raise InputError(f"a value holds at most {MOST} numbers, in lists {DEPTH} deep")
        return (
            Vector([made(each, depth + 1) for each in item])
            if isinstance(item, list)
            else _one(item)
        )

    return made(value, 0)


def _one(item: Any) -> Any:
    if isinstance(item, bool):
        return item
    if not isinstance(item, int | Decimal | str) or len(str(item)) > LONGEST:
        raise InputError(
            f"a value is a number such as 3, 0.25 or 1/3, a word, or a list of these, "
            f"not {item!r:.60}"
        )
    text = str(item).strip()
    return simplest(rational(text)) if _NUMBER.fullmatch(text) else text
