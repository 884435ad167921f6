"""Stationary noise: each variance reproduces itself under one more step."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import stationary
from tests.strategies import rationals

rates = rationals(rational(1, 50), rational(1, 5), max_denominator=50)
units = rationals(rational(1, 20), rational(9, 10), max_denominator=20)


@given(rates, st.integers(1, 9), st.integers(1, 5))
def test_one_more_step_changes_nothing(rate: Rational, curvature: int, sigma: int) -> None:
    found = stationary.variance(rate, curvature, sigma)
    assert (1 - rate * curvature) ** 2 * found + rate**2 * sigma**2 == found


@given(rates, st.integers(1, 9), st.integers(1, 5), st.integers(0, 5))
def test_variance_after_some_steps_is_that_of_all_outcomes(
    rate: Rational, curvature: int, sigma: int, t: int
) -> None:
    ends = []
    for signs in product((-1, 1), repeat=t):
        theta = rational(0)
        for s in signs:
            theta -= rate * (curvature * theta + sigma * s)
        ends.append(theta**2)
    assert stationary.variance_after(rate, curvature, sigma, t) == sum(ends) / len(ends)


@given(rates, units, st.integers(1, 9))
def test_momentum_reproduces_its_covariance(
    rate: Rational, alpha: Rational, curvature: int
) -> None:
    """By the discrete Lyapunov equation of position and velocity."""
    c, a = float(rate) * curvature, float(alpha)
    step = np.array([[1 - c, a], [-c, a]])
    noise = float(rate) ** 2 * np.ones(4)
    covariance = np.linalg.solve(np.eye(4) - np.kron(step, step), noise)
    exact = stationary.variance_with_momentum(rate, alpha, curvature, 1)
    assert float(exact) == pytest.approx(covariance[0], rel=1e-9)


def test_loss_is_half_the_curvature_times_the_variance() -> None:
    assert float(stationary.expected_loss(rational(3), 4)) == np.mean([0.5 * 4 * 3])
