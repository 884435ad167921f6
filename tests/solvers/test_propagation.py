"""Signals through layers: against running them, step by step."""

from __future__ import annotations

from math import isclose, tanh

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import propagation


@pytest.mark.parametrize(("factor", "bound"), [(0.9, 0.001), (0.2, 0.01), (0.5, 0.25)])
def test_the_layers_until_a_signal_is_gone(factor: float, bound: float) -> None:
    passed = [k for k in range(1, 100) if factor**k < bound]
    exact = (rational(str(v)) for v in (factor, bound))
    assert propagation.layers_until_below(*exact) == passed[0]


def test_layers_with_the_needed_variance_reach_the_factor() -> None:
    variance = float(propagation.variance_for_factor(rational(1, 50), 5, 30))
    size = 1.0
    for _ in range(5):
        size = sum(variance * size for _ in range(30))
    assert isclose(size, 1 / 50)


def test_the_slope_of_tanh_is_a_difference() -> None:
    step = 1e-5
    for z in (rational(-3, 2), rational(1, 10), 2):
        x = float(z)
        difference = (tanh(x + step) - tanh(x - step)) / (2 * step)
        assert isclose(float(propagation.tanh_slope(z)), difference, rel_tol=1e-8)


def test_powers_by_eigenvectors_are_repeated_products() -> None:
    U = ((2, 1, 0), (1, 1, 0), (3, 0, 1))
    sizes = (rational(3, 2), rational(-1, 2), rational(1))
    W = np.array(propagation.diagonalised_power(U, sizes, 1), dtype=float)
    found = np.array(propagation.diagonalised_power(U, sizes, 5), dtype=float)
    assert np.allclose(found, W @ W @ W @ W @ W)
    assert np.allclose(sorted(np.linalg.eigvals(W)), sorted(map(float, sizes)))


def test_eigenvalues_stretch_their_vectors() -> None:
    W, u = ((1, 2, 0), (4, 3, 0), (0, 0, 7)), (1, 2, 0)
    assert (np.array(W) @ u == float(propagation.eigenvalue(W, u)) * np.array(u)).all()


@pytest.mark.parametrize("limit", [1, 4, 30])
def test_clipped_gradients_are_no_longer_than_the_limit(limit: int) -> None:
    gradient = (2, -6, 9)
    length = propagation.norm(gradient)
    assert float(length) == np.linalg.norm(gradient)
    factor = float(propagation.clipping_factor(length, limit))
    assert isclose(factor * float(length), min(limit, 11))


def test_units_that_agree_in_and_out_are_counted_once() -> None:
    """Against training two steps of a linear network by hand."""
    rows, outputs, x = [(1, 2), (0, 1), (1, 2), (1, 2)], [3, 3, 3, -1], np.array([2.0, 1.0])
    W, v = np.array(rows, dtype=float), np.array(outputs, dtype=float)
    for _ in range(2):
        error = v @ (W @ x) - 1
        W, v = W - 0.001 * error * np.outer(v, x), v - 0.001 * error * (W @ x)
    assert propagation.distinct_units(rows, outputs) == len(np.unique(W.round(9), axis=0))
