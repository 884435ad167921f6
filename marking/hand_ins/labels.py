"""What a field is called, and what it therefore is: a part's answer, a student, a paper's id."""

from __future__ import annotations

import re
from collections.abc import Iterable

from partialcredit.tables.students import plain_name

__all__ = ["Labels", "is_paper"]

#: ``1a``, ``Question 1 a``, ``Answer 1 (b):``, ``1b [number]``.
_LABEL = re.compile(
    r"(?:(?:question|quest|q|answer|ans|part|problem|exercise|task|response)[\s.:#]*)*"
    r"(?P<number>[0-9]{1,4})[\s.:)\-_]*(?:part\s*)?"
    r"(?:\(?\s*(?P<letter>[a-z]{1,2})\s*\)?)?\s*[.:]?(?:\s*[\[(][^\])]*[\])])?",
    re.IGNORECASE,
)

#: Characters of a label, with room for what a form adds.
_LONGEST = 60


def is_paper(name: str) -> bool:
    """Whether a field holds a paper's id."""
    return plain_name(name) in ("paper", "paperid", "version")


class Labels:
    """The labels of a paper's parts in all their spellings."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known = list(known)
        parts = set(self.known)
        self._single = {
            number: ids[0] for number, ids in _by_number(self.known).items() if len(ids) == 1
        }
        self._parts = parts

    def read(self, name: str) -> str | None:
        """The label that a field's name spells, whether or not the paper has it."""
        if name in self._parts:
            return name
        short = name.strip().strip("*_`# ").strip()
        match = _LABEL.fullmatch(short) if len(short) <= _LONGEST else None
        if match is None:
            return None
        number = match["number"].lstrip("0") or "0"
        if match["letter"] is None:
            return self._single.get(number, number)
        return f"{number}{match['letter'].lower()}"

    def __contains__(self, label: str) -> bool:
        return label in self._parts

    def __str__(self) -> str:
        known = self.known
        return ", ".join(known) if len(known) <= 8 else f"{', '.join(known[:3])}, ..., {known[-1]}"


def _by_number(known: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for label in known:
        number = re.match(r"[0-9]*", label)
        found.setdefault(number[0] if number else "", []).append(label)
    return found
