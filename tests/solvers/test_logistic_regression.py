"""Logistic regression: derivatives by differences, and Newton's step where it is exact."""

from __future__ import annotations

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, freeze
from partialcredit.solvers import logistic_regression as logistic

X = freeze(((0, 1), (1, 1), (2, 1)))
Y = Vector((0, 1, 1))


def value(w: Vector, penalty: int = 0) -> float:
    squares = float(w[0] ** 2) * penalty / 2
    return float(logistic.loss(logistic.probabilities(X, w), Y)) + squares


@pytest.mark.parametrize("penalty", [0, 2])
def test_the_gradient_is_the_slope_of_the_loss(penalty: int) -> None:
    w, h = Vector((rational(1, 3), rational(-1, 2))), rational(1, 1000)
    slopes = logistic.gradient(X, Y, logistic.probabilities(X, w), penalty, w)
    for i, slope in enumerate(slopes):
        aside = Vector(h if i == j else 0 for j in range(2))
        measured = (value(w + aside, penalty) - value(w - aside, penalty)) / 0.002
        assert float(slope) == pytest.approx(measured, abs=1e-6)


def test_newton_goes_where_the_quadratic_is_least() -> None:
    half = Vector((rational(1, 2),) * 3)
    zero = Vector((0, 0))
    slopes = logistic.gradient(X, Y, half, 0, zero)
    curved = logistic.hessian(X, half, 0)
    assert curved == ((rational(5, 12), rational(1, 4)), (rational(1, 4), rational(1, 4)))
    assert logistic.newton(zero, slopes, curved) == (2, rational(-4, 3))
