"""A number with its unit or noun, and numbers written as words: ``19 pixels``, ``six``."""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["split_unit", "without_words"]

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS = {word: n for n, word in enumerate(_SMALL)} | {
    word: 10 * n for n, word in enumerate(_TENS, start=2)
}
_PHRASES = {
    "none": "0", "no": "0", "half": "1/2", "one half": "1/2", "a half": "1/2", "one third": "1/3",
    "a third": "1/3", "two thirds": "2/3", "one quarter": "1/4", "a quarter": "1/4",
    "three quarters": "3/4", "hundred": "100", "one hundred": "100", "a hundred": "100",
    "infinity": "infinity", "infinite": "infinity",
}  # fmt: skip

#: Characters in an answer that may hold words.
_MOST = 400

#: Words that change the number beside them, or say that it is not the answer.
_MEANING = frozenset(
    [
        "or",
        "and",
        "not",
        "to",
        "between",
        "times",
        "than",
        "least",
        "most",
        "thousand",
        "million",
        "billion",
        "half",
        "squared",
        "cubed",
        "dozen",
        "hundred",
        "if",
        "at",
        "over",
        "under",
        "above",
        "below",
        "minus",
        "plus",
        "divided",
        "by",
        "power",
        "root",
        "percent",
        "per",
        "negative",
        "positive",
        "except",
        "without",
        "maybe",
        "either",
        "but",
        "because",
        "permille",
        "million",
        "trillion",
        "mod",
        "else",
        "for",
        "with",
        "when",
        "where",
        "otherwise",
        "point",
        "pi",
        "factorial",
        "choose",
    ]
) | set(_NUMBERS)
#: Units of one letter, believed where TeX sets them upright.
_LETTERS = frozenset(["m", "s", "g", "J", "N", "V", "W", "A", "K", "h", "L", "b", "B", "t"])
_PERCENT = re.compile(
    r"(?<=[\d)])\s*(?:percent|per\s?cent|p\.\s?c\.?|pct)\.?(?=[\s}$]*$)", re.IGNORECASE
)
_DEGREES = re.compile(r"(?<=[\d)}])\s*(?:\^\s*\{?\s*(?:\\circ|∘|◦)\s*\}?|°|\\degree)(?=[\s}$]*$)")
_UNIT = re.compile(
    r"(?<=[\d)\]}!%])(?:\s|\\[,;:! ]|~)*(\\(?:text|mathrm|mbox|textnormal|operatorname|rm)\{\s*"
    r"(?P<tex>[A-Za-z][A-Za-z ./-]*?)\s*\}|(?P<words>[A-Za-z]{2,}(?:[ -]+[A-Za-z]{2,}){0,5}))"
    r"(?P<power>\s*\^\s*\{?-?\d\}?|[²³])?(?=[\s.$})]*$)"
)
_BEFORE = re.compile(
    r"^\s*(?:all\s+)?(?:epochs?|steps?|iterations?|layers?|components?|rows?|columns?|entries|class|"
    r"classes|units?|cases?|total|n|no\.?|number|about|#)\s*(?=[(\d])",
    re.IGNORECASE,
)


def split_unit(text: str, known: Callable[[str], bool]) -> tuple[str, str]:
    """A text without the unit after its number, and the unit (empty where there is none).

    >>> split_unit("28.4 MB", lambda word: False)
    ('28.4   ', 'MB')
    """
    match = _UNIT.search(text) if len(text) <= _MOST else None
    if match is None:
        return text, ""
    words = match["tex"] or match["words"]
    parts = re.findall(r"[A-Za-z]+", words)
    units = _LETTERS if match["tex"] else frozenset()
    if any(part.lower() in _MEANING or (known(part) and part not in units) for part in parts):
        return text, ""
    bare = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    return bare, words.strip() + (match["power"] or "").strip()


def without_words(text: str) -> str:
    """Numbers in words as digits, percent as ``%``, and no degree sign or noun before a number."""
    if len(text) > _MOST:
        return text
    phrase = re.sub(r"[\s.]+", " ", text).strip().lower()
    if phrase in _PHRASES:
        return _PHRASES[phrase]
    digits = _spelled(phrase)
    if digits:
        return digits
    text = _PERCENT.sub(lambda m: "%".ljust(len(m[0])), text)
    text = _DEGREES.sub(lambda m: " " * len(m[0]), text)
    match = _BEFORE.match(text)
    if match:
        text = " " * len(match[0]) + text[len(match[0]) :]
    return text


def _spelled(phrase: str) -> str:
    """``twenty-one`` and ``six layers``; empty for anything else."""
    first, _, rest = phrase.replace("-", " ").partition(" ")
    if first not in _NUMBERS:
        return ""
    second, _, noun = rest.partition(" ")
    value = _NUMBERS[first]
    if first in _TENS and 0 < _NUMBERS.get(second, 0) < 10:
        value, rest = value + _NUMBERS[second], noun
    plain = all(part.isalpha() and part not in _MEANING for part in rest.split())
    return str(value) if plain and len(rest.split()) <= 3 else ""
