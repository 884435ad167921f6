"""A paper: problems in print order, as text that every writer can print, and its JSON file."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from types import NoneType
from typing import Any

from partialcredit.errors import InputError
from partialcredit.figures import Figure, figure_from_json, figure_to_json

__all__ = ["FORMAT", "Paper", "PaperPart", "PaperProblem"]

FORMAT = 1

#: What the plain fields of a paper file hold; a file is a user's text like any other.
_TYPES: dict[str, type | tuple[type, ...]] = {
    "id": str, "name": str, "kind": str, "marks": int, "prompt": str, "count": int,
    "key": (str, NoneType), "solution": (str, NoneType), "options": tuple, "number": int,
    "title": str, "family": str, "version": int, "level": str, "seed": int, "parameters": dict,
    "statement": str,
}  # fmt: skip

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
    """A whole paper; ``level`` is the level asked for."""

    title: str
    seed: int
    level: str
    problems: tuple[PaperProblem, ...]

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
        except ValueError as error:
            raise InputError(f"the paper file is not JSON: {error}") from None
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            found = data.get("format") if isinstance(data, dict) else type(data).__name__
            raise InputError(
                f'a paper file has "format": {FORMAT}, this one has {found!r}; '
                "write one with 'partialcredit generate -o paper.json'"
            )
        try:
            return _decode(data)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(
                f"the paper file is damaged ({error!r}); generate it again from its seed"
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
    return {**head, "problems": problems}


def _decode(data: dict[str, Any]) -> Paper:
    problems = []
    for fields in data["problems"]:
        parts = tuple(_decode_part(part) for part in fields["parts"])
        figures = tuple(figure_from_json(figure) for figure in fields.get("figures", ()))
        problems.append(PaperProblem(**{**_checked(fields), "parts": parts, "figures": figures}))
    head = _checked({name: data[name] for name in ("title", "seed", "level")})
    return Paper(**head, problems=tuple(problems))


def _decode_part(fields: dict[str, Any]) -> PaperPart:
    options = tuple(fields.get("options", ()))
    if not all(isinstance(option, str) for option in options):
        raise ValueError(f"options: {options!r:.40}")
    return PaperPart(**_checked({"key": None, "solution": None, **fields, "options": options}))


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    """The same fields; raises ValueError for one of another type."""
    for name, value in fields.items():
        if not isinstance(value, _TYPES.get(name, object)):
            raise ValueError(f"{name}: {value!r:.40}")
    return fields
