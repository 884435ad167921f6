"""Adagrad and RMSprop: the numbers of the notes, and properties that no formula shares."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import adaptive
from tests.strategies import rationals

sizes = st.lists(st.integers(1, 9), min_size=1, max_size=6)


def test_worked_example() -> None:
    """Gradients 2 and 1 with learning rate 0.5: the second step is -0.2236."""
    squares = adaptive.running_sums((2, 1))
    last = adaptive.steps((2, 1), squares, rational(1, 2), 0)[-1]
    assert float(last) == pytest.approx(-0.2236067977)


def test_worked_example_of_rmsprop() -> None:
    """Gradients 2 and 2 with beta 0.9: a_2 is 0.76."""
    assert adaptive.running_means((2, 2), rational(9, 10))[-1] == rational(76, 100)


@given(sizes, rationals(rational(1, 20), rational(19, 20)))
def test_running_means_are_weighted_sums(gradients: list[int], beta: Rational) -> None:
    means = adaptive.running_means(gradients, beta)
    ages = np.arange(len(gradients))[::-1]
    weights = (1 - float(beta)) * float(beta) ** ages
    assert float(means[-1]) == pytest.approx(weights @ np.square(gradients))


@given(st.integers(1, 9), st.integers(1, 8))
def test_equal_gradients_lengthen_the_first_steps_of_rmsprop(g: int, t: int) -> None:
    beta = rational(9, 10)
    moves = adaptive.steps([g] * t, adaptive.running_means([g] * t, beta), 1, 0)
    assert float(moves[-1]) == pytest.approx(-float(adaptive.averaged_constant_step(beta, t)))


@given(sizes)
def test_an_accumulator_is_a_squared_norm(gradients: list[int]) -> None:
    for t, a in enumerate(adaptive.running_sums(gradients), start=1):
        assert float(a) == pytest.approx(np.linalg.norm(gradients[:t]) ** 2)


@given(st.integers(1, 9), st.integers(1, 12))
def test_equal_gradients_give_the_closed_form(g: int, t: int) -> None:
    moves = adaptive.steps([g] * t, adaptive.running_sums([g] * t), 1, 0)
    assert float(moves[-1]) == pytest.approx(-float(adaptive.constant_gradient_step(1, t)))


@given(rationals(rational(1, 9), 1, max_denominator=100))
def test_the_step_is_shorter_there_and_not_before(share: Rational) -> None:
    t = adaptive.steps_until_shorter(share)
    assert adaptive.constant_gradient_step(1, t) < share
    assert adaptive.constant_gradient_step(1, t - 1) >= share
