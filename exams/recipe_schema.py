"""What stands in a recipe, held against its JSON Schema; the first error is one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from partialcredit.errors import UnknownName
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
    _check(recipe, (), recipe.data, head, "head")
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
    known = {name for form in FORMS.values() for name in schema()["$defs"][form]["properties"]}
    for name in question:
        if name not in known:
            raise recipe.error((*path, name), str(UnknownName("question key", name, known)))
    for marker, form in FORMS.items():
        if marker in question:
            return form
    raise recipe.error(
        path, f"a question has one of {', '.join(FORMS)}; this one has {_listed(question)}"
    )


def _check(recipe: Located, path: Path, data: Any, part: Mapping[str, Any], what: str) -> None:
    found = list(_validator(part).iter_errors(data))
    if found:
        where = [(*path, *error.absolute_path) for error in found]
        first = min(range(len(found)), key=lambda i: recipe.lines.get(where[i], 0))
        raise _sentence(recipe, where[first], found[first], what)


def _validator(part: Mapping[str, Any]) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator({**part, "$defs": schema()["$defs"]})


def _sentence(recipe: Located, path: Path, error: ValidationError, what: str) -> Exception:
    inner = _names(path)
    of = f"{inner[-1]} key" if len(inner) > (0 if what == "head" else 1) else f"{what} key"
    match error.validator:
        case "additionalProperties":
            known = list(error.schema["properties"])
            name = next(name for name in error.instance if name not in known)
            sentence = str(UnknownName(of, str(name), known, f"known are {', '.join(known)}"))
            return recipe.error((*path, name), sentence)
        case "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            return recipe.error(path, f"{_title(error)} needs {' and '.join(missing)}")
        case _:
            name = inner[-1] if inner else "a recipe"
            told = error.schema.get("description", "a mapping of title, questions and so on")
            return recipe.error(path, f"{name} is {told}, not {_shown(error.instance)}")


def _title(error: ValidationError) -> str:
    title = str(error.schema.get("title", "this"))
    return title[0].lower() + title[1:]


def _names(path: Path) -> list[str]:
    return [name for name in path if isinstance(name, str)]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"


def _shown(value: Any) -> str:
    """A value as it may stand in a sentence."""
    match value:
        case None:
            return "nothing"
        case dict():
            return f"a mapping of {_listed(map(str, list(value)[:5]))}"
        case list():
            return f"a list of {len(value)}"
        case Decimal():
            return str(value)
        case bool():
            return str(value).lower()
        case _:
            return f"{value!r:.60}"
