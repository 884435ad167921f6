"""A paper: its head and its problems in print order, as text that every writer can print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from partialcredit.figures import Figure

__all__ = ["OWN", "Head", "Paper", "PaperPart", "PaperProblem", "Section"]

#: The family of a question that a recipe brings along; its parameters are the question itself.
OWN = "own"

#: Type sizes in points.
NORMAL, LARGE = 10.5, 14.0

_FIGURE = re.compile(r"\]\(figure:(\d+)\)")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands before the first question of a section; ``text`` is Markdown with TeX maths."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What a recipe says of the whole paper.

    ``minutes`` is the time for it, ``paper`` the size of its pages (``a4`` or ``letter``),
    ``fields`` what a student fills in on the first page; ``instructions`` are Markdown with TeX
    maths. ``policy`` says how it is marked, by the names of :class:`partialcredit.marking.policy`.
    """

    title: str = ""
    course: str = ""
    date: str = ""
    minutes: int | None = None
    instructions: str = ""
    allowed: str = ""
    paper: str = "a4"
    fields: tuple[str, ...] = ("Name", "Student number")
    notation: str = "common"
    cover: bool = False
    policy: Mapping[str, Any] = field(default_factory=dict)


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
    """One problem, printed under its number; ``parameters`` is plain JSON data.

    ``space`` are millimetres of room for working, ``minutes`` an estimate of the time it takes.
    ``section`` and ``new_page`` say what comes before it. A public problem has no family.
    """

    number: int
    title: str
    statement: str
    parts: tuple[PaperPart, ...]
    figures: tuple[Figure, ...] = ()
    family: str = ""
    version: int = 0
    level: str = ""
    seed: int = 0
    parameters: dict[str, Any] = field(default_factory=dict)
    section: Section | None = None
    new_page: bool = False
    space: float = 0.0
    minutes: float = 0.0

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

    def public(self) -> PaperProblem:
        """The problem without anything from which its keys can be computed but its own text."""
        parts = tuple(replace(part, key=None, solution=None) for part in self.parts)
        return replace(
            self, family="", version=0, level="", seed=0, parameters={}, parts=parts,
            figures=self.figures[: self.shown],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper.

    ``id`` tells it from others in print. ``student`` and ``name`` say for whom it is printed, and
    ``points`` in which size of type. ``level`` is the level asked for, where there is one; neither
    it nor ``seed`` is ever printed, because the two lead to the key.
    """

    head: Head
    problems: tuple[PaperProblem, ...]
    id: str = ""
    student: str = ""
    name: str = ""
    points: float = NORMAL
    seed: int = 0
    level: str = ""

    @property
    def title(self) -> str:
        """The paper's heading."""
        return self.head.title

    @property
    def marks(self) -> int:
        """All marks of the paper."""
        return sum(problem.marks for problem in self.problems)

    def public(self) -> Paper:
        """The same paper to hand out as a file: what a key can be computed from is gone."""
        problems = tuple(problem.public() for problem in self.problems)
        return replace(self, problems=problems, seed=0, level="")
