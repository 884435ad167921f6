"""Momentum: the closed forms against the recursion, its written-out sums and exact enumeration."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.vectors import Vector, freeze
from partialcredit.solvers import momentum
from tests.strategies import rationals

units = rationals(rational(1, 20), rational(19, 20), max_denominator=20)
rates = rationals(rational(1, 100), 1, max_denominator=100)
small = st.integers(min_value=-9, max_value=9)


def outcomes(alpha: Rational, eta: Rational, mu: int, sigma: int, t: int) -> list[tuple]:
    """(v_t, theta_t) for every outcome of gradients mu + sigma or mu - sigma."""
    found = []
    for signs in product((-1, 1), repeat=t):
        v = theta = rational(0)
        for s in signs:
            v = alpha * v - eta * (mu + sigma * s)
            theta += v
        found.append((v, theta))
    return found


def mean(values: list[Rational]) -> Rational:
    return sum(values, rational(0)) / len(values)


def variance(values: list[Rational]) -> Rational:
    return mean([(v - mean(values)) ** 2 for v in values])


@given(units, rates, small, st.integers(0, 5), st.integers(1, 5))
def test_moments_are_those_of_all_outcomes(
    alpha: Rational, eta: Rational, mu: int, sigma: int, t: int
) -> None:
    velocities, positions = map(list, zip(*outcomes(alpha, eta, mu, sigma, t), strict=True))
    assert momentum.expected_velocity(alpha, eta, mu, t) == mean(velocities)
    assert momentum.expected_position(7, alpha, eta, mu, t) == 7 + mean(positions)
    assert momentum.velocity_variance(alpha, eta, sigma, t) == variance(velocities)
    assert momentum.position_variance(alpha, eta, sigma, t) == variance(positions)


@given(units, rates, st.lists(small, min_size=1, max_size=5))
def test_the_older_gradient_carries_the_higher_power(
    alpha: Rational, eta: Rational, gradients: list[int]
) -> None:
    """S1-94, written out; the notes' S1-93 has the powers reversed."""
    t = len(gradients)
    unrolled = -eta * sum(alpha ** (t - 1 - i) * g for i, g in enumerate(gradients))
    assert momentum.velocities(gradients, [alpha] * t, eta)[-1] == unrolled


def test_worked_example_of_the_notes() -> None:
    """S2-09: gamma = 0.9 gives w_2 = w_0 - lambda (1.9 g_0 + g_1)."""
    path = momentum.velocities((1, 0), [rational(9, 10)] * 2, 1)
    assert momentum.position(0, path) == -rational(19, 10)
    path = momentum.velocities((0, 1), [rational(9, 10)] * 2, 1)
    assert momentum.position(0, path) == -1


def test_vectors_are_scalars_side_by_side() -> None:
    g = freeze(((1, -2), (3, 4), (0, 5)))
    alphas = (rational(1, 2), rational(3, 4), rational(9, 10))
    rows = momentum.velocities(g, alphas, rational(1, 10))
    for i, component in enumerate(zip(*g, strict=True)):
        alone = momentum.velocities(component, alphas, rational(1, 10))
        assert alone == tuple(row[i] for row in rows)
    first = momentum.position(Vector((1, 2)), rows)[0]
    assert first == momentum.position(1, [row[0] for row in rows])


@pytest.mark.parametrize("alpha", [rational(1, 2), rational(9, 10)])
def test_limits_are_fixed_points(alpha: Rational) -> None:
    v = momentum.expected_velocity_limit(alpha, rational(1, 10), 3)
    assert alpha * v - rational(1, 10) * 3 == v
    step = momentum.velocity_variance(alpha, rational(1, 10), 3, 1)
    spread = momentum.velocity_variance(alpha, rational(1, 10), 3, 400) / (1 - alpha**800)
    assert alpha**2 * spread + step == spread


def test_the_lag_is_what_the_position_lacks_in_the_end() -> None:
    alpha, t = rational(1, 2), 60
    behind = t + momentum.expected_position(0, alpha, 1, 1, t) * (1 - alpha)
    assert abs(behind - momentum.expected_position_lag(alpha)) < rational(1, 10**15)


def test_second_moments_of_all_outcomes() -> None:
    alpha, eta, t = rational(1, 2), rational(1, 5), 3
    first = [v for v, _ in outcomes(alpha, eta, 1, 2, t)]
    second = [v for v, _ in outcomes(alpha, eta, -3, 2, t)]
    expected = (
        (mean([a * a for a in first]), mean([a * b for a in first for b in second])),
        (mean([a * b for a in first for b in second]), mean([b * b for b in second])),
    )
    means = [momentum.expected_velocity(alpha, eta, mu, t) for mu in (1, -3)]
    spread = momentum.velocity_variance(alpha, eta, 2, t)
    assert momentum.second_moment_matrix(spread, means) == expected
