"""The marks of a class as ``grade --json`` prints them, read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, get_args

from partialcredit.errors import InputError
from partialcredit.marking.marks import PartMark, Result, Verdict, plain
from partialcredit.paper import Paper

__all__ = ["read_marks"]

#: The most marks of a part, and students of a class.
_MOST, _STUDENTS = 1000, 20_000

#: Entries of an array that share a mark, and the like.
_SIMPLE = 12

_TEXTS = ("id", "verdict", "answer", "understood", "evidence", "mistake", "feedback")


def read_marks(text: str, papers: Mapping[str, Paper], place: str) -> list[Result]:
    """Everyone's result; ``papers`` are the papers that were marked, by id.

    Raises InputError, naming ``place``, for a text that is something else, and for marks of
    another paper.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise _foreign(place, "it is no JSON") from None
    if not isinstance(data, list) or not all(isinstance(record, dict) for record in data):
        raise _foreign(place, "it holds no list of students")
    if not data:
        raise InputError(f"{place} holds the marks of nobody")
    if len(data) > _STUDENTS:
        raise InputError(f"{place} holds {len(data)} students; {_STUDENTS} is the most")
    results = [_result(record, papers, place) for record in data]
    if len({result.student for result in results}) < len(results):
        raise InputError(f"{place} holds a student twice; mark the class again")
    return results


def _foreign(place: str, why: str) -> InputError:
    return InputError(
        f"{place} holds no marks: {why}; write them with 'partialcredit grade ... -o marks.json'"
    )


def _result(record: Mapping[str, Any], papers: Mapping[str, Paper], place: str) -> Result:
    try:
        student, paper, parts = record["student"], record["paper"], record["parts"]
        if not (isinstance(student, str) and isinstance(paper, str) and isinstance(parts, list)):
            raise TypeError
        marks = tuple(map(_mark, parts))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _foreign(place, "a student's record is damaged") from None
    if paper not in papers:
        known = ", ".join(list(papers)[:3]) + (", ..." if len(papers) > 3 else "")
        raise InputError(f"{place} has marks of the paper {paper[:40]!r}, this is {known}")
    asked = {part.id for problem in papers[paper].problems for part in problem.parts}
    ids = [mark.id for mark in marks]
    strange = [name for name in ids if name not in asked]
    if strange:
        raise InputError(f"{place} has marks for {strange[0][:40]!r}, which the paper does not ask")
    if len(set(ids)) < len(ids):
        raise _foreign(place, "a student has two marks for one part")
    return Result(student, marks, paper)


def _mark(data: Mapping[str, Any]) -> PartMark:
    texts = {name: data[name] for name in _TEXTS}
    if not all(isinstance(value, str) for value in texts.values()):
        raise TypeError
    if texts["verdict"] not in get_args(Verdict):
        raise ValueError
    out_of, marks, followed = data["out_of"], data["marks"], data["followed"]
    numbers = type(out_of) is int and type(marks) in (int, float) and isinstance(followed, bool)
    if not (numbers and 0 <= marks <= out_of <= _MOST):
        raise ValueError
    return PartMark(**texts, marks=_exact(marks), out_of=out_of, followed=followed)


def _exact(marks: float) -> Fraction:
    """The mark behind its two decimals: 0.33 was a third, and three of them are 1."""
    simple = Fraction(marks).limit_denominator(_SIMPLE)
    return simple if plain(simple) == marks else Fraction(marks).limit_denominator(100)
