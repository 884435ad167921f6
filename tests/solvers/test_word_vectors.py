"""Word vectors against NumPy, finite differences and enumeration."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import softmax, word_vectors

U, V, O = ((1, 0), (0, 1), (1, 1), (2, -1)), Vector((1, -1)), 1
NEGATIVES = (0, 2, 2)


def slopes(f, at: np.ndarray) -> np.ndarray:
    found = np.zeros_like(at)
    for place in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[place] = 1e-6
        found[place] = (f(at + step) - f(at - step)) / 2e-6
    return found


def full_loss(v: np.ndarray, u: np.ndarray) -> float:
    z = u @ v
    return float(np.log(np.exp(z).sum()) - z[O])


def sampled_loss(v: np.ndarray) -> float:
    z = np.array(U) @ v
    return float(np.log1p(np.exp(-z[O])) + sum(np.log1p(np.exp(z[k])) for k in NEGATIVES))


def test_the_full_softmax() -> None:
    p = softmax.probabilities([u[0] - u[1] for u in U])
    errors = [p_w - (w == O) for w, p_w in enumerate(p)]
    v, u = np.array(V, dtype=float), np.array(U, dtype=float)
    by_v = np.array(word_vectors.centre_gradient(U, errors), dtype=float)
    np.testing.assert_allclose(by_v, slopes(lambda x: full_loss(x, u), v), atol=1e-6)
    by_u = np.array(word_vectors.outside_gradient(errors, V), dtype=float)
    np.testing.assert_allclose(by_u, slopes(lambda x: full_loss(v, x), u), atol=1e-6)


def test_negative_sampling() -> None:
    z = [u[0] - u[1] for u in U]
    drawn = [z[k] for k in NEGATIVES], [Vector(U[k]) for k in NEGATIVES]
    loss = word_vectors.negative_loss(z[O], drawn[0])
    v = np.array(V, dtype=float)
    assert float(loss) == pytest.approx(sampled_loss(v))
    found = word_vectors.negative_centre_gradient(z[O], Vector(U[O]), *drawn)
    np.testing.assert_allclose(np.array(found, dtype=float), slopes(sampled_loss, v), atol=1e-6)


def test_similarity_and_analogies() -> None:
    u, v = Vector((4, 0, 1)), Vector((1, 3, 2))
    inner = np.dot(u, v) / np.linalg.norm(u) / np.linalg.norm(v)
    assert float(word_vectors.cosine(u, v)) == pytest.approx(inner)
    assert float(word_vectors.distance(u, v)) == pytest.approx(19**0.5)
    table = ((1, 0, 2), (1, 3, 2), (4, 0, 1), (3, 4, 1), (-2, 1, 3))
    assert word_vectors.analogy(table, Vector((4, 3, 1)), (0, 1, 2)) == 3


def test_pairs_by_enumeration() -> None:
    for words in range(6, 12):
        pairs = [(a, b) for a in range(words) for b in range(words) if 0 < abs(a - b) <= 2]
        assert word_vectors.training_pairs(words, 2) == len(pairs)
