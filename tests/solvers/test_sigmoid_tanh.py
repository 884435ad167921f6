"""The identity of sigmoid and tanh, and converted networks, at points."""

from __future__ import annotations

from math import exp, tanh

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import sigmoid_tanh

POINTS = [-3.0, -0.4, 0.0, 1.1, 2.5]


def sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x))


@pytest.mark.parametrize("x", POINTS)
def test_both_ways_give_the_same_curve(x: float) -> None:
    a, b, c = map(float, sigmoid_tanh.tanh_as_logistic(rational(3, 2), rational(4, 5)))
    assert a * sigmoid(b * x) + c == pytest.approx(1.5 * tanh(0.8 * x))
    a, b, c = map(float, sigmoid_tanh.logistic_as_tanh(rational(3, 2), rational(4, 5)))
    assert a * tanh(b * x) + c == pytest.approx(1.5 * sigmoid(0.8 * x))


@pytest.mark.parametrize("x", POINTS)
def test_the_slope_is_that_of_differences(x: float) -> None:
    found = (tanh(x + 1e-5) - tanh(x - 1e-5)) / 2e-5
    assert float(sigmoid_tanh.tanh_slope(sigmoid(2 * x))) == pytest.approx(found)


def test_converted_networks_compute_the_same() -> None:
    W, b, v, c = ((1, -2), (3, 1)), (1, -1), (2, -3), 4
    V, a, u, d = sigmoid_tanh.converted(W, b, v, c)
    for x in ((0.3, -0.7), (1.0, 2.0), (-2.0, 0.1)):
        before = np.array(v) @ np.tanh(np.array(W) @ x + b) + c
        after = np.array(u) @ (1 / (1 + np.exp(-(np.array(V) @ x + a)))) + d
        assert after == pytest.approx(before)
