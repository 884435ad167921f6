"""A paper: problems in print order, as text that every writer can print, and its JSON file."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from types import NoneType
from typing import Any

from partialcredit.errors import InputError
from partialcredit.figures import Figure, figure_from_json, figure_to_json
from partialcredit.plain import check_plain

__all__ = ["FORMAT", "Paper", "PaperPart", "PaperProblem"]

FORMAT = 1

#: What the plain fields of a paper file hold; a file is a user's text like any other.
_TYPES: dict[str, type | tuple[type, ...]] = {
    "id": str, "name": str, "kind": str, "marks": int, "prompt": str, "count": int,
    "key": (str, NoneType), "solution": (str, NoneType), "options": tuple, "number": int,
    "title": str, "family": str, "version": int, "level": str, "seed": int, "parameters": dict,
    "statement": str,
}  # fmt: skip

#: The most marks of one part.
MOST_MARKS = 1000

_FIGURE = re.compile(r"\]\(figure:(\d+)\)")


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One part: ``prompt`` and ``solution`` are Markdown with TeX maths, ``key`` is plain text.

    ``options`` are the texts of a choice; ``count`` is how many statements a true/false part has.
    """

    id: str
    name: str
    kind: str
    marks: int
    prompt: str
    key: str | None
    solution: str | None
    options: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class PaperProblem:
    """One problem, printed under its number; ``parameters`` is plain JSON data."""

    number: int
    title: str
    family: str
    version: int
    level: str
    seed: int
    parameters: dict[str, Any]
    statement: str
    parts: tuple[PaperPart, ...]
    figures: tuple[Figure, ...] = ()

    @property
    def marks(self) -> int:
        """All marks of the problem."""
        return sum(part.marks for part in self.parts)

    @property
    def shown(self) -> int:
        """How many of the figures the questions need; those of the solutions come after them."""
        texts = [self.statement, *(t for part in self.parts for t in (part.prompt, *part.options))]
        numbers = [int(n) for text in texts for n in _FIGURE.findall(text)]
        return max(numbers, default=-1) + 1


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; ``level`` is the level asked for, ``id`` tells it from others in print."""

    title: str
    seed: int
    level: str
    problems: tuple[PaperProblem, ...]
    id: str = ""

    @property
    def marks(self) -> int:
        """All marks of the paper."""
        return sum(problem.marks for problem in self.problems)

    def public(self) -> Paper:
        """The same paper without keys and solutions, to hand out as a file."""
        return replace(
            self,
            problems=tuple(
                replace(
                    problem,
                    parts=tuple(replace(part, key=None, solution=None) for part in problem.parts),
                    figures=problem.figures[: problem.shown],
                )
                for problem in self.problems
            ),
        )

    def to_json(self) -> str:
        """The paper file, format 1; keys and solutions are absent from a public one."""
        return json.dumps(_encode(self), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Paper:
        """Read a paper file; raises InputError when it is broken or foreign."""
        try:
            data = json.loads(text)
        except RecursionError:
            raise InputError("the paper file is not one: its data are nested too deeply") from None
        except ValueError as error:
            raise InputError(f"the paper file is not JSON: {error}") from None
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            found = data.get("format") if isinstance(data, dict) else type(data).__name__
            raise InputError(
                f'a paper file has "format": {FORMAT}, this one has {found!r:.40}; '
                "write one with 'partialcredit generate -o paper.json'"
            )
        try:
            return _decode(data)
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise InputError(
                f"the paper file is damaged ({error!r:.200}); generate it again from its seed"
            ) from None


def _encode(paper: Paper) -> dict[str, Any]:
    problems = []
    for problem in paper.problems:
        data = {name: getattr(problem, name) for name in PaperProblem.__slots__}
        data["parts"] = [
            {k: v for k, v in asdict(part).items() if v is not None and v != ()}
            for part in problem.parts
        ]
        data["figures"] = [figure_to_json(figure) for figure in problem.figures]
        problems.append(data)
    head = {"format": FORMAT, "title": paper.title, "seed": paper.seed, "level": paper.level}
    known = {"id": paper.id} if paper.id else {}
    return {**head, **known, "problems": problems}


def _decode(data: dict[str, Any]) -> Paper:
    problems = []
    for fields in data["problems"]:
        parts = tuple(_decode_part(part) for part in fields["parts"])
        figures = tuple(figure_from_json(figure) for figure in fields.get("figures", ()))
        checked = _checked(PaperProblem, fields)
        check_plain(checked["parameters"])
        problems.append(PaperProblem(**{**checked, "parts": parts, "figures": figures}))
    head = _checked(Paper, {name: data[name] for name in ("title", "seed", "level")})
    return Paper(**head, problems=tuple(problems), id=_text(data.get("id", "")))


def _decode_part(fields: dict[str, Any]) -> PaperPart:
    options = tuple(map(_text, fields.get("options", ())))
    given = {"key": None, "solution": None, **fields, "options": options}
    part = PaperPart(**_checked(PaperPart, given))
    if not 0 <= part.marks <= MOST_MARKS:
        raise ValueError(f"marks: {part.marks!r:.40}")
    return part


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"a text is {value!r:.40}")
    return value


def _checked(made: type, fields: dict[str, Any]) -> dict[str, Any]:
    """The same fields; raises ValueError for one of another type.

    Fields that a later version writes are left out: they say nothing that is needed here.
    """
    known = {name: value for name, value in fields.items() if name in made.__slots__}  # type: ignore[attr-defined]
    for name, value in known.items():
        wanted = _TYPES.get(name, object)
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise ValueError(f"{name}: {value!r:.40}")
    return known
