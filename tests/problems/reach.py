"""What a function of a family stands on: the names it asks for, and the globals it names."""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import CodeType, FunctionType, MappingProxyType, ModuleType
from typing import Any

from partialcredit.family import Family
from partialcredit.injection import arguments

FAMILIES, SOLVERS = "partialcredit.problems", "partialcredit.solvers"

Recipes = Mapping[str, Callable[..., Any]]


def reached(
    functions: Iterable[Callable[..., Any] | None],
    recipes: Recipes = MappingProxyType({}),
    homes: tuple[str, ...] = (FAMILIES,),
) -> list[FunctionType]:
    """The functions of the families' modules that run when these do, themselves included.

    ``recipes`` are the functions behind the names that these ask for: what a family derives, for
    its keys, or what it runs, for its witnesses. ``homes`` are the packages to look into.
    """
    found: dict[FunctionType, None] = {}
    waiting: list[Any] = [inspect.unwrap(function) for function in functions if function]
    waiting += _asked_for(waiting, recipes)
    seen: set[int] = set()
    while waiting:
        value = waiting.pop()
        if id(value) in seen or not getattr(value, "__module__", "").startswith(homes):
            continue
        seen.add(id(value))
        if isinstance(value, FunctionType):
            found[value] = None
            waiting += named(value)
        elif isinstance(value, type):
            waiting += methods(value)
    return list(found)


def keys_of(family: Family) -> list[FunctionType]:
    """The functions of families and solvers that run when the family's keys are computed."""
    parts = family.parts.values()
    return reached((part.function for part in parts), family.derived, (FAMILIES, SOLVERS))


def methods(value: type) -> Iterator[Any]:
    """The functions in a class, whatever they are wrapped in."""
    for item in vars(value).values():
        for name in ("fget", "func", "__func__"):
            item = getattr(item, name, item)
        if callable(item):
            yield inspect.unwrap(item)


def _asked_for(functions: Iterable[Any], recipes: Recipes) -> list[Callable[..., Any]]:
    """The recipes behind the arguments of some functions, and those behind theirs."""
    found: dict[str, Callable[..., Any]] = {}
    waiting = [name for function in functions for name in arguments(function)]
    while waiting:
        name = waiting.pop()
        if name in recipes and name not in found:
            found[name] = inspect.unwrap(recipes[name])
            waiting += arguments(found[name])
    return list(found.values())


def named(function: FunctionType) -> Iterator[Any]:
    """The values of the globals in a function's code; of a table, the functions in it."""
    for code in _codes(function.__code__):
        module = None
        for instruction in dis.get_instructions(code):
            value = None
            if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
                value = function.__globals__.get(instruction.argval)
            elif module is not None and instruction.opname in ("LOAD_ATTR", "LOAD_METHOD"):
                value = getattr(module, instruction.argval, None)
            yield from _leaves(value)
            module = value if isinstance(value, ModuleType) else None
    for cell in function.__closure__ or ():
        yield from _leaves(cell.cell_contents)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        for item in value:
            yield from _leaves(item)
    elif value is not None:
        yield inspect.unwrap(value) if callable(value) else value
