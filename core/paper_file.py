"""The paper file: a paper as JSON, format 2; format 1 is read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, Field, fields
from types import NoneType
from typing import Any

from partialcredit.errors import InputError
from partialcredit.figures import figure_from_json, figure_to_json
from partialcredit.paper import Head, Paper, PaperPart, PaperProblem, Section
from partialcredit.plain import check_plain

__all__ = [
    "FORMAT", "as_data", "from_data", "problem_as_data", "problem_from_data", "read_data",
    "read_paper", "write_data", "write_paper",
]  # fmt: skip

FORMAT = 2

#: What the plain fields of a paper file hold; a file is a user's text like any other.
_TYPES: dict[str, type | tuple[type, ...]] = {
    "id": str, "name": str, "kind": str, "marks": int, "prompt": str, "count": int,
    "key": (str, NoneType), "solution": (str, NoneType), "options": tuple, "number": int,
    "title": str, "family": str, "version": int, "level": str, "seed": int, "parameters": dict,
    "statement": str, "course": str, "date": str, "minutes": (int, float, NoneType),
    "instructions": str, "allowed": str, "paper": str, "fields": tuple, "notation": str,
    "cover": bool, "policy": Mapping, "text": str, "new_page": bool, "space": (int, float),
    "student": str,
    "points": (int, float), "digits": int,
}  # fmt: skip

#: Parameters of format 1 -> their names since, but where epsilon is the share of the smoothing.
_RENAMED, _SMOOTHED = {"epsilon": "eta", "nu": "eps"}, ("losses/label_smoothing",)

_DIGITS = re.compile(r"\b([0-9]{1,2}) significant digit")

#: The most marks of one part, millimetres of room and points of type.
_MOST: dict[str, int] = {
    "marks": 1000,
    "space": 2000,
    "points": 40,
    "minutes": 10_000,
    "digits": 30,
}


def write_paper(paper: Paper) -> str:
    """The paper file; a public paper's holds nothing that leads to its keys."""
    return write_data({"format": FORMAT, **as_data(paper)})


def read_paper(text: str) -> Paper:
    """Read a paper file; raises InputError when it is broken or foreign."""
    data = read_data(text)
    if "papers" in data:
        raise InputError("this is the exam of a class, not one paper; name its folder instead")
    return from_data(data)


def write_data(data: Mapping[str, Any]) -> str:
    """JSON as paper files are written."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read_data(text: str) -> dict[str, Any]:
    """What a paper file holds, of one of the formats that are known; raises InputError."""
    try:
        data = json.loads(text)
    except RecursionError:
        raise InputError("the paper file is not one: its data are nested too deeply") from None
    except ValueError as error:
        raise InputError(f"the paper file is not JSON: {error}") from None
    if not isinstance(data, dict) or data.get("format") not in (1, FORMAT):
        found = data.get("format") if isinstance(data, dict) else type(data).__name__
        raise InputError(
            f'a paper file has "format": {FORMAT}, this one has {found!r:.40}; '
            "write one with 'partialcredit generate -o paper.json'"
        )
    return data


def as_data(paper: Paper) -> dict[str, Any]:
    """A paper as plain data: fields that say nothing are left out."""
    policy = {"policy": dict(paper.head.policy)} if paper.head.policy else {}
    return {
        **_told(paper.head, but=("policy",)),
        **policy,
        **_told(paper, but=("head", "problems")),
        "problems": [problem_as_data(problem) for problem in paper.problems],
    }


def problem_as_data(problem: PaperProblem) -> dict[str, Any]:
    """One problem as it stands in a paper file."""
    section = {"section": _told(problem.section)} if problem.section else {}
    return {
        **_told(problem, but=("section", "parts", "figures")),
        **section,
        "parts": [_told(part) for part in problem.parts],
        "figures": [figure_to_json(figure) for figure in problem.figures],
    }


def _told(item: Any, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of a dataclass that are not as they are by default."""
    told = {}
    for each in fields(item):
        value = getattr(item, each.name)
        if each.name not in but and value != _default(each):
            told[each.name] = value
    return told


def _default(each: Field[Any]) -> Any:
    if each.default_factory is not MISSING:
        return each.default_factory()
    return None if each.default is MISSING else each.default


def from_data(data: Mapping[str, Any]) -> Paper:
    """The inverse of :func:`as_data`; raises InputError."""
    with _damage("paper file"):
        return _decode(_newer(data) if data.get("format") == 1 else data)


def problem_from_data(data: Mapping[str, Any]) -> PaperProblem:
    """The inverse of :func:`problem_as_data`; raises InputError."""
    with _damage("problem"):
        return _decode_problem(data)


@contextmanager
def _damage(what: str) -> Iterator[None]:
    """Say of data that do not fit that they are damaged."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise InputError(f"the {what} is damaged ({error!r:.200}); generate it again") from None


def _newer(data: Mapping[str, Any]) -> dict[str, Any]:
    """A paper of format 1, whose prompts alone say how many digits are asked for."""
    problems = [
        {
            **problem,
            "parts": [_with_digits(part) for part in problem["parts"]],
            "parameters": _renamed(problem["parameters"], problem["family"]),
        }
        for problem in data["problems"]
    ]
    return {**data, "problems": problems}


def _renamed(parameters: Mapping[str, Any], family: str) -> dict[str, Any]:
    """With the learning rate and the stabiliser under the names that they have today."""
    names = {} if family in _SMOOTHED else _RENAMED
    return {names.get(name, name): value for name, value in parameters.items()}


def _with_digits(part: Mapping[str, Any]) -> dict[str, Any]:
    said = _DIGITS.search(_text(part["prompt"]))
    return {**part, "digits": int(said[1])} if said else dict(part)


def _decode(data: Mapping[str, Any]) -> Paper:
    head = _checked(Head, data)
    if "fields" in head:
        head["fields"] = tuple(map(_text, head["fields"]))
    if "policy" in head:
        check_plain(head["policy"])
    problems = tuple(map(_decode_problem, data["problems"]))
    rest = _checked(Paper, {name: value for name, value in data.items() if name != "problems"})
    return Paper(head=Head(**head), problems=problems, **rest)


def _decode_problem(data: Mapping[str, Any]) -> PaperProblem:
    parts = tuple(map(_decode_part, data["parts"]))
    figures = tuple(map(figure_from_json, data.get("figures", ())))
    section = data.get("section")
    plain = _checked(
        PaperProblem,
        {name: v for name, v in data.items() if name not in ("parts", "figures", "section")},
    )
    check_plain(plain.get("parameters"))
    return PaperProblem(
        **plain,
        parts=parts,
        figures=figures,
        section=Section(**_checked(Section, section)) if section is not None else None,
    )


def _decode_part(data: Mapping[str, Any]) -> PaperPart:
    options = tuple(map(_text, data.get("options", ())))
    given = {"key": None, "solution": None, **_checked(PaperPart, data), "options": options}
    return PaperPart(**given)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"a text is {value!r:.40}")
    return value


def _checked(made: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a dataclass among some data; raises ValueError for one of another type.

    Fields that a later version writes are left out: they say nothing that is needed here.
    """
    known: dict[str, Any] = {
        each.name: data[each.name] for each in fields(made) if each.name in data
    }
    for name, value in known.items():
        if isinstance(value, list):
            known[name] = value = tuple(value)
        wanted = _TYPES[name]
        if not isinstance(value, wanted) or (wanted is not bool and isinstance(value, bool)):
            raise ValueError(f"{name}: {value!r:.40}")
        if name in _MOST and value is not None and not 0 <= known[name] <= _MOST[name]:
            raise ValueError(f"{name}: {value!r:.40}")
    return known
