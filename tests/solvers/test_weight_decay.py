"""Weight decay: the numbers of the notes, and symmetric differences of the penalised loss."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import weight_decay
from tests.strategies import rationals

rates = rationals(rational(1, 100), 1, max_denominator=100)
small = st.integers(-9, 9)


def test_worked_example() -> None:
    """The weight 2 with gradient 0.5, rate 0.1 and alpha 0.2 becomes 1.91."""
    gradient = weight_decay.penalised_gradient(2, rational(1, 2), rational(1, 5))
    assert weight_decay.step(2, gradient, rational(1, 10)) == rational(191, 100)


@given(small, small, rates)
def test_gradient_is_a_symmetric_difference_of_the_penalised_loss(
    w: int, g: int, alpha: Rational
) -> None:
    def loss(w: int) -> Rational:
        return g * w + alpha / 2 * w * w

    assert weight_decay.penalised_gradient(w, g, alpha) == (loss(w + 1) - loss(w - 1)) / 2


@given(small, rates, rates, st.integers(0, 8))
def test_steps_without_a_gradient_of_the_loss(
    w: int, rate: Rational, alpha: Rational, k: int
) -> None:
    left: Rational | int = w
    for _step in range(k):
        pulled = weight_decay.penalised_gradient(left, 0, alpha)
        left = weight_decay.step(left, pulled, rate)
    assert weight_decay.shrunk(w, rate, alpha, k) == left
