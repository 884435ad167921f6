"""Formulas in letters."""

from __future__ import annotations

from collections.abc import Callable

import sympy

from partialcredit.solvers import letters, momentum


def test_a_formula_is_made_once_from_the_arguments_names() -> None:
    formula = letters.formula(momentum.velocity_variance)
    assert {str(symbol) for symbol in formula.free_symbols} == {"alpha", "eta", "sigma", "t"}
    assert letters.formula(momentum.velocity_variance) is formula


def test_known_arguments_keep_their_values() -> None:
    alpha, eta, mu = letters.symbols("alpha eta mu")
    formula = letters.formula(momentum.expected_velocity, t=3)
    assert sympy.simplify(formula + eta * mu * (1 + alpha + alpha**2)) == 0


def test_a_lambda_of_a_row_gives_its_formula_once() -> None:
    made = [letters.formula(lambda alpha, t: 1 - alpha**t, t=t) for t in (2, 2, 3)]
    assert made[0] is made[1]
    assert made[2] != made[1]


def test_a_function_that_closes_over_a_value_is_never_mixed_up() -> None:
    powers = [letters.formula(power) for power in map(_power, (2, 3))]
    assert powers[0] != powers[1]


def _power(n: int) -> Callable[[sympy.Symbol], sympy.Expr]:
    return lambda alpha: alpha**n
