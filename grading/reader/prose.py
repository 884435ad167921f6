"""Words around an answer: ``The answer is 5``, ``5 (rounded)``, ``2x for all x``.

Everything removed is replaced by as many spaces, so that a fault is still shown at its column.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from partialcredit.grading.reader.dressing import kept, spaces

__all__ = ["without_prose"]

#: Words are looked for in short answers only, so that no text takes long.
_MOST = 400

_LEAD = re.compile(
    r"""^\s*(?:
    (?:so|thus|hence|therefore|finally|then)[,\s]+
  | (?:my|the|our|your)\s+(?=final|answer|result|solution|value)
  | (?:final\s+)?(?:answer|result|solution|value|ans)\s*(?:is|equals|:|=)\s*(?:\$\s*)?
  | (?:\\therefore|\\Rightarrow|\\implies|\\Longrightarrow|⇒|⟹|∴|=>|->|→)\s*
  | (?:we|i|this|it|which|one)\s+(?:get|have|obtain|gives|yields|is|equals|gets)s?\s+
  | (?:approximately|approx\.?|about|roughly|around|exactly|ca\.|circa|∼|~)\s*(?=[-+\d.\\√$(])
  | =
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMED = re.compile(
    r"""^\s*(?:no\.\s*of\s+[a-z]+\s*[:=](?!=)
    |(?:[A-Za-z](?=\s*:\s)|\#?\s?[A-Za-z]{2,}\d?|[A-Za-z]+(?:\s+[A-Za-z]{2,}){1,3})\s*:(?!=))""",
    re.VERBOSE,
)
_SECOND_FORM = re.compile(
    r"(?<=[\w)}])\s*\((\s*(?:=|≈|\\approx|i\.e\.,?)[^()]*(?:\([^()]*\)[^()]*)*)\)\s*$"
)
_REMARK = re.compile(
    r"(?<=\S)\s+\(([A-Za-z ,'-]{3,})\)\s*[.]?\s*$|(?<=\d)\s*\(([A-Za-z ,'-]{5,})\)\s*[.]?\s*$"
)
_DIGITS = re.compile(
    r"(?<=\S)\s+\((?:to\s+)?\d{1,2}\s*"
    r"(?:d\.?\s?p\.?|s\.?\s?f\.?|sig\.?\s?fig\w*\.?|decimals?(?:\s+places)?|digits|"
    r"significant\s+\w+)\)\s*$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"""[,\s]+(?:is\s+(?:the|my|our)\s+(?:final\s+)?(?:answer|result|solution)
    |(?:approximately|approx\.?|rounded|exactly|in\s+total|or\s+so)
    |for\s+(?:all|any|every|each|some)\s+[A-Za-z_]\w*(?:\s?,\s?[A-Za-z_]\w*){0,4}
     (?:\s?[<>=!]+\s?\d+)?)\s*[.]?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)


def without_prose(text: str, known: Callable[[str], bool]) -> str:
    """The text with spaces for the words around the answer; never longer or shorter.

    ``known`` says which words are names of the question or functions: they are never a remark.

    >>> without_prose("2x (chain rule)", lambda word: False)
    '2x             '
    """
    if len(text) > _MOST:
        return text
    text = _SECOND_FORM.sub(_second, text)
    for _ in range(3):
        text = _LEAD.sub(spaces, text)
    text = _NAMED.sub(spaces, text)
    text = _DIGITS.sub(spaces, _TAIL.sub(spaces, text))
    return _REMARK.sub(lambda match: _remark(match, known), text)


def _second(match: re.Match[str]) -> str:
    """``1.386 (= ln 4)`` is ``1.386 = ln 4``."""
    return kept(match, 1).replace("i.e.", "=   ", 1)


def _remark(match: re.Match[str], known: Callable[[str], bool]) -> str:
    """``(chain rule)`` goes, ``(alpha)`` stays."""
    words = re.findall(r"[A-Za-z]+", match[1] or match[2])
    strangers = [word for word in words if not known(word)]
    prose = strangers and max(map(len, strangers)) >= 4 and len(strangers) * 2 >= len(words)
    return " " * len(match[0]) if prose else match[0]
