"""Which families exist: the files of ``partialcredit.problems`` and the entry points of others."""

from __future__ import annotations

import pkgutil
import re
import sys
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from partialcredit import problems
from partialcredit.errors import FamilyError, InputError, UnknownName
from partialcredit.family import Family

__all__ = ["ENTRY_POINTS", "family_ids", "load", "select"]

ENTRY_POINTS = "partialcredit.problems"


@cache
def family_ids() -> dict[str, str]:
    """Every family's id, ``topic/name``, and the module that declares it; nothing is imported.

    A module whose name begins with an underscore holds data for the families beside it.
    """
    found: dict[str, str] = {}
    for topic in pkgutil.iter_modules(problems.__path__):
        if topic.ispkg:
            folders = [f"{path}/{topic.name}" for path in problems.__path__]
            for module in pkgutil.iter_modules(folders):
                if module.name.startswith("_"):
                    continue
                name = f"{topic.name}/{module.name}"
                found[name] = f"partialcredit.problems.{topic.name}.{module.name}"
    for point in entry_points(group=ENTRY_POINTS):
        if found.setdefault(point.name, point.value) != point.value:
            raise FamilyError(f"two families are called {point.name!r}: one is {point.value}")
    return dict(sorted(found.items()))


@cache
def load(family_id: str) -> Family:
    """Import one family by its id; raises FamilyError when the module breaks the contract."""
    module = import_module(family_ids()[family_id])
    family = getattr(module, "family", None)
    if not isinstance(family, Family):
        raise FamilyError(f"{module.__name__} has no `family = Family(...)`")
    document = (module.__doc__ or "").strip()
    if not document and sys.flags.optimize > 1:
        raise InputError(
            "families are named by their docstrings, which PYTHONOPTIMIZE=2 and -OO take away: run "
            "without them"
        )
    if not document:
        raise FamilyError(f"{module.__name__} has no docstring; its first line is the title")
    family.id = family_id
    family.title = document.splitlines()[0].rstrip(".")
    listed = re.search(r"^Source: (.+?)(?:\n\n|\Z)", document, re.MULTILINE | re.DOTALL)
    family.sources = tuple(re.findall(r"S\d-\d+", listed[1])) if listed else ()
    return family


def select(names: Iterable[str]) -> list[str]:
    """The ids that topics, family names or full ids stand for; all of them for no name.

    Raises :class:`~partialcredit.errors.UnknownName` with the nearest names.
    """
    ids = list(family_ids())
    chosen: list[str] = []
    for name in names:
        matches = [i for i in ids if name in (i, *i.split("/"))]
        if not matches:
            known = {word for i in ids for word in (i, *i.split("/"))}
            listing = "list them with 'partialcredit families'"
            raise UnknownName("family or topic", name, known, listing)
        chosen += [match for match in matches if match not in chosen]
    return chosen or ids
