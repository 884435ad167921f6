"""Functions that ask for values by name, and the values they are given.

What several functions need is itself a function: it is named among the ``recipes``, computed when
it is first asked for, and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from partialcredit.numbers.vectors import freeze

__all__ = ["Values", "arguments", "call"]


def arguments(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names a function asks for."""
    code = function.__code__
    return code.co_varnames[: code.co_argcount]


def call(function: Callable[..., Any], values: Mapping[str, Any]) -> Any:
    """Call a function with its arguments taken from ``values`` by name."""
    return function(*[values[name] for name in arguments(function)])


class Values(dict[str, Any]):
    """Values by name; one that has a recipe is computed when it is first asked for.

    >>> values = Values({"w": 3, "h": 4}, {"area": lambda w, h: w * h})
    >>> values["area"], values.given({"w": 5})["area"]
    (12, 12)
    """

    def __init__(self, known: Mapping[str, Any], recipes: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__(known)
        self.recipes = recipes

    def __missing__(self, name: str) -> Any:
        self[name] = value = freeze(call(self.recipes[name], self))
        return value

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self.recipes

    def given(self, more: Mapping[str, Any]) -> Values:
        """These values and some more; what was computed from the old ones is kept."""
        return Values({**self, **more}, self.recipes)
