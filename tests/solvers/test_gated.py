"""Gated cells against the same steps in floating point."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import gated

HALF = rational(1, 2)
W, U, B = ((1,), (-1,)), ((2, -1), (1, 1)), Vector((HALF, 0))
X, H, R = (1,), Vector((1, -HALF)), Vector((HALF, rational(1, 4)))


def sigmoid(a: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-a))


def test_an_lstm_step() -> None:
    w, u, b = (Vector(v) for v in ((1, -1, 2, HALF), (2, 1, -2, 1), (0, 1, 0, -1)))
    gates = gated.lstm_gates(gated.lstm_sums(w, u, b, 1, HALF))
    cell = gated.lstm_cell(gates, 1)
    i, f, o = sigmoid(np.array([2.0, 0.5, 0.0]))
    assert float(cell) == pytest.approx(f + i * np.tanh(1))
    assert float(gated.lstm_state(gates[3], cell)) == pytest.approx(o * np.tanh(float(cell)))


def test_the_two_resets_of_a_gru_differ_where_units_are_mixed() -> None:
    own, h, r = np.array([1.5, -1.0]), np.array([1, -0.5]), np.array([0.5, 0.25])
    after = np.tanh(own + r * (np.array(U) @ h))
    before = np.tanh(own + np.array(U) @ (r * h))
    assert [float(v) for v in gated.gru_candidate(W, U, B, X, H, R)] == pytest.approx(after)
    found = gated.gru_candidate_reset_before(W, U, B, X, H, R)
    assert [float(v) for v in found] == pytest.approx(before)
    gate = gated.gru_gate(W, U, B, X, H)
    assert [float(v) for v in gate] == pytest.approx(sigmoid(own + np.array(U) @ h))


def test_an_update_gate_keeps_its_share() -> None:
    assert gated.gru_state(rational(3, 10), rational(-2, 5), rational(9, 10)) == rational(-1, 100)
    assert gated.carried(2, rational(9, 10), 4) == rational(13122, 10000)
