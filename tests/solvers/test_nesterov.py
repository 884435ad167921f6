"""Nesterov's method: the numbers of the notes, and the two forms against each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import nesterov
from tests.strategies import rationals

units = rationals(rational(1, 20), rational(19, 20), max_denominator=20)
small = st.integers(-9, 9)


def test_worked_example() -> None:
    """J = theta^2, theta = 1, v = -0.2, alpha = 0.9, eta = 0.1."""
    alpha, rate, v = rational(9, 10), rational(1, 10), rational(-1, 5)
    gradient = nesterov.slope(1, 0, nesterov.look_ahead(1, v, alpha))
    assert 1 + nesterov.velocity(v, gradient, alpha, rate) == rational(656, 1000)


@given(st.integers(1, 5), small, small)
def test_slope_is_a_symmetric_difference(h: int, c: int, theta: int) -> None:
    def loss(x: int) -> int:
        return h * (x - c) ** 2

    assert 2 * nesterov.slope(h, c, theta) == loss(theta + 1) - loss(theta - 1)


@given(units, small, small, small)
def test_the_shifted_form_follows_the_look_ahead_points(
    alpha: Rational, theta: int, v_0: int, v_1: int
) -> None:
    before = nesterov.look_ahead(theta, v_0, alpha)
    after = nesterov.look_ahead(theta + v_1, v_1, alpha)
    assert before + nesterov.shifted_change(alpha, v_0, v_1) == after
