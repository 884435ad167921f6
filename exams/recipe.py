"""A recipe: what the papers of an exam hold, as a lecturer writes it down in YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from partialcredit.exams.question import Question
from partialcredit.exams.recipe_families import from_families
from partialcredit.exams.recipe_own import from_own
from partialcredit.exams.recipe_schema import check, form_of
from partialcredit.exams.recipe_text import Located, Path, located
from partialcredit.exams.recipe_texts import printable
from partialcredit.paper import Head, Section

__all__ = ["Question", "Recipe", "read_recipe"]


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
    return Recipe(_head(recipe), tuple(_questions(recipe)), text)


def _head(recipe: Located) -> Head:
    given = {name: _plain(value) for name, value in recipe.data.items() if name != "questions"}
    for name in given.keys() & {"title", "course", "date", "instructions", "allowed"}:
        given[name] = recipe.text(name)
    if "instructions" in given:
        printable(recipe, ("instructions",))
    if "fields" in given:
        given["fields"] = tuple(
            recipe.text("fields", place) for place in range(len(given["fields"]))
        )
    return Head(**given)


def _plain(value: Any) -> Any:
    """A mapping for a paper file: a decimal as the float that is written alike."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return float(value) if isinstance(value, Decimal) else value


def _questions(recipe: Located) -> Iterator[Question]:
    """The questions, each with the section and the page break that stand before it."""
    section: Section | None = None
    new_page, path = False, Path()
    for place, data in enumerate(recipe.data["questions"]):
        path = ("questions", place)
        match form_of(recipe, path, data):
            case "section":
                if section is not None:
                    raise recipe.error(
                        path, f"the section {section.title!r} before it has no question"
                    )
                section = Section(recipe.text(*path, "section"), printable(recipe, (*path, "text")))
            case "page":
                new_page = True
            case form:
                read = from_families if form in ("family", "topic", "pick") else from_own
                yield replace(
                    read(recipe, path, data),
                    marks=data.get("marks"),
                    title=recipe.text(*path, "title"),
                    space=_millimetres(data.get("space")),
                    section=section,
                    new_page=new_page,
                    line=f"{recipe.place}, line {recipe.lines[path]}",
                )
                section, new_page = None, False
    if section is not None or new_page:
        what = "this section" if section else "this page break"
        raise recipe.error(path, f"{what} stands at the end; put a question after it")


#: How many millimetres a unit is.
_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4}


def _millimetres(written: str | None) -> float:
    return float(written[:-2]) * _UNITS[written[-2:]] if written else 0.0
