"""A solver with any one operator, constant or sign changed is caught by a family's witness."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from types import CodeType, FunctionType, ModuleType

import pytest

from partialcredit import solvers
from partialcredit.problem import Problem
from partialcredit.registry import family_ids, load
from tests.problems.instances import witnessed
from tests.problems.mutants import patience
from tests.problems.reach import keys_of
from tests.problems.sources import changed, running, unchanged

pytestmark = pytest.mark.slow

MODULES = [f"partialcredit.solvers.{m.name}" for m in pkgutil.iter_modules(solvers.__path__)]

#: Seeds of the instances that a mutant has to survive, too.
MANY = 60

#: Changes that leave every answer as it is, by module, and why.
EQUIVALENT: dict[str, dict[str, str]] = {
    "partialcredit.solvers.descent": {
        "steps_to_reach, line 8: 1 became 2": "a factor of 1 or more takes too many steps anyway",
        "steps_to_reach, line 11: 0 became 1": "no share that is drawn is a power of its factor",
    },
    "partialcredit.solvers.perceptrons": {
        "learned, line 12: 0 became 1": "the rule finds a right neuron wherever it starts",
    },
}


@cache
def families_of() -> dict[FunctionType, list[str]]:
    """The families whose keys a solver's function computes, or helps to."""
    found: dict[FunctionType, list[str]] = {}
    for family_id in family_ids():
        for function in keys_of(load(family_id)):
            found.setdefault(function, []).append(family_id)
    return found


def functions_of(module: ModuleType) -> list[FunctionType]:
    """The functions that a module defines."""
    functions = map(inspect.unwrap, filter(callable, vars(module).values()))
    return [
        function
        for function in functions
        if isinstance(function, FunctionType) and function.__module__ == module.__name__
    ]


def caught(problem: Problem) -> bool:
    """Whether a witness, or the computation itself, objects to the keys of now."""
    again = Problem(problem.family, problem.level, problem.seed, problem.parameters)
    again.testimony = problem.testimony  # it does not change with the solver
    try:
        again.verify()
    except Exception:  # noqa: BLE001 - whatever keeps a wrong key from being printed
        return True
    return False


def survives(function: FunctionType, code: CodeType, problems: Iterable[Problem]) -> bool:
    with running(function, code), patience():
        return not any(map(caught, problems))


def survivors_of(function: FunctionType) -> Iterator[str]:
    """Mutants that no family objects to, nor, when asked again, any of many more instances."""
    mutants = list(changed(function))
    if not mutants:
        return  # nothing is computed, and it may be words that a template asks for
    families = families_of().get(function, [])
    problems = [problem for family_id in families for problem in witnessed(family_id)]
    assert problems, f"no family uses {function.__name__}"
    assert survives(function, unchanged(function), problems), "a copy is no mutant"
    for description, code in mutants:
        if survives(function, code, problems):
            more = [problem for family_id in families for problem in witnessed(family_id, MANY)]
            if survives(function, code, more):
                yield f"{function.__name__}, {description}"


@pytest.mark.parametrize("name", MODULES)
def test_mutated_solvers_are_caught(name: str) -> None:
    functions = functions_of(import_module(name))
    survivors = [survivor for function in functions for survivor in survivors_of(function)]
    assert set(survivors) == set(EQUIVALENT.get(name, {}))
