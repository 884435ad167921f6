"""The multiple-output loss against a sum over examples."""

from __future__ import annotations

import numpy as np

from partialcredit.solvers import multioutput

W = ((1, -2), (3, 0), (2, 5))
X = ((1, 0, 2, -1), (3, 1, 1, 4))
Y = ((2, 0, 1, 1), (-3, 4, 0, 2), (5, 1, 1, -2))


def loss(w: np.ndarray) -> float:
    pairs = zip(np.transpose(X), np.transpose(Y), strict=True)
    return sum(0.5 * float(((y - w @ x) ** 2).sum()) for x, y in pairs)


def test_the_terms_add_up_to_the_loss() -> None:
    assert float(sum(multioutput.loss_terms(W, X, Y))) == loss(np.array(W))
    assert float(multioutput.loss_terms(W, X, Y)[0]) == loss(np.zeros((3, 2)))


def test_the_gradient_is_the_slope_of_the_loss() -> None:
    found = multioutput.gradient(W, X, Y)
    for place in np.ndindex(3, 2):
        move = np.zeros((3, 2))
        move[place] = 1
        slope = (loss(W + move) - loss(W - move)) / 2
        assert found[place[0]][place[1]] == slope
