"""Gradients of softmax regression against differences of the loss."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import softmax_regression

W, B = ((1, -2), (0, 1), (2, 1)), (1, 0, -1)
X, Y = ((1, 2), (-1, 1)), (2, 0)


def loss(W: np.ndarray, b: np.ndarray, X: np.ndarray) -> float:
    z = X @ W.T + b
    return float(np.mean(np.log(np.exp(z).sum(axis=1)) - z[[0, 1], list(Y)]))


def slopes(which: int) -> np.ndarray:
    arrays = [np.array(a, dtype=float) for a in (W, B, X)]
    found = np.empty_like(arrays[which])
    for place in np.ndindex(found.shape):
        ends = []
        for step in (1e-6, -1e-6):
            moved = [a.copy() for a in arrays]
            moved[which][place] += step
            ends.append(loss(*moved))
        found[place] = (ends[0] - ends[1]) / 2e-6
    return found


def test_gradients_are_slopes_of_the_loss() -> None:
    P = softmax_regression.predictions(W, B, X)
    errors = softmax_regression.errors(P, Y)
    by_weight = softmax_regression.weight_gradient(errors, X)
    assert np.array(by_weight, dtype=float) == pytest.approx(slopes(0), abs=1e-6)
    by_bias = softmax_regression.bias_gradient(errors)
    assert np.array(by_bias, dtype=float) == pytest.approx(slopes(1), abs=1e-6)
    by_input = [softmax_regression.input_gradient(W, e) for e in errors]
    assert np.array(by_input, dtype=float) / 2 == pytest.approx(slopes(2), abs=1e-6)


def test_probabilities_add_up_to_one() -> None:
    for row in softmax_regression.predictions(W, B, X):
        assert float(sum(row)) == pytest.approx(1)


def test_the_share_of_a_class_is_where_the_bias_rests() -> None:
    assert softmax_regression.same_input_bias_gradient(rational(2, 5), 2, rational(5)) == 0
    assert softmax_regression.same_input_bias_gradient(rational(3, 5), 2, rational(5)) > 0
