"""A witness with one operator, constant or sign changed objects to right keys, or to wrong ones.

A mutant that contradicts a right key is caught at once. One that agrees with every right key has
changed what the witness was free to choose (how many draws, the sign of noise that has both, an
axis of a symmetric table); it must be a witness still, and object to every key that is a little
off. A function of which no change is ever noticed computes something that is not looked at.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

import pytest

from partialcredit.family import Family, Part
from partialcredit.problem import Problem
from partialcredit.registry import family_ids, load
from tests.problems.mutants import mutants, patience
from tests.problems.reach import reached
from tests.problems.test_mutations import instances

#: A mutant that changes a number or a truth value: often how many, where, or of which seed.
CONSTANT = re.compile(r"line \d+: (-?[\d.]+|True|False) became ")

#: Functions whose arithmetic decides nothing, by family, and why.
IDLE: dict[str, dict[str, str]] = {
    "activations/gradient_sign_zigzag": {"layer_patterns": "any number of inputs has them all"},
    "architectures/lenet_trace": {"both_parameters": "neither kind of pooling learns anything"},
    "architectures/resnet_block_params": {"filters": "the kernels here have no biases"},
    "architectures/small_filter_stack": {
        "filters": "the kernels here have no biases",
        "seen": "as many differences as sums",
    },
    "batchnorm/batchnorm_invariances": {"shifted": "a shift to either side changes nothing"},
    "cnn_shapes/pool_output_size": {"layer": "both kinds of pooling have the same windows"},
    "concepts/hyperparameter_effect": {"step_length": "only whether it grows is asked"},
    "losses/noisy_linear_regression": {"expected": "the noise has both signs"},
    "losses/softmax_probabilities": {"shifted": "a shift to either side changes nothing"},
    "optimizer_moments/adam_moment_variance": {
        "variance": "the mean to either side changes nothing"
    },
}


def helpers(family: Family) -> dict[FunctionType, list[Part]]:
    """The functions that only witnesses use, and the parts that they speak for."""
    asked: list[Callable[..., Any] | None] = [
        family.sampler, family.workings, family.artist, *family.conditions
    ]  # fmt: skip
    for part in family.parts.values():
        asked += [part.function, *(slip.function for slip in part.slips)]
    shared = reached(filter(None, asked))
    found: dict[FunctionType, list[Part]] = {}
    for part in family.parts.values():
        assert part.testimony is not None
        for function in reached([part.testimony]):
            if function not in shared and function.__name__ != "<lambda>":
                found.setdefault(function, []).append(part)
    return found


def definition(function: FunctionType) -> ast.FunctionDef:
    """The function as it stands in its file, with its line numbers."""
    lines, first = inspect.getsourcelines(function)
    (node,) = ast.parse("".join(lines)).body
    assert isinstance(node, ast.FunctionDef)
    node.decorator_list = [d for d in node.decorator_list if not _declares(d)]
    return ast.increment_lineno(node, first - 1)


def _declares(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Attribute) and decorator.attr == "witness"


def changed(function: FunctionType) -> Iterator[tuple[str, Any]]:
    """The function's mutants, which see its module's names."""
    node = definition(function)
    for description, tree in mutants(ast.Module([node], type_ignores=[]), [node]):
        yield description, compiled(function, tree)


def compiled(function: FunctionType, tree: ast.Module) -> Any:
    scope: dict[str, Any] = {}
    exec(compile(tree, function.__module__, "exec"), function.__globals__, scope)
    return scope[function.__name__]


@contextmanager
def in_place(
    function: FunctionType, mutant: Any, parts: Iterable[Part], patch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The mutant instead of the function, wherever it is named, and nothing remembered."""
    modules = [sys.modules[home] for home in homes(tuple(parts))]
    with patch.context() as patched:
        for part in parts:
            if part.testimony is function:
                patched.setattr(part, "testimony", mutant)
        for module in modules:
            for name, value in [*vars(module).items()]:
                if getattr(value, "__wrapped__", value) is function:
                    patched.setattr(module, name, mutant)
        forget(modules)
        yield
    forget(modules)


def homes(parts: tuple[Part, ...]) -> set[str]:
    """The modules whose functions run when these parts' witnesses do."""
    return {f.__module__ for part in parts for f in reached([part.testimony])}


def forget(modules: Iterable[Any]) -> None:
    for value in (value for module in modules for value in [*vars(module).values()]):
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def contradicts(problem: Problem, part: Part, key: Any) -> bool:
    """Whether the part's witness speaks against a key, or cannot speak at all."""
    again = Problem(problem.family, problem.level, problem.seed, problem.parameters)
    again.keys, again.kinds, again.parts = {part.name: key}, problem.kinds, [part]
    try:
        again.verify()
    except Exception:  # noqa: BLE001 - whatever keeps a key from being printed
        return True
    return False


@pytest.mark.parametrize("family_id", family_ids())
@pytest.mark.filterwarnings("ignore")
def test_mutated_witnesses_object(family_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    problems = instances(family_id)
    blind, idle = [], []
    for function, parts in helpers(load(family_id)).items():
        asked = {part.name: [p for p in problems if part in p.parts] for part in parts}
        same = compiled(function, ast.Module([definition(function)], type_ignores=[]))
        with in_place(function, same, parts, monkeypatch):
            for part in parts:
                first = asked[part.name][0]
                assert not contradicts(first, part, first.keys[part.name]), "a copy is no mutant"
        moved: dict[str, bool] = {}
        for description, mutant in changed(function):
            with in_place(function, mutant, parts, monkeypatch), patience():
                for part in parts:
                    seen = asked[part.name]
                    moves = any(contradicts(p, part, p.keys[part.name]) for p in seen)
                    moved[description] = moved.get(description, False) or moves
                    if not moves and not all(contradicts(p, part, wrong(p, part)) for p in seen):
                        blind.append((part.name, description))
        computing = {d: moves for d, moves in moved.items() if not CONSTANT.match(d)}
        if computing and not any(computing.values()):
            idle += [
                part.name if part.testimony is function else function.__name__ for part in parts
            ]
    assert blind == []
    assert [name for name in dict.fromkeys(idle) if name not in IDLE.get(family_id, {})] == []


def wrong(problem: Problem, part: Part) -> Any:
    return problem.kinds[part.name].nudged(problem.keys[part.name])
