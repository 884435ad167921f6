"""The generated paper, filled in: every line that begins with ``Answer 1a:``, however marked up."""

from __future__ import annotations

import re

from partialcredit.errors import InputError
from partialcredit.marking.hand_ins.sheets import Sheet
from partialcredit.tables.text import decoded

__all__ = ["read", "sheet_of"]

#: ``**Answer 1a:**``, ``**Answer 1b**:``, ``- Answer 1 c:``, ``__answer 2A__ :`` ...
_ANSWER = re.compile(
    r"^[ \t>]{0,20}(?:[-*+][ \t]{1,4})?[*_`#]{0,6}[ \t]?Answer[ \t]{1,4}(?:to[ \t])?\(?"
    r"(?P<label>[0-9]{1,4}[ \t.]{0,4}\(?[a-z]{0,2}\)?)\)?[ \t]{0,4}[*_`]{0,4}[ \t]{0,4}[:：=][ \t]?"
    r"[*_`]{0,4}",
    re.IGNORECASE | re.MULTILINE,
)
_END = re.compile(r"^(?:[ \t>]*\*\*\(?[a-z]+\)?|#{1,6} |---)", re.MULTILINE)
_HEAD = re.compile(
    r"^[^\w\n]{0,10}(?P<name>student id|student number|student|name|paper id|paper|e-?mail)"
    r"[^\w\n]{0,6}[:：][^\w\n]{0,6}(?P<text>\w.{0,200})$",
    re.IGNORECASE | re.MULTILINE,
)
#: Characters before the first question in which a student's name is looked for.
_LONGEST_HEAD = 5000

#: As the line under the title says it.
_PAPER = re.compile(r"\bPaper ([0-9A-Z]{8})\b")


def read(content: bytes, place: str) -> list[Sheet]:
    """The answers typed into a Markdown paper."""
    return [sheet_of(decoded(content, place), place)]


def sheet_of(text: str, place: str) -> Sheet:
    """The answers in the text of a paper; raises InputError when it has no line for one."""
    found = list(_ANSWER.finditer(text))
    if not found:
        raise InputError(f"{place} has no '**Answer 1a:**' line; is it a generated paper?")
    head = text[: min(found[0].start(), _LONGEST_HEAD)]
    before_questions = head.partition("\n## ")[0]
    printed = _PAPER.search(before_questions)
    sheet = Sheet(place, {"paper": printed[1]} if printed else {})
    for match in _HEAD.finditer(before_questions):
        sheet.fields[match["name"]] = match["text"].strip(" *_")
    for here, following in zip(found, [*found[1:], None], strict=True):
        body = text[here.end() : following.start() if following else len(text)]
        end = _END.search(body)
        answer = body[: end.start() if end else None].strip().strip("_").strip()
        label = re.sub(r"[\s.()]", "", here["label"]).lower()
        if label in sheet.fields:
            sheet.doubled.append(label)
        sheet.fields[label] = answer
    return sheet
