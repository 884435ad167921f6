"""A solver with any one operator, constant or sign changed is caught by a family's witness."""

from __future__ import annotations

import ast
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import chain
from types import ModuleType
from typing import Any

import pytest

from partialcredit import solvers
from partialcredit.draw import LEVELS
from partialcredit.problem import Problem, generate
from partialcredit.registry import family_ids, load
from tests.problems.mutants import mutants, patience

SEEDS = range(12)
MODULES = [f"partialcredit.solvers.{m.name}" for m in pkgutil.iter_modules(solvers.__path__)]

#: What is no mutant and has to survive, or anything at all would be caught.
COPY = "a copy"

#: Changes that leave every answer as it is, by module, and why.
EQUIVALENT: dict[str, dict[str, str]] = {
    "partialcredit.solvers.perceptrons": {
        "line 108: 0 became 1": "Rosenblatt's rule finds a right neuron from wherever it starts",
    },
}


@cache
def instances(family_id: str) -> list[Problem]:
    """Problems whose witnesses have testified: what they said does not change with the solver."""
    problems = [
        generate(load(family_id), level, seed) for level in LEVELS for seed in SEEDS
    ]  # fmt: skip
    for problem in problems:
        problem.verify()
    return problems


def families_of(module: ModuleType) -> list[str]:
    """The families whose files mention a solver module, or what it defines."""
    return [
        family_id
        for family_id, name in family_ids().items()
        if any(_mentions(file, module) for file in {name, *_taken_over(family_id)})
    ]


def _taken_over(family_id: str) -> Iterator[str]:
    """The modules in which a family's questions stand; some may lie beside its own."""
    return (part.function.__module__ for part in load(family_id).parts.values())


def _mentions(name: str, module: ModuleType) -> bool:
    return any(
        value is module or getattr(value, "__module__", "") == module.__name__
        for value in vars(import_module(name)).values()
    )


def caught(problem: Problem) -> bool:
    """Whether a witness, or the computation itself, objects to the keys of now."""
    again = Problem(problem.family, problem.level, problem.seed, problem.parameters)
    again.testimony = problem.testimony
    try:
        again.verify()
    except Exception:  # noqa: BLE001 - whatever keeps a wrong key from being printed
        return True
    return False


def solver_mutants(module: ModuleType) -> Iterator[tuple[str, dict[str, Any]]]:
    """The module's functions as they are, then each mutant of them, with its description."""
    tree = ast.parse(inspect.getsource(module))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for description, mutated in chain([(COPY, tree)], mutants(tree, functions)):
        namespace: dict[str, Any] = {"__name__": module.__name__}
        exec(compile(mutated, module.__name__, "exec"), namespace)
        yield description, {f.name: namespace[f.name] for f in functions}


@pytest.mark.parametrize("name", MODULES)
def test_mutated_solvers_are_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module(name)
    problems = [problem for family in families_of(module) for problem in instances(family)]
    assert problems, f"no family uses {name}"
    survivors = []
    for description, functions in solver_mutants(module):
        with monkeypatch.context() as patch:
            for function_name, function in functions.items():
                patch.setattr(module, function_name, function)
            with patience():
                if not any(map(caught, problems)):
                    survivors.append(description)
    assert [s for s in survivors if s not in EQUIVALENT.get(name, {})] == [COPY]
