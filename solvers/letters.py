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


@cache
def formula(function: Callable[..., Any], **known: Any) -> Any:
    """The formula that ``function`` computes, in letters named like its arguments.

    Arguments given as ``known`` keep their value. Each formula is made once.

    >>> formula(lambda alpha, t: (1 - alpha**t) / (1 - alpha), t=2)
    (1 - alpha**2)/(1 - alpha)
    """
    code = function.__code__
    names = code.co_varnames[: code.co_argcount]
    return function(*[known[name] if name in known else symbols(name) for name in names])
