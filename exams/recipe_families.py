"""Questions of a recipe that families answer for: one, several to pick from, or a topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partialcredit.draw import Level
from partialcredit.errors import InputError, UnknownName
from partialcredit.exams.question import Question
from partialcredit.exams.recipe_text import Located, Path
from partialcredit.family import Family, Part
from partialcredit.registry import family_ids, load, select
from partialcredit.typed import exactly

__all__ = ["from_families"]


def from_families(recipe: Located, path: Path, data: Mapping[str, Any]) -> Question:
    """A question whose families, parts and values are known ones; raises InputError."""
    level: Level = data.get("level", "medium")
    if "topic" in data:
        return _of_topic(recipe, path, data, level)
    if "pick" in data:
        places = [(*path, "pick", place) for place in range(len(data["pick"]))]
    else:
        places = [(*path, "family")]
    families = [_family(recipe, place) for place in places]
    for family in families:
        asked = _asked(recipe, path, family, level, data.get("parts"))
        _check_marks(recipe, path, data.get("marks"), len(asked), family)
    return Question(
        families=tuple(family.id for family in families),
        level=level,
        parts=tuple(data.get("parts", ())),
        parameters={
            name: _value(recipe, (*path, "parameters", name), value)
            for name, value in data.get("parameters", {}).items()
        },
        seed=data.get("seed"),
    )


def _of_topic(recipe: Located, path: Path, data: Mapping[str, Any], level: Level) -> Question:
    topics = sorted({name.partition("/")[0] for name in family_ids()})
    topic, count = recipe.text(*path, "topic"), data.get("count", 1)
    if topic not in topics:
        sentence = str(UnknownName("topic", topic, topics, f"topics are {', '.join(topics)}"))
        raise recipe.error((*path, "topic"), sentence)
    families = [load(name) for name in select([topic])]
    if count > len(families):
        told = f"{topic} has {len(families)} families, so count is at most {len(families)}"
        raise recipe.error((*path, "count"), told)
    for family in families:
        _check_marks(recipe, path, data.get("marks"), len(family.parts_at(level)), family)
    return Question(topic=topic, level=level, count=count)


def _family(recipe: Located, path: Path) -> Family:
    """The family at a path, by its id or, where only one has it, its own name."""
    name = recipe.text(*path)
    found = [known for known in family_ids() if name in (known, known.partition("/")[2])]
    if len(found) == 1:
        return load(found[0])
    words = {word for known in family_ids() for word in (known, known.partition("/")[2])}
    if found:
        sentence = f"{name!r} are several families: {' and '.join(found)}"
    elif name in {known.partition("/")[0] for known in family_ids()}:
        sentence = f"{name} is a topic, not a family; ask {{topic: {name}}}"
    else:
        listing = "list them with 'partialcredit families'"
        sentence = str(UnknownName("family", name, words, listing))
    raise recipe.error(path, sentence)


def _asked(
    recipe: Located, path: Path, family: Family, level: Level, chosen: Sequence[str] | None
) -> Sequence[Part]:
    """The parts asked."""
    if not chosen:
        return family.parts_at(level)
    try:
        parts = family.chosen(level, chosen)
    except UnknownName as error:
        raise recipe.error((*path, "parts"), str(error)) from None
    possible = {part.name for part in family.parts_at(level)}
    for part in parts:
        if part.after in possible - {*chosen}:
            told = f"the part {part.name} speaks of {part.after}: ask {part.after}, too"
            raise recipe.error((*path, "parts"), told)
    return parts


def _check_marks(
    recipe: Located, path: Path, marks: int | None, parts: int, family: Family
) -> None:
    if marks is not None and marks < parts:
        told = f"marks is {marks}, but {family.id} has {parts} parts, each of which needs one"
        raise recipe.error((*path, "marks"), told)


def _value(recipe: Located, path: Path, value: Any) -> Any:
    try:
        return exactly(value)
    except InputError as error:
        raise recipe.error(path, f"{path[-1]}: {error}") from None
