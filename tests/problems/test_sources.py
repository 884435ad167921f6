"""Mutants of lambdas, closures and runs: the place is found, the change is seen, and undone."""

from __future__ import annotations

from typing import Any

import pytest

from partialcredit.family import Family
from tests.problems.reach import reached
from tests.problems.sources import changed, definition, running, unchanged

PAIR = (lambda a, b: a - b), (lambda a, b: a * b)  # fmt: skip
NESTED = lambda a: lambda b: a - b  # noqa: E731


def scaled(factor: int) -> Any:
    return lambda x: factor * x


def factorial(n: int) -> int:
    return 1 if n == 0 else n * factorial(n - 1)


def values(function: Any, *arguments: Any) -> list[Any]:
    """What every mutant gives; one that calls itself for ever gives nothing."""
    found = []
    for _, code in changed(function):
        with running(function, code):
            try:
                found.append(function(*arguments))
            except RecursionError:
                found.append(None)
    return found


def test_of_two_lambdas_on_a_line_each_is_its_own() -> None:
    assert [values(f, 5, 3) for f in PAIR] == [[8], [8]]
    assert (PAIR[0](5, 3), PAIR[1](5, 3)) == (2, 15)


def test_a_lambda_in_a_lambda_is_told_from_it() -> None:
    inner = NESTED(5)
    assert values(inner, 3) == [8]
    assert inner(3) == 2
    assert definition(NESTED) is not definition(inner)


def test_a_closure_keeps_what_it_closes_over() -> None:
    assert values(scaled(4), 3) == [7]


def test_a_function_that_calls_itself_calls_its_mutant() -> None:
    assert 7 in values(factorial, 3)  # 3 + 2 + 1 + 1
    assert factorial(3) == 6


@pytest.mark.parametrize("function", [*PAIR, NESTED, scaled(2), factorial])
def test_a_copy_is_the_same_code(function: Any) -> None:
    assert unchanged(function).co_code == function.__code__.co_code
    assert unchanged(function).co_freevars == function.__code__.co_freevars


def test_runs_are_reached_through_the_names_that_a_witness_asks_for() -> None:
    family = Family()

    @family.run
    def layer(weights: int) -> int:
        return weights

    @family.run
    def weights(x: int) -> int:
        return x

    @family.run
    def other(x: int) -> int:
        return x

    def witness(layer: int) -> int:
        return layer

    for function in (witness, layer, weights, other):
        function.__module__ = "partialcredit.problems.toy"
    assert set(reached([witness], family.runs)) == {witness, layer, weights}
