"""Gradient descent: the numbers of the notes, and symmetric differences of a quadratic loss."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.solvers import descent

points = st.lists(st.tuples(st.integers(-5, 5), st.integers(-9, 9)), min_size=1, max_size=5)


def test_worked_example() -> None:
    """J = (theta - 3)^2 from 0 with learning rate 0.1: two steps lead to 1.08."""
    theta: tuple = (0,)
    for _step in range(2):
        theta = descent.step(theta, (2 * (theta[0] - 3),), Fraction(1, 10))
    assert theta == (Fraction(108, 100),)


@given(points, st.integers(-5, 5), st.integers(-5, 5))
def test_gradient_is_a_symmetric_difference_of_the_loss(
    data: list[tuple[int, int]], w: int, b: int
) -> None:
    """Exact for a quadratic loss."""
    x, y = zip(*data, strict=True)

    def loss(w: int, b: int) -> Fraction:
        return sum((Fraction((w * p + b - q) ** 2, 2 * len(x)) for p, q in data), Fraction(0))

    residuals = descent.line_residuals(x, y, (w, b))
    assert descent.half_mean_square(residuals) == loss(w, b)
    assert descent.line_gradient(x, residuals) == (
        (loss(w + 1, b) - loss(w - 1, b)) / 2,
        (loss(w, b + 1) - loss(w, b - 1)) / 2,
    )
