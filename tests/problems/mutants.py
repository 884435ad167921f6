"""Small wrongs, made on purpose: every arithmetic operator, constant and sign of a function."""

from __future__ import annotations

import ast
import copy
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeGuard

Definition = ast.FunctionDef | ast.Lambda

PATIENCE = 1.0  # seconds of CPU after which a mutant is taken to run for ever

SWAPS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Add,
    ast.Pow: ast.Mult,
}

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
}


@contextmanager
def patience() -> Iterator[None]:
    """Let whatever runs for ever raise TimeoutError instead, each time anew."""
    before = signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def mutants(function: Definition) -> Iterator[tuple[str, Definition]]:
    """Copies of a function with one place of its body changed, each with its description."""
    inside = {id(node) for node in _body(function)}
    places = [i for i, node in enumerate(ast.walk(function)) if id(node) in inside]
    for place in places:
        mutated = copy.deepcopy(function)
        node = next(node for i, node in enumerate(ast.walk(mutated)) if i == place)
        before = ast.unparse(node)
        if _change(node):
            line = node.lineno - function.lineno  # within the function, so that it keeps its name
            yield f"line {line}: {before} became {ast.unparse(node)}", mutated


def _body(function: Definition) -> Iterator[ast.AST]:
    if isinstance(function, ast.Lambda):
        yield from ast.walk(function.body)
        return
    statements = function.body
    if isinstance(statements[0], ast.Expr) and isinstance(statements[0].value, ast.Constant):
        statements = statements[1:]  # the docstring
    for statement in statements:
        if not isinstance(statement, ast.Raise):
            checks = {id(node.value) for node in ast.walk(statement) if _is_check(node)}
            yield from (node for node in ast.walk(statement) if id(node) not in checks)


def _is_check(node: ast.AST) -> TypeGuard[ast.keyword]:
    """``strict=True`` guards the lengths that a ``zip`` is given; it changes no value."""
    return isinstance(node, ast.keyword) and node.arg == "strict"


def _change(node: ast.AST) -> bool:
    match node:
        case ast.BinOp() if type(node.op) in SWAPS:
            node.op = SWAPS[type(node.op)]()
        case ast.UnaryOp(op=ast.USub()):
            node.op = ast.UAdd()
        case ast.Compare() if type(node.ops[0]) in COMPARISONS:
            node.ops[0] = COMPARISONS[type(node.ops[0])]()
        case ast.Constant() if type(node.value) is int:
            node.value += 1
        case ast.Constant() if type(node.value) is bool:
            node.value = not node.value
        case _:
            return False
    return True
