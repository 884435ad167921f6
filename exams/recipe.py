"""A recipe: what the papers of an exam hold, as a lecturer writes it down in YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from partialcredit.draw import Level
from partialcredit.exams.recipe_schema import check, form_of
from partialcredit.exams.recipe_text import Located, Path, located
from partialcredit.paper import Head, Section

__all__ = ["Question", "Recipe", "read_recipe"]


@dataclass(frozen=True, slots=True)
class Question:
    """One entry of the list of questions, with what stands before it.

    A question of several ``families`` is one of them, chosen for each paper; with a ``topic`` it
    stands for ``count`` questions of different ones, the same for the whole class, until
    :func:`~partialcredit.exams.questions.resolve` has chosen them. ``own`` is a question that the
    recipe brings along, as plain data. ``space`` are millimetres, ``line`` is where it stands.

    ``identity`` tells a resolved question from the others of its recipe, whatever their order, so
    that its seed stays when others are edited.
    """

    families: tuple[str, ...] = ()
    level: Level = "medium"
    topic: str = ""
    count: int = 1
    parts: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    own: Mapping[str, Any] | None = None
    seed: int | None = None
    marks: int | None = None
    title: str = ""
    space: float = 0.0
    section: Section | None = None
    new_page: bool = False
    line: str = ""
    identity: str = ""

    @property
    def fixed(self) -> bool:
        """Whether it is the same for everyone."""
        return self.own is not None or self.seed is not None or bool(self.parameters)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe as it was read, and its own ``text``."""

    head: Head
    questions: tuple[Question, ...]
    text: str


def read_recipe(text: str, place: str) -> Recipe:
    """Read a recipe; ``place`` is its name in sentences.

    Raises InputError, with the line, for what no recipe holds.
    """
    recipe = located(text, place)
    check(recipe)
    return Recipe(_head(recipe.data), tuple(_questions(recipe)), text)


def _head(data: Mapping[str, Any]) -> Head:
    given = {name: _plain(value) for name, value in data.items() if name != "questions"}
    for name in ("title", "course", "date", "instructions", "allowed"):
        if name in given:
            given[name] = str(given[name]).strip()
    if "fields" in given:
        given["fields"] = tuple(map(str, given["fields"]))
    return Head(**given)


def _plain(value: Any) -> Any:
    """JSON data: a decimal as the float that is written alike."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return list(map(_plain, value)) if isinstance(value, list) else value


def _questions(recipe: Located) -> list[Question]:
    """The questions, each with the section and the page break that stand before it."""
    found: list[Question] = []
    section, new_page = None, False
    path: Path = ()
    for place, data in enumerate(recipe.data["questions"]):
        path = ("questions", place)
        match form_of(recipe, path, data):
            case "section":
                if section is not None:
                    raise recipe.error(path, f"section {section.title!r} has no question")
                section = Section(str(data["section"]), str(data.get("text", "")).strip())
            case "page":
                new_page = True
            case form:
                found.append(_question(recipe, path, form, data, section, new_page))
                section, new_page = None, False
    if section is not None or new_page:
        what = f"section {section.title!r}" if section else "the page break"
        raise recipe.error(path, f"{what} stands at the end; put a question after it")
    return found


def _question(
    recipe: Located, path: Path, form: str, data: Mapping[str, Any],
    section: Section | None, new_page: bool,
) -> Question:  # fmt: skip
    common: dict[str, Any] = {
        "line": f"{recipe.place}, line {recipe.lines[path]}",
        "marks": data.get("marks"),
        "title": str(data.get("title", "")).strip(),
        "space": _millimetres(data.get("space")),
        "section": section,
        "new_page": new_page,
    }
    if form in ("own", "text"):
        return Question(own=_own(recipe, path, data), **common)
    return Question(
        families=tuple(data.get("pick", [data.get("family")])),
        level=data.get("level", "medium"),
        topic=data.get("topic", ""),
        count=data.get("count", 1),
        parts=tuple(data.get("parts", ())),
        parameters=data.get("parameters", {}),
        seed=data.get("seed"),
        **common,
    )


#: How many millimetres a unit is.
_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4}


def _millimetres(written: str | None) -> float:
    return float(written[:-2]) * _UNITS[written[-2:]] if written else 0.0


def _own(recipe: Located, path: Path, data: Mapping[str, Any]) -> Mapping[str, Any]:
    raise NotImplementedError
