"""Adam: published numbers, weighted means and exact enumeration of two-valued gradients."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import adam
from tests.strategies import rationals

units = rationals(rational(1, 20), rational(19, 20), max_denominator=20)
gradients = st.lists(st.integers(-9, 9), min_size=1, max_size=6)


@given(gradients, units)
def test_a_corrected_moment_is_a_weighted_mean(values: list[int], beta: Rational) -> None:
    weights = float(beta) ** np.arange(len(values))[::-1]
    moment = adam.corrected(adam.moving_average(values, beta), beta, len(values))
    assert float(moment) == pytest.approx(np.average(values, weights=weights), abs=1e-12)


def test_path_of_the_catalogue() -> None:
    """Gradients 5, 5, -3 with learning rate 0.1; the constant correction gives other numbers."""
    betas = (rational(9, 10), rational(999, 1000))
    path = adam.positions(0, (5, 5, -3), rational(1, 10), betas, 0)
    assert [round(float(theta), 4) for theta in path] == [-0.1, -0.2, -0.2462]


@given(st.integers(-50, 50).filter(bool), st.sampled_from(["0.001", "0.1"]))
def test_the_first_step_has_the_size_of_the_learning_rate(g: int, rate: str) -> None:
    (theta,) = adam.positions(0, (g,), rational(rate), (rational(9, 10), rational(99, 100)), 0)
    assert theta == (-rational(rate) if g > 0 else rational(rate))


def test_without_correction_the_first_step_is_too_large() -> None:
    """S1-76: 3.16 times with the usual betas."""
    ratio = adam.uncorrected_first_step_ratio(rational(9, 10), rational(999, 1000))
    assert float(ratio) == pytest.approx(10**0.5)


@given(units, st.integers(-5, 5), st.integers(0, 4), st.integers(1, 5))
def test_moments_are_those_of_all_outcomes(beta: Rational, mu: int, sigma: int, t: int) -> None:
    draws = [[mu + sigma * s for s in signs] for signs in product((-1, 1), repeat=t)]
    first = sum(adam.moving_average(g, beta) for g in draws) / rational(len(draws))
    second = sum(adam.moving_average([x * x for x in g], beta) for g in draws)
    assert adam.expected_first_moment(beta, mu, t) == first
    assert adam.expected_second_moment(beta, mu, sigma, t) == second / rational(len(draws))


@given(units, st.sampled_from(["0.01", "0.05", "0.1", "0.3", "0.9"]))
def test_the_bias_falls_below_the_share_there_and_not_before(beta: Rational, share: str) -> None:
    t = adam.steps_until_unbiased(beta, rational(share))
    assert 1 - adam.expected_first_moment(beta, 1, t) < rational(share)
    assert t == 1 or 1 - adam.expected_first_moment(beta, 1, t - 1) >= rational(share)


def variance(values: list[Rational]) -> Rational:
    mean = sum(values) / rational(len(values))
    return sum((v - mean) ** 2 for v in values) / rational(len(values))


@given(units, st.integers(-5, 5), st.integers(0, 4), st.integers(1, 5))
def test_variances_are_those_of_all_outcomes(beta: Rational, mu: int, sigma: int, t: int) -> None:
    draws = [[mu + sigma * s for s in signs] for signs in product((-1, 1), repeat=t)]
    moments = [rational(adam.moving_average(g, beta)) for g in draws]
    assert adam.first_moment_variance(beta, sigma, t) == variance(moments)
    hats = [rational(adam.corrected(m, beta, t)) for m in moments]
    assert adam.corrected_moment_variance(beta, sigma, t) == variance(hats)


def test_variance_of_the_catalogue() -> None:
    """Beta 0.9, sigma 2, t 5: 0.13712, on the way to 0.210526."""
    variances = [float(adam.first_moment_variance(rational(9, 10), 2, t)) for t in (5, 500)]
    assert variances == pytest.approx([0.13712, 0.210526], 1e-5)
    assert float(4 / adam.effective_sample(rational(9, 10))) == pytest.approx(0.210526, 1e-5)
