"""What stands in a recipe, held against its JSON Schema; the first error is one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from partialcredit.errors import InputError, UnknownName
from partialcredit.exams.recipe_text import Located, Path

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

__all__ = ["check", "form_of", "schema"]

#: The name that tells each form of a question, in the order in which they are looked for.
FORMS = {
    "family": "family", "topic": "topic", "pick": "pick", "section": "section", "page": "page",
    "parts": "own", "kind": "text", "text": "text",
}  # fmt: skip


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of recipes, which editors can use, too."""
    text = files("partialcredit.exams").joinpath("recipe.schema.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def check(recipe: Located) -> None:
    """Raise InputError, with a line, for the first thing that no recipe holds."""
    top = schema()
    head = {**top, "properties": {**top["properties"], "questions": _without_items()}}
    _check(recipe, (), recipe.data, head, "recipe")
    for place, question in enumerate(recipe.data["questions"]):
        path: Path = ("questions", place)
        form = form_of(recipe, path, question)
        _check(recipe, path, question, {"$ref": f"#/$defs/{form}"}, "question")


def _without_items() -> dict[str, Any]:
    questions = schema()["properties"]["questions"]
    return {name: value for name, value in questions.items() if name != "items"}


def form_of(recipe: Located, path: Path, question: Any) -> str:
    """Which of the schema's forms a question has; raises InputError where it has none."""
    if not isinstance(question, dict):
        raise recipe.error(
            path, f"a question is a mapping such as {{family: ...}}, not {_shown(question)}"
        )
    known = _question_keys()
    for name in question:
        if name not in known:
            raise recipe.error((*path, name), str(UnknownName("question key", name[:60], known)))
    for marker, form in FORMS.items():
        if marker in question:
            return form
    raise recipe.error(
        path,
        f"a question has one of {', '.join(FORMS)}; this one has {_listed(list(question)[:5])}",
    )


@cache
def _question_keys() -> frozenset[str]:
    """The names that may stand in a question of some form."""
    forms = (schema()["$defs"][form]["properties"] for form in FORMS.values())
    return frozenset(name for form in forms for name in form)


def _check(recipe: Located, path: Path, data: Any, part: Mapping[str, Any], what: str) -> None:
    found = list(_validator(part).iter_errors(data))
    if found:
        where = [(*path, *error.absolute_path) for error in found]
        first = min(range(len(found)), key=lambda i: recipe.lines.get(where[i], 0))
        raise _sentence(recipe, where[first], found[first], what)


def _validator(part: Mapping[str, Any]) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator({**part, "$defs": schema()["$defs"]})


def _sentence(recipe: Located, path: Path, error: ValidationError, what: str) -> InputError:
    """What the schema says of an error, as one sentence with its line."""
    names = [name for name in path if isinstance(name, str)]
    name = names[-1] if names else ""
    match error.validator:
        case "additionalProperties":
            whose = what if name in ("", "questions") else name.removesuffix("s")
            return _unknown(recipe, path, error, whose)
        case "required":
            missing = [each for each in error.validator_value if each not in error.instance]
            return recipe.error(path, f"{_title(error)} needs {' and '.join(missing)}")
        case "uniqueItems":
            return recipe.error(path, f"{name} names the same thing twice")
        case _ if not name:
            told = (
                f"a recipe is a mapping of title, questions and so on, not {_shown(error.instance)}"
            )
            return recipe.error(path, told)
        case _:
            told = f"{name} is {error.schema['description']}, not {_shown(error.instance)}"
            return recipe.error(path, told)


def _unknown(recipe: Located, path: Path, error: ValidationError, what: str) -> InputError:
    """A name that the schema does not have here, though perhaps elsewhere."""
    known = list(error.schema["properties"])
    name = next(name for name in error.instance if name not in known)
    listing = f"known are {', '.join(known)}"
    if what == "question" and name in _question_keys():
        return recipe.error((*path, name), f"{_title(error)} has no {name}; {listing}")
    return recipe.error((*path, name), str(UnknownName(f"{what} key", name[:60], known, listing)))


def _title(error: ValidationError) -> str:
    """The schema's name of what is wrong, inside a sentence."""
    title = str(error.schema["title"])
    return title[0].lower() + title[1:]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"


def _shown(value: Any) -> str:
    """A value as it may stand in a sentence."""
    match value:
        case None:
            return "nothing"
        case dict():
            return f"a mapping of {_listed(name[:20] for name in list(value)[:5])}"
        case list():
            return f"a list of {len(value)}"
        case Decimal():
            return str(value)
        case bool():
            return str(value).lower()
        case _:
            return f"{value!r:.60}"
