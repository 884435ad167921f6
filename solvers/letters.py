"""Formulas in letters: what a solver gives when its arguments are SymPy symbols."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

__all__ = ["formula", "symbols"]


@cache
def symbols(names: str) -> Any:
    """The SymPy symbols of some names; one name gives one symbol.

    >>> symbols("alpha g_1")
    (alpha, g_1)
    """
    import sympy

    return sympy.symbols(names)


#: The formulas made so far by their code, because a lambda in a row is a new function each time.
_MADE: dict[tuple[Any, ...], Any] = {}


def formula(function: Callable[..., Any], **known: Any) -> Any:
    """The formula that ``function`` computes, in letters named like its arguments.

    Arguments given as ``known`` keep their value. Each formula is made once, unless the function
    closes over other values.

    >>> formula(lambda alpha, t: (1 - alpha**t) / (1 - alpha), t=2)
    (1 - alpha**2)/(1 - alpha)
    """
    code = function.__code__
    key = function.__module__, code, *sorted(known.items())
    if function.__closure__ is not None or key not in _MADE:
        names = code.co_varnames[: code.co_argcount]
        given = [known[name] if name in known else symbols(name) for name in names]
        _MADE[key] = function(*given)
    return _MADE[key]
