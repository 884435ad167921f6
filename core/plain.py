"""Whether plain data from a file are safe to make numbers of, before any number is made."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

__all__ = ["check_plain"]

#: Bounds far above what any family draws: digits of whole numbers, characters of a fraction or a
#: text, values in all, and how deep they are nested.
_WHOLE, _FRACTION, _TEXT, _VALUES, _DEPTH = 10**12, 400, 10_000, 100_000, 20

_WRITTEN_FRACTION = re.compile(r"-?[0-9]+(?:/[0-9]*[1-9][0-9]*)?")


def check_plain(data: Any) -> None:
    """Raise ValueError unless the data are finite, short numbers and texts, and not too many.

    >>> check_plain({"x": [1, {"fraction": "1/3"}]})
    >>> check_plain({"fraction": "1e99999999"})
    Traceback (most recent call last):
    ValueError: no such fraction is drawn: '1e99999999'
    """
    left = _VALUES
    waiting = [(data, 0)]
    while waiting:
        value, depth = waiting.pop()
        left -= 1
        if left < 0 or depth > _DEPTH:
            raise ValueError("too many values, or nested too deeply")
        if isinstance(value, dict) and value.keys() == {"fraction"}:
            _check_fraction(value["fraction"])
        elif isinstance(value, dict):
            waiting += [(item, depth + 1) for item in (*value, *value.values())]
        elif isinstance(value, list | tuple):
            waiting += [(item, depth + 1) for item in value]
        else:
            _check_one(value)


def _check_fraction(text: Any) -> None:
    good = isinstance(text, str) and len(text) <= _FRACTION and _WRITTEN_FRACTION.fullmatch(text)
    if not good:
        raise ValueError(f"no such fraction is drawn: {text!r:.40}")


def _check_one(value: Any) -> None:
    match value:
        case bool() | None:
            return
        case int():
            fits = abs(value) <= _WHOLE
        case float():
            fits = isfinite(value)
        case str():
            fits = len(value) <= _TEXT
        case _:
            fits = False
    if not fits:
        raise ValueError("a parameter is out of all bounds")
