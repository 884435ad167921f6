"""Letters that stand for options, statements or steps."""

from __future__ import annotations

import re
from string import ascii_uppercase

__all__ = ["letter", "letters_in"]


def letter(index: int) -> str:
    """A for 0, B for 1, ..."""
    return ascii_uppercase[index]


def letters_in(text: str, count: int) -> list[int] | None:
    """Indices written as ``C A B``, ``c,a,b``, ``(c) (a)``, ``CAB`` or ``3 1 2``; else None."""
    if len(text) > 500:
        return None
    words = re.sub(r"\\(?:to|rightarrow|text\w*|mathrm|quad|,)|->|=>|→|\band\b|[$]", " ", text)
    parts = [part for part in re.split(r"[\s,;.()\[\]{}<>\-–|:&]+", words) if part]
    if len(parts) == 1 and parts[0].isalpha():
        parts = list(parts[0])
    indices = []
    for part in parts:
        index = _index(part)
        if index is None or not 0 <= index < count:
            return None
        indices.append(index)
    return indices


def _index(part: str) -> int | None:
    if len(part) == 1 and part.isascii() and part.isalpha():
        return ascii_uppercase.index(part.upper())
    return int(part) - 1 if part.isascii() and part.isdigit() and len(part) < 3 else None
