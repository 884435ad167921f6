"""Collapsed networks: against running their layers."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import linear_networks

RNG = np.random.default_rng(7)
SIZES = (4, 2, 3, 5)
WEIGHTS = [RNG.integers(-3, 4, (m, n)) for n, m in pairwise(SIZES)]
BIASES = [RNG.integers(-3, 4, m) for m in SIZES[1:]]


def test_one_layer_does_what_all_layers_do() -> None:
    weights, biases = [W.tolist() for W in WEIGHTS], [b.tolist() for b in BIASES]
    one = (
        linear_networks.collapsed_weights(weights),
        linear_networks.collapsed_bias(weights, biases),
    )
    for x in RNG.integers(-9, 10, (5, 4)):
        h = x
        for W, b in zip(WEIGHTS, BIASES, strict=True):
            h = W @ h + b
        assert (np.array(one[0]) @ x + one[1] == h).all()


def test_the_narrowest_layer_bounds_the_rank() -> None:
    drawn = [RNG.normal(size=W.shape) for W in WEIGHTS]
    rank = np.linalg.matrix_rank(drawn[2] @ drawn[1] @ drawn[0])
    assert linear_networks.rank_bound(SIZES) == rank


def test_tied_weights_have_the_slopes_of_the_loss() -> None:
    W, x, step = np.array([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]]), np.array([1.0, 2.0, -1.0]), 1e-5

    def loss(V: np.ndarray[Any, Any]) -> float:
        error = map(rational, (V.T @ (V @ x) - x).tolist())
        return float(linear_networks.half_squared_error(tuple(error)))

    code, error = W @ x, W.T @ (W @ x) - x
    exact = [tuple(map(rational, v.tolist())) for v in (x, code, error)]
    found = linear_networks.tied_gradient([tuple(map(rational, r)) for r in W.tolist()], *exact)
    for place in np.ndindex(W.shape):
        move = np.zeros_like(W)
        move[place] = step
        difference = (loss(W + move) - loss(W - move)) / (2 * step)
        assert float(found[place[0]][place[1]]) == pytest.approx(difference, rel=1e-6)


def test_no_approximation_of_low_rank_beats_the_discarded_singular_values() -> None:
    data = RNG.integers(-5, 6, (6, 4)).astype(float)
    u, s, vt = np.linalg.svd(data, full_matrices=False)
    best = float(linear_networks.discarded_energy(s.tolist(), 2))
    assert np.sum((data - u[:, :2] * s[:2] @ vt[:2]) ** 2) == pytest.approx(best)
    for _ in range(20):
        basis = np.linalg.qr(RNG.normal(size=(4, 2)))[0]
        assert np.sum((data - data @ basis @ basis.T) ** 2) > best
