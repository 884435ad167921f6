"""A solver with any one operator, constant or sign changed is caught by a family's witness."""

from __future__ import annotations

import ast
import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from partialcredit import solvers
from partialcredit.draw import LEVELS
from partialcredit.problem import generate
from partialcredit.registry import family_ids, load
from tests.problems.mutants import mutants

SEEDS = range(6)
MODULES = [f"partialcredit.solvers.{m.name}" for m in pkgutil.iter_modules(solvers.__path__)]

#: Changes that leave every answer as it is, and why.
EQUIVALENT: dict[str, str] = {}


def families_of(module: ModuleType) -> list[str]:
    """The families whose files mention a solver module."""
    return [
        family_id
        for family_id, name in family_ids().items()
        if any(value is module for value in vars(import_module(name)).values())
    ]


def caught(families: list[str]) -> bool:
    """Whether any witness, or the computation itself, objects."""
    for family_id in families:
        for level in LEVELS:
            for seed in SEEDS:
                try:
                    generate(load(family_id), level, seed).verify()
                except Exception:  # noqa: BLE001 - whatever stops a wrong key from being printed
                    return True
    return False


def solver_mutants(module: ModuleType) -> Iterator[tuple[str, dict[str, Any]]]:
    tree = ast.parse(inspect.getsource(module))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for description, mutated in mutants(tree, functions):
        namespace: dict[str, Any] = {"__name__": module.__name__}
        exec(compile(mutated, module.__name__, "exec"), namespace)
        yield description, {f.name: namespace[f.name] for f in functions}


@pytest.mark.parametrize("name", MODULES)
def test_mutated_solvers_are_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module(name)
    families = families_of(module)
    assert families, f"no family uses {name}"
    survivors = []
    for description, functions in solver_mutants(module):
        with monkeypatch.context() as patch:
            for function_name, function in functions.items():
                patch.setattr(module, function_name, function)
            if not caught(families):
                survivors.append(description)
    assert [s for s in survivors if s not in EQUIVALENT] == []
