"""Formulas in letters."""

from __future__ import annotations

import sympy

from partialcredit.solvers import letters, momentum


def test_a_formula_is_made_once_from_the_arguments_names() -> None:
    formula = letters.formula(momentum.velocity_variance)
    assert {str(symbol) for symbol in formula.free_symbols} == {"alpha", "epsilon", "sigma", "t"}
    assert letters.formula(momentum.velocity_variance) is formula


def test_known_arguments_keep_their_values() -> None:
    alpha, epsilon, mu = letters.symbols("alpha epsilon mu")
    formula = letters.formula(momentum.expected_velocity, t=3)
    assert sympy.simplify(formula + epsilon * mu * (1 + alpha + alpha**2)) == 0
