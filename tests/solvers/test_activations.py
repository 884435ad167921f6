"""Activation functions against floats and central differences."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log1p, tanh
from typing import Any

import pytest

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import activations

POINTS = [rational(n, 4) for n in range(-12, 13) if n]


def sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x))


def slope(function: Callable[[float], float], x: Rational) -> float:
    return (function(float(x) + 1e-5) - function(float(x) - 1e-5)) / 2e-5


def elu(x: float) -> float:
    return max(0.0, x) + min(0.0, 0.7 * (exp(x) - 1))


CASES: list[tuple[Callable[[Any], Any], Callable[[float], float]]] = [
    (activations.sigmoid_slope, sigmoid),
    (activations.tanh_slope, tanh),
    (lambda x: activations.elu_slope(x, rational(7, 10)), elu),
    (activations.swish_slope, lambda x: x * sigmoid(x)),
    (activations.sigmoid_curvature, lambda x: sigmoid(x) - sigmoid(x) ** 2),
]


@pytest.mark.parametrize("x", POINTS)
@pytest.mark.parametrize("case", range(len(CASES)))
def test_derivatives_are_slopes(case: int, x: Rational) -> None:
    derivative, function = CASES[case]
    assert float(derivative(x)) == pytest.approx(slope(function, x), abs=1e-8)


@pytest.mark.parametrize("x", POINTS)
def test_values(x: Rational) -> None:
    assert float(activations.elu(x, rational(7, 10))) == pytest.approx(elu(float(x)))
    assert float(activations.softplus(x)) == pytest.approx(log1p(exp(float(x))))


def test_the_steepest_point_beats_its_neighbours() -> None:
    w, b = rational(-3), rational(5, 2)
    x = activations.steepest_point(w, b)
    there = slope(lambda t: sigmoid(-3 * t + 2.5), x)
    assert there == pytest.approx(float(activations.steepest_slope(w)), abs=1e-8)
    for near in (x - rational(1, 10), x + rational(1, 10)):
        assert abs(slope(lambda t: sigmoid(-3 * t + 2.5), near)) < abs(there)
