"""Training steps against NumPy and finite differences."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import training

W = ((1, -2, rational(1, 2)), (rational(-3, 4), 1, 1))
U = (2, -1, 3)
XS, YS, SCALES = ((1, 2), (3, 1)), (4, -1), (rational(4, 3), 1)


def loss(W: np.ndarray, u: np.ndarray) -> float:
    x = np.column_stack([np.array(XS), [1, 1]])
    h = np.maximum(x @ W.T, 0) * np.array(SCALES, dtype=float)
    return float(np.mean((np.column_stack([h, [1, 1]]) @ u - YS) ** 2) / 2)


def slopes(which: int) -> np.ndarray:
    """Central differences of the loss by one of the two layers."""
    layers = [np.array(W, dtype=float), np.array(U, dtype=float)]
    found = np.empty_like(layers[which])
    for place in np.ndindex(found.shape):
        ends = []
        for step in (1e-6, -1e-6):
            moved = [layer.copy() for layer in layers]
            moved[which][place] += step
            ends.append(loss(*moved))
        found[place] = (ends[0] - ends[1]) / 2e-6
    return found


def test_loss_is_numpys() -> None:
    expected = loss(np.array(W, dtype=float), np.array(U, dtype=float))
    assert float(training.loss(W, U, XS, YS, SCALES)) == pytest.approx(expected)


@pytest.mark.parametrize("which", [0, 1])
def test_gradients_are_slopes(which: int) -> None:
    found = training.gradients(W, U, XS, YS, SCALES)[which]
    assert np.array(found, dtype=float) == pytest.approx(slopes(which), abs=1e-6)


def test_dropout_keeps_the_expected_value() -> None:
    p = rational(1, 5)
    kept = training.scales((1, 0), p)
    assert [s * (1 - p) for s in kept] == [1, 0]
