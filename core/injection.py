"""Functions that ask for values by name, and the values they are given.

What several functions need is itself a function: it is named among the ``recipes``, computed when
it is first asked for, and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from partialcredit.numbers.vectors import freeze

__all__ = ["Values", "arguments", "call"]


@lru_cache(maxsize=1 << 14)  # a bank's functions; reading their code objects takes longer
def arguments(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names a function asks for."""
    code = function.__code__
    return code.co_varnames[: code.co_argcount]


@lru_cache(maxsize=1 << 14)
def _caller(function: Callable[..., Any]) -> Callable[[Mapping[str, Any]], Any]:
    """``lambda values: function(values["w"], values["h"])``, written out."""
    asked = ", ".join(f"values[{name!r}]" for name in arguments(function))
    caller: Callable[..., Any] = eval(f"lambda values: function({asked})", {"function": function})  # noqa: S307
    return caller


def call(function: Callable[..., Any], values: Mapping[str, Any]) -> Any:
    """Call a function with its arguments taken from ``values`` by name."""
    return _caller(function)(values)


class Values(dict[str, Any]):
    """Values by name; one that has a recipe is computed when it is first asked for.

    A recipe sees the values it was declared with, so it is followed once, and what is given later
    does not change it. ``form`` is what is done to every value that a recipe gives.

    >>> values = Values({"w": 3, "h": 4}, {"area": lambda w, h: w * h})
    >>> values.given({"w": 5})["area"], values["area"]
    (12, 12)
    """

    __slots__ = ("form", "home", "recipes")

    def __init__(
        self,
        known: Mapping[str, Any],
        recipes: Mapping[str, Callable[..., Any]],
        form: Callable[[Any], Any] = freeze,
        home: Values | None = None,
    ) -> None:
        super().__init__(known)
        self.recipes, self.form, self.home = recipes, form, home

    def __missing__(self, name: str) -> Any:
        home = self.home
        self[name] = value = (
            self.form(call(self.recipes[name], self)) if home is None else home[name]
        )
        return value

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self.recipes

    def given(self, more: Mapping[str, Any]) -> Values:
        """These values and some more, with the same recipes."""
        values = Values(self, self.recipes, self.form, self.home or self)
        values.update(more)
        return values
