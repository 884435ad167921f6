"""A function as it stands in its file, and as it would be with one thing changed.

The code of a function is exchanged, and nothing else: whoever holds the function (a part, a table,
a cache, a module) then runs the other code.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import CodeType, FunctionType
from typing import Any

from partialcredit.solvers import letters
from tests.problems.mutants import Definition, mutants
from tests.problems.reach import FAMILIES, SOLVERS

HOMES = (FAMILIES, SOLVERS)


def changed(function: FunctionType) -> Iterator[tuple[str, CodeType]]:
    """The function's code with one place changed, each with a description."""
    node = definition(function)
    for description, mutant in mutants(node):
        yield description, compiled(function, mutant)


def unchanged(function: FunctionType) -> CodeType:
    """The function's code by the same way, as it is."""
    return compiled(function, definition(function))


@contextmanager
def running(function: FunctionType, code: CodeType) -> Iterator[None]:
    """The function with other code, wherever it is called, and nothing remembered of its own."""
    own, function.__code__ = function.__code__, code
    forget()
    try:
        yield
    finally:
        function.__code__ = own
        forget()


def forget() -> None:
    """Empty every cache of families and solvers."""
    for cached in _caches(len(sys.modules)):
        cached.cache_clear()
    letters._MADE.clear()


@cache
def _caches(_modules: int) -> list[Any]:
    """The cached functions of what is imported by now."""
    modules = [module for name, module in sys.modules.items() if name.startswith(HOMES)]
    values = [value for module in modules for value in vars(module).values()]
    return [value for value in values if hasattr(value, "cache_clear")]


def definition(function: FunctionType) -> Definition:
    """The place in a file that a function was made of."""
    code = function.__code__
    found = [node for node in _definitions(function.__module__) if _is_of(node, code)]
    return min(found, key=lambda node: len(ast.unparse(node)))


@cache
def _definitions(module: str) -> list[Definition]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return [node for node in ast.walk(tree) if isinstance(node, Definition)]


def _is_of(node: Definition, code: CodeType) -> bool:
    """Whether code can be of a node; of nested lambdas, the outer ones hold the inner's places."""
    if isinstance(node, ast.FunctionDef):
        first = min(n.lineno for n in (node, *node.decorator_list))
        return (node.name, first) == (code.co_name, code.co_firstlineno)
    if code.co_name != "<lambda>" or node.lineno != code.co_firstlineno:
        return False
    body = node.body
    start, end = (body.lineno, body.col_offset), (body.end_lineno or 0, body.end_col_offset or 0)
    return all(start <= first and last <= end for first, last in _places(code))


def _places(code: CodeType) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for line, last_line, column, last_column in code.co_positions():
        if line and last_line and last_column:
            yield (line, column or 0), (last_line, last_column)


def compiled(function: FunctionType, node: Definition) -> CodeType:
    """The code of a definition, which takes names from where the function takes them."""
    free, name = function.__code__.co_freevars, function.__code__.co_name
    outside = "pass" if name in (*free, "<lambda>") else f"global {name}"  # it may call itself
    around = ast.parse(f"def around({', '.join(free)}): {outside}")
    inner: ast.stmt = ast.Return(node) if isinstance(node, ast.Lambda) else _undecorated(node)
    around.body[0].body += [ast.copy_location(inner, node)]  # type: ignore[attr-defined]
    (outer,) = _codes(compile(around, function.__code__.co_filename, "exec"))
    return next(code for code in _codes(outer) if code.co_name == name)


def _undecorated(node: ast.FunctionDef) -> ast.FunctionDef:
    """The definition alone; its defaults are the function's, and are not evaluated again."""
    bare = ast.FunctionDef(**{name: getattr(node, name) for name in node._fields})
    bare.decorator_list = []
    return bare


def _codes(code: CodeType) -> Iterator[CodeType]:
    return (constant for constant in code.co_consts if isinstance(constant, CodeType))
