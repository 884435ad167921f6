"""Questions that a recipe brings along, with keys or for a person to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partialcredit.exams.question import Question
from partialcredit.exams.recipe_text import Located, Path
from partialcredit.exams.recipe_texts import printable
from partialcredit.own import Unfit, own_question

__all__ = ["from_own"]

#: What a question is called that has no title.
UNTITLED = "Question"


def from_own(recipe: Located, path: Path, data: Mapping[str, Any]) -> Question:
    """A question whose texts can be printed and whose keys can be marked by; raises InputError."""
    if "parts" in data:
        parts = [_part(recipe, (*path, "parts", i), part) for i, part in enumerate(data["parts"])]
        text = printable(recipe, (*path, "text"))
        _check_sum(recipe, path, data.get("marks"), sum(part["marks"] for part in parts))
    else:
        parts, text = [_to_read(recipe, path, data)], ""
    own = {"title": recipe.text(*path, "title") or UNTITLED, "text": text, "parts": parts}
    try:
        own_question(own)
    except Unfit as error:
        where: Path = (*path, "parts", error.place, error.field)
        raise recipe.error(where, str(error)) from None
    return Question(own=own)


def _to_read(recipe: Located, path: Path, data: Mapping[str, Any]) -> dict[str, Any]:
    """The one part of a question that a person reads."""
    return {
        "kind": "text",
        "prompt": printable(recipe, (*path, "text")),
        "marks": data.get("marks", 1),
        "solution": printable(recipe, (*path, "solution")),
    }


def _part(recipe: Located, path: Path, data: Mapping[str, Any]) -> dict[str, Any]:
    if (data["kind"] == "text") == ("key" in data):
        told = "is read by a person and has no key" if "key" in data else "needs a key"
        raise recipe.error(path, f"a part of kind {data['kind']} {told}")
    options = range(len(data.get("options", ())))
    slips = data.get("slips", {})
    part = {
        "kind": data["kind"],
        "prompt": printable(recipe, (*path, "prompt")),
        "key": recipe.text(*path, "key"),
        "marks": data.get("marks", 1),
        "solution": printable(recipe, (*path, "solution")),
        "options": [printable(recipe, (*path, "options", i)) for i in options],
        "digits": data.get("digits"),
        "symbols": data.get("symbols"),
        "slips": [[wrong, recipe.text(*path, "slips", wrong)] for wrong in slips],
    }
    return {name: value for name, value in part.items() if value}


def _check_sum(recipe: Located, path: Path, marks: int | None, total: int) -> None:
    if marks is not None and marks != total:
        told = f"marks is {marks}, but the parts have {total} together; leave one of the two out"
        raise recipe.error((*path, "marks"), told)
