"""Losses of sigmoid outputs against plain floats and finite differences."""

from __future__ import annotations

from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import sigmoid_losses

quarters = st.integers(-20, 20).map(lambda n: rational(n, 4))
labels = st.integers(0, 1)


def entropy(z: float, y: int) -> float:
    s = 1 / (1 + exp(-z))
    return -(y * log(s) + (1 - y) * log(1 - s))


def squares(z: float, y: int) -> float:
    return (1 / (1 + exp(-z)) - y) ** 2


@given(quarters, quarters, labels, labels)
def test_losses_add_up_and_average(a: Rational, b: Rational, s: int, t: int) -> None:
    total = float(sigmoid_losses.cross_entropy_loss((a, b), (s, t)))
    assert total == pytest.approx(entropy(float(a), s) + entropy(float(b), t))
    mean = float(sigmoid_losses.mean_squared_error((a, b), (s, t)))
    assert mean == pytest.approx((squares(float(a), s) + squares(float(b), t)) / 2)


@given(quarters, labels)
def test_gradients_are_slopes(z: Rational, y: int) -> None:
    step = 1e-5
    slope = (entropy(float(z) + step, y) - entropy(float(z) - step, y)) / (2 * step)
    assert float(sigmoid_losses.cross_entropy_gradient(z, y)) == pytest.approx(slope, abs=1e-7)
    slope = (squares(float(z) + step, y) - squares(float(z) - step, y)) / (2 * step)
    found = float(sigmoid_losses.squared_error_gradient(z, y, 1))
    assert found == pytest.approx(slope, abs=1e-7)


@given(quarters)
def test_the_ratio_is_that_of_the_gradients(z: Rational) -> None:
    by_entropy = float(sigmoid_losses.cross_entropy_gradient(z, 1))
    by_square = float(sigmoid_losses.squared_error_gradient(z, 1, 1))
    assert float(sigmoid_losses.gradient_ratio(z)) == pytest.approx(by_entropy / by_square)
