"""Collapsed networks: against running their layers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

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
