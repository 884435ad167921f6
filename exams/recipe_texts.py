"""Texts of a recipe that are printed: whether every writer can, before a paper is made of them."""

from __future__ import annotations

from partialcredit.errors import FamilyError, MathError
from partialcredit.exams.recipe_text import Located, Path
from partialcredit.writers.prose.html import print_html

__all__ = ["printable"]


def printable(recipe: Located, path: Path) -> str:
    """The text at a path, Markdown with TeX mathematics; empty where there is none.

    Raises InputError, with the line, for what no writer prints.
    """
    text = recipe.text(*path)
    if wrong := _fault(text):
        name = [step for step in path if isinstance(step, str)][-1]
        raise recipe.error(path, f"{name} cannot be printed: {wrong}")
    return text


def _fault(text: str) -> str:
    strange = next((c for c in text if not (c.isprintable() or c in "\n\t")), None)
    if strange is not None:
        return (
            f"it holds the character {strange!r}; where a backslash was meant: YAML takes it away "
            "in double quotes, so write TeX in single quotes or after |"
        )
    try:
        print_html(text)
    except (FamilyError, MathError) as error:
        return str(error)
    return ""
