"""Node gradients of batch normalisation against finite differences of the node's own function."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import batchnorm_graph

A, G = (3, -1, -2), (rational(1, 2), rational(-3), rational(2))
E, C, B = batchnorm_graph.forward(rational(14, 3), rational(1, 10))
STEP = 1e-6


def loss(a: np.ndarray[Any, Any], b: float) -> float:
    return float(np.dot(a * b, np.array(G, dtype=float)))


def test_the_nodes_hang_together() -> None:
    assert float(C) ** 2 == pytest.approx(float(E))
    assert float(B) * float(C) == pytest.approx(1)


def test_every_gradient_is_a_difference() -> None:
    a, e = np.array(A, dtype=float), float(E)
    d_b = batchnorm_graph.reciprocal_gradient(A, G)
    d_c = batchnorm_graph.root_gradient(d_b, C)
    d_e = batchnorm_graph.shifted_gradient(d_c, C)
    paths = [
        (d_b, float(B), lambda b: loss(a, b)),
        (d_c, float(C), lambda c: loss(a, 1 / c)),
        (d_e, e, lambda t: loss(a, 1 / t**0.5)),
        (batchnorm_graph.shifted_gradient_at(d_b, E), e, lambda t: loss(a, 1 / t**0.5)),
    ]
    for found, at, f in paths:
        assert float(found) == pytest.approx((f(at + STEP) - f(at - STEP)) / (2 * STEP), rel=1e-6)


def test_the_distances_share_one_reciprocal() -> None:
    a = np.array(A, dtype=float)
    found = batchnorm_graph.centred_gradient(G, B)
    for i, entry in enumerate(found):
        moved = a.copy()
        moved[i] += 1
        assert float(entry) == pytest.approx(loss(moved, float(B)) - loss(a, float(B)))
