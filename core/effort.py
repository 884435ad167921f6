"""How long a question takes, counted in its worked solution.

Steps are the operations that the solution writes out, digits those of the numbers it computes
with, entries those of the answer; what has to be read counts, too. The seconds for each are
calibrated to estimates of a person with a calculator: 3 to 5 minutes for an easy problem, 6 to 10
for a medium one, up to 35 for the longest. A measure for comparing: no student is average.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from partialcredit.paper import PaperPart

__all__ = ["minutes", "part_minutes"]

#: Seconds for a part as such, one step, one digit, one entry of the answer, one word to read, and
#: one word of an answer in words.
_PART, _STEP, _DIGIT, _ENTRY, _WORD, _WRITTEN = 20, 5, 1.5, 6, 0.5, 3

_MATHS = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ENTRIES = re.compile(r"[^\s,;x\[\](){}]+")

#: What is computed: signs and functions; a minus that begins a number or an entry is its sign.
_OPERATION = re.compile(
    r"[+^/]|(?<![{(,&$])\s-\s?"
    r"|\\(?:cdot|times|frac|sqrt|odot|exp|ln|log|sum|sigma|tanh|lfloor|top|max|prod|int)\b"
)

#: Answers that are one thing to find, however long they are in writing.
_WHOLE = ("expression", "relation", "text")


def minutes(statement: str, parts: Iterable[PaperPart]) -> float:
    """Estimated minutes for a whole question."""
    return _WORD * len(statement.split()) / 60 + sum(map(part_minutes, parts))


def part_minutes(part: PaperPart) -> float:
    """Estimated minutes for one part, from its prompt, its key and its worked solution."""
    solution, key = part.solution or "", part.key or ""
    maths = " ".join(display or inline for display, inline in _MATHS.findall(solution))
    words = sum(len(text.split()) for text in (part.prompt, *part.options))
    seconds = (
        _PART
        + _STEP * len(_OPERATION.findall(maths))
        + _DIGIT * sum(map(_digits, _NUMBER.findall(solution)))
        + _ENTRY * (1 if part.kind in _WHOLE else len(_ENTRIES.findall(key)))
        + _WORD * words
    )
    if part.kind == "text":
        seconds += _WRITTEN * len(solution.split())
    return seconds / 60


def _digits(number: str) -> int:
    """The significant digits of a number as written, at least one."""
    return len(number.replace(".", "").lstrip("0")) or 1
