"""The answer kinds: one file each, named like its class."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partialcredit.grading.kind import Kind

__all__ = ["home_of", "kinds", "typed_kinds"]


@cache
def _homes() -> dict[str, str]:
    """Class names with their modules; files whose names begin with an underscore are helpers."""
    names = [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]
    return {"".join(map(str.title, name.split("_"))): f"{__name__}.{name}" for name in names}


def home_of(name: str) -> str | None:
    """The module of a kind such as ``TrueFalse``, without importing it."""
    return _homes().get(name)


@cache
def kinds() -> dict[str, type[Kind]]:
    """Every kind by the name that paper files give it."""
    classes = (getattr(import_module(home), name) for name, home in _homes().items())
    return {kind.name: kind for kind in classes}


@cache
def typed_kinds() -> dict[str, type[Kind]]:
    """The kinds that ``compare`` and ``check`` offer, by the names they have there."""
    return {kind.typed: kind for kind in kinds().values() if kind.typed}
