"""What a function of a family stands on: the globals it names, followed through its helpers."""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, FunctionType
from typing import Any

OURS = "partialcredit.problems"


def reached(functions: Iterable[Callable[..., Any]]) -> list[FunctionType]:
    """The functions of the families' modules that run when these do, themselves included."""
    found: dict[FunctionType, None] = {}
    waiting = [inspect.unwrap(function) for function in functions]
    while waiting:
        function = waiting.pop()
        if isinstance(function, FunctionType) and function not in found:
            found[function] = None
            waiting += [f for f in named(function) if getattr(f, "__module__", "").startswith(OURS)]
    return list(found)


def named(function: FunctionType) -> Iterator[Any]:
    """The values of the globals in a function's code; of a table, the functions in it."""
    for code in _codes(function.__code__):
        for instruction in dis.get_instructions(code):
            if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
                yield from _leaves(function.__globals__.get(instruction.argval))


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
