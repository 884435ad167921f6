"""Gradient descent: the numbers of the notes, and symmetric differences of a quadratic loss."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import descent

points = st.lists(st.tuples(st.integers(-5, 5), st.integers(-9, 9)), min_size=1, max_size=5)


def test_worked_example() -> None:
    """J = (theta - 3)^2 from 0 with learning rate 0.1: two steps lead to 1.08."""
    theta = 0
    for _step in range(2):
        theta = descent.step(theta, 2 * (theta - 3), rational(1, 10))
    assert theta == rational(108, 100)


@given(points, st.integers(-5, 5), st.integers(-5, 5))
def test_gradient_is_a_symmetric_difference_of_the_loss(
    data: list[tuple[int, int]], w: int, b: int
) -> None:
    """Exact for a quadratic loss."""
    x, y = zip(*data, strict=True)

    def loss(w: int, b: int) -> Rational:
        return sum((rational((w * p + b - q) ** 2, 2 * len(x)) for p, q in data), rational(0))

    residuals = descent.line_residuals(x, y, (w, b))
    assert descent.half_mean_square(residuals) == loss(w, b)
    assert descent.line_gradient(x, residuals) == (
        (loss(w + 1, b) - loss(w - 1, b)) / 2,
        (loss(w, b + 1) - loss(w, b - 1)) / 2,
    )


def test_best_rate_of_the_catalogue() -> None:
    """Eigenvalues 1 and 9: 0.2, below the limit of 2/9."""
    rate = descent.best_rate(rational(1), 9)
    assert rate == rational(1, 5)
    assert rate < descent.largest_rate(9)
    assert descent.contraction(rate, 1) == descent.contraction(rate, 9)


@given(st.integers(1, 9), st.integers(1, 30), st.integers(0, 6))
def test_closed_form_is_the_loop(eigenvalue: int, hundredths: int, n: int) -> None:
    rate, theta = rational(hundredths, 100), rational(5)
    for _step in range(n):
        theta -= rate * eigenvalue * theta
    assert descent.after_steps(5, rate, eigenvalue, n) == theta


@pytest.mark.parametrize("condition", [4, 9, 25, 100])
def test_no_other_momentum_contracts_faster(condition: int) -> None:
    """The spectral radius of the two-term recursion, over a grid around the optimum."""
    best = float(descent.best_momentum(condition))

    def radius(alpha: float, rate: float) -> float:
        maps = [[[1 + alpha - rate * c, -alpha], [1, 0]] for c in (1, condition)]
        return float(np.abs(np.linalg.eigvals(maps)).max())

    rates = np.linspace(0.01, 4 / condition, 2000)
    least = min(radius(best, rate) for rate in rates)
    for alpha in (0.7 * best, 0.9 * best, best + 0.05, best + 0.1):
        assert min(radius(alpha, rate) for rate in rates) > least
    assert least == pytest.approx(best**0.5, abs=0.02)


@given(st.integers(1, 95), st.sampled_from(["0.1", "0.05", "0.001", "1/2", "1/4", "1", "2"]))
def test_the_steps_are_the_first_power_that_is_small_enough(hundredths: int, share: str) -> None:
    factor, power, t = Fraction(hundredths, 100), Fraction(1), 0
    while power >= Fraction(share):
        power, t = power * factor, t + 1
    assert descent.steps_to_reach(rational(factor), rational(share)) == t


@pytest.mark.parametrize("factor", [rational(3, 2), rational(1), rational(-1, 2), rational(0)])
def test_a_factor_that_does_not_shrink_is_refused(factor: Rational) -> None:
    with pytest.raises(ValueError, match="do not shrink"):
        descent.steps_to_reach(factor, rational(1, 10))


def test_steps_beyond_counting_are_refused_at_once() -> None:
    """A student's wrong factor may have hundreds of digits, and its powers 400 times as many."""
    with pytest.raises(ValueError, match="not yet reached"):
        descent.steps_to_reach(rational(10**300 - 1, 10**300), rational(1, 10))
