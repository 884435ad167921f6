"""Functions in pieces against NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import piecewise

X, T, A = (2, -2, -1), (1, 3, -1), rational(1, 4)


@pytest.mark.parametrize("x", [-3, -1, 1, 4])
def test_the_maximum_is_the_function_up_to_equal_slopes(x: int) -> None:
    for p, q in ((2, 1), (2, -1), (2, 2), (2, 3)):
        assert (piecewise.two_slopes(x, p, q) == max(p * x, q * x)) == (q <= p)


@pytest.mark.parametrize("x", [-2, -1, 1, 2])
def test_the_largest_alpha_is_where_the_maximum_stops_to_be_elu(x: int) -> None:
    bound = float(piecewise.largest_alpha(x))
    for alpha in (bound * 0.99, bound * 1.01):
        elu = max(0.0, x) + min(0.0, alpha * np.expm1(x))
        form = max(alpha * np.expm1(x), x)
        assert (form == pytest.approx(elu)) == (alpha < bound)
        assert float(piecewise.elu_max_form(x, rational(alpha))) == pytest.approx(form)


def test_gradients_of_the_parametric_relu_are_slopes() -> None:
    def loss(x: np.ndarray, a: float) -> float:
        return float(np.sum((np.where(x > 0, x, a * x) - T) ** 2) / 2)

    x = np.array(X, dtype=float)
    slope = (loss(x, 0.25 + 1e-6) - loss(x, 0.25 - 1e-6)) / 2e-6
    assert float(piecewise.prelu_gradient(X, T, A)) == pytest.approx(slope)
    steps = np.eye(3) * 1e-6
    slopes = [(loss(x + s, 0.25) - loss(x - s, 0.25)) / 2e-6 for s in steps]
    found = piecewise.prelu_input_gradient(X, T, A)
    assert np.array(found, dtype=float) == pytest.approx(slopes)


def test_the_kink_of_a_maximum_is_its_crossing() -> None:
    w, b = (rational(2), rational(-1, 2)), (rational(1), rational(3))
    x = piecewise.crossing(w, b)
    assert w[0] * x + b[0] == w[1] * x + b[1] == piecewise.maxout(x, w, b)
    assert piecewise.maxout(x + 1, w, b) == w[0] * (x + 1) + b[0]
    assert piecewise.maxout(x - 1, w, b) == w[1] * (x - 1) + b[1]
