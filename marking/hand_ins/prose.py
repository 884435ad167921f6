"""The answers in a long text: what a model or a student says at its end, in several forms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

__all__ = ["extract"]

#: Characters at the end of a text that are read.
LONGEST = 100_000

_THOUGHT = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_THINKS = re.compile(r"<think(?:ing)?>", re.IGNORECASE)
_ANSWER = re.compile(r"<answer>(.*?)</answer>", re.IGNORECASE | re.DOTALL)

#: ``(a)``, ``**(a)**``, ``a)``, ``- a:``, ``Part (a):``, ``## Answer 1a:`` at the start of a line
#: or after a semicolon.
_LABEL = re.compile(
    r"(?:^|;)[ \t>#*_+-]{0,12}(?:(?:part|answer|final answer|question)[ \t]{1,3}){0,2}"
    r"[*_]{0,2}(?P<open>[(\[]?)[0-9]{0,3}[.]?(?P<label>[a-z])"
    r"(?:[)\]][*_]{0,2}[:.]?|[*_]{0,2}[:.)]|[*_]{0,2}[ \t]?=)[*_]{0,2}",
    re.IGNORECASE | re.MULTILINE,
)
_KEY = re.compile(r"(?:(?:part|answer)[\s_]*)?\(?[0-9]{0,3}\.?([a-z])\)?", re.IGNORECASE)
_OBJECT = re.compile(r'\{\s*"')
_COMMAND = re.compile(r"(?<!\\)\\(?=[A-Za-z]{2}|[{}|;!,()\[\]])")
_BOX = re.compile(r"\\(?:boxed|fbox)\s*\{")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_SAID = re.compile(
    r"(?:answer|result|solution)\*{0,2}[ \t]{0,3}(?:is|are|:|=)\*{0,2}[ \t:]{0,3}([^\n]{1,400})",
    re.IGNORECASE,
)
_FORMULA = re.compile(
    r"\$\$(.{1,400}?)\$\$|\$([^$\n]{1,400})\$|\\\((.{1,400}?)\\\)|\\\[(.{1,400}?)\\\]", re.DOTALL
)
_FULL_STOP = re.compile(r"(?<=\S\S)\.\s|\s(?:because|since|as)\s")

#: Characters of a line that may be an answer without more ado.
_SHORT = 60

#: JSON objects that are tried, from the last.
_TRIED = 20


def extract(text: str, labels: Sequence[str] = ("a",)) -> dict[str, str]:
    r"""The final answer to each part, by its label; parts without one are left out.

    What follows the last ``</think>`` counts, or the last ``<answer>``; in it, in this order: a
    JSON object by part, a line or paragraph for each part, ``\boxed{}`` in the order of the parts,
    and for one part alone "the answer is" and the last formula. Of several answers to a part the
    last one counts, never the best.

    >>> extract(r"So **(a)** $x = \boxed{\frac{1}{2}}$" "\n(b) The answer is 7.", ["a", "b"])
    {'a': '\\frac{1}{2}', 'b': '7'}
    """
    said = _narrowed(text[-LONGEST:])
    for read in (_by_json, _by_label, _by_boxes):
        if found := read(said, labels):
            return {label: found[label] for label in labels if label in found}
    last = _last(said) if len(labels) == 1 else ""
    return {labels[0]: last} if last else {}


def _narrowed(text: str) -> str:
    """What is said after thinking; nothing while a model still thinks."""
    *_, said = _THOUGHT.split(text)
    if _THINKS.search(said):
        return ""
    answers = _ANSWER.findall(said)
    return answers[-1] if answers else said


def _by_json(text: str, labels: Sequence[str]) -> dict[str, str]:
    places = [match.start() for match in _OBJECT.finditer(text)]
    for place in reversed(places[-_TRIED:]):
        try:
            read, _ = json.JSONDecoder(strict=False).raw_decode(_COMMAND.sub(r"\\\\", text[place:]))
        except (ValueError, RecursionError):
            continue
        pairs = ((_KEY.fullmatch(key.strip()), value) for key, value in read.items())
        found = {match[1].lower(): _plain(value) for match, value in pairs if match}
        if found.keys() & set(labels):
            return {label: value for label, value in found.items() if value}
    return {}


def _plain(value: object) -> str:
    return value.strip() if isinstance(value, str) else json.dumps(value)


def _by_label(text: str, labels: Sequence[str]) -> dict[str, str]:
    marks = [m for m in _LABEL.finditer(text) if m["label"].lower() in labels]
    if len(labels) == 1 and not any(mark["open"] for mark in marks):
        return {}  # "a = 3" may well be a quantity called a
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    found = {}
    for mark, end in zip(marks, ends, strict=False):
        if answer := _of_part(text[mark.end() : end]):
            found[mark["label"].lower()] = answer
    return found


def _of_part(text: str) -> str:
    """The answer of a part's passage: a short first line, or what it ends with."""
    line = text.partition("\n")[0].strip()
    alone = 0 < len(line) <= _SHORT and line[-1] not in ".:"
    return _last(line if alone and not _BOX.search(text) else text)


def _by_boxes(text: str, labels: Sequence[str]) -> dict[str, str]:
    boxes = list(_boxes(text))
    if len(labels) == 1 and boxes:
        return {labels[0]: boxes[-1]}
    return dict(zip(labels, boxes, strict=True)) if len(boxes) == len(labels) else {}


def _boxes(text: str) -> Iterator[str]:
    r"""The contents of every ``\boxed{}`` whose braces are balanced."""
    for match in _BOX.finditer(text):
        depth = 1
        for brace in _BRACE.finditer(text, match.end(), match.end() + 2000):
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            if not depth:
                yield text[match.end() : brace.start()].strip()
                break


def _last(text: str) -> str:
    """The answer that a passage ends with."""
    if boxes := list(_boxes(text)):
        return boxes[-1]
    if said := _SAID.findall(text):
        return _bare(said[-1])
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) == 1 and len(lines[0]) <= _SHORT and not _FORMULA.search(lines[0]):
        return _bare(lines[0])
    if formulas := _FORMULA.findall(text):
        return str(next(filter(None, formulas[-1]))).strip()
    return _bare(lines[-1]) if lines and len(lines[-1]) <= 200 else ""


def _bare(text: str) -> str:
    """A line without the marks of emphasis around it and the full stop behind it."""
    sentence = _FULL_STOP.split(text.strip(), maxsplit=1)[0]
    return sentence.strip("*_`").removesuffix(".").strip().strip("*_`").strip()
