"""Hinge losses against NumPy and differences."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import hinge

W, B, X, Y = (
    (rational(1, 2), rational(1, 5)),
    rational(1, 10),
    ((1, 2), (-3, 1), (0, -4)),
    (1, -1, 1),
)
SCORES, LABELS = ((1, rational(5, 2), -1), (3, 0, rational(9, 4))), (0, 2)


def class_loss(s: np.ndarray) -> float:
    total = 0.0
    for row, y in zip(s, LABELS, strict=True):
        total += sum(max(0.0, 1 - row[y] + v) for v in row) - 1  # the true class adds 1 by itself
    return total / len(s)


def test_margins_and_loss_are_numpys() -> None:
    expected = np.array(Y) * (np.array(X) @ np.array([0.5, 0.2]) + 0.1)
    found = hinge.margins(W, B, X, Y)
    assert np.array(found, dtype=float) == pytest.approx(expected)
    assert float(hinge.loss(found)) == pytest.approx(np.maximum(0, 1 - expected).mean())


def test_binary_pulls_are_slopes() -> None:
    outputs = np.array([0.4, -1.7, -0.8])
    for i, y in enumerate(Y):
        ends = [max(0.0, 1 - y * (outputs[i] + step)) for step in (1e-6, -1e-6)]
        pulls = hinge.binary_pulls([rational(y * outputs[i])], [y])
        assert pulls[0] == pytest.approx((ends[0] - ends[1]) / 2e-6)


def test_class_pulls_are_slopes_of_the_class_loss() -> None:
    scores = np.array(SCORES, dtype=float)
    assert float(hinge.class_loss(SCORES, LABELS)) == pytest.approx(class_loss(scores))
    for place in np.ndindex(scores.shape):
        ends = []
        for step in (1e-6, -1e-6):
            moved = scores.copy()
            moved[place] += step
            ends.append(class_loss(moved))
        pull = hinge.class_pulls(SCORES, LABELS)[place[0]][place[1]]
        assert pull == pytest.approx((ends[0] - ends[1]) / 2e-6 * len(SCORES))


def test_the_bias_takes_the_mean() -> None:
    assert hinge.mean_bias_gradient((1, 0, -1, 1)) == rational(1, 4)
