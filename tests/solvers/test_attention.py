"""Attention against a published answer, NumPy and finite differences."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import attention

Q, K = ((1, 2), (3, 1)), ((2, 1), (1, 1), (0, 1))
V = ((1, 2, -2), (1, 1, 2), (0, 1, -1))


def softmax(rows: np.ndarray) -> np.ndarray:
    powers = np.exp(rows)
    return powers / powers.sum(-1, keepdims=True)


def test_a_published_answer() -> None:
    """CSC413 (Toronto): [[0.86, 1.58, -0.72], [0.99, 1.88, -1.56]]."""
    weights = attention.weights(attention.scores(Q, K))
    found = np.array(attention.context(weights, V), dtype=float)
    np.testing.assert_allclose(found, [[0.86, 1.58, -0.72], [0.99, 1.88, -1.56]], atol=0.005)


def test_a_causal_row_sees_no_later_position() -> None:
    scores = ((1, 2, 3), (0, 1, 5), (2, 0, 1))
    masked = np.where(np.tri(3) > 0, np.array(scores, dtype=float), -np.inf)
    found = np.array(attention.causal_weights(scores), dtype=float)
    np.testing.assert_allclose(found, softmax(masked))


def test_gradients_are_slopes() -> None:
    keys, values, g = np.array([[1, 0, -1, 2], [0, 1, 1, -1], [2, -1, 0, 1]]), (2, -1, 4), 2
    query = np.array([0.3, 0.1, -0.2, 0.5])

    def loss(q: np.ndarray) -> float:
        return float(g * softmax(keys @ q / 2) @ values)

    a = Vector(softmax(keys @ query / 2).tolist())
    o = float(np.dot(a, values))
    by_scores = attention.score_gradient(a, Vector(values), o, g)
    assert sum(by_scores) == pytest.approx(0)
    by_query = [sum(d * k for d, k in zip(by_scores, column, strict=True)) / 2 for column in keys.T]
    step = 1e-6 * np.eye(4)
    assert by_query == pytest.approx([(loss(query + e) - loss(query - e)) / 2e-6 for e in step])
    exact = attention.query_gradient((0, -2, 2), keys.tolist())
    assert exact == (2, -2, -1, 2)
    assert attention.value_gradient(Vector((rational(1, 6), rational(1, 3))), 2) == (
        rational(1, 3),
        rational(2, 3),
    )
