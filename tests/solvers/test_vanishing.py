"""Gradients through time against NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import freeze
from partialcredit.solvers import vanishing

HALF = rational(1, 2)
W = ((HALF, 1), (-1, 3 * HALF))


def test_the_first_step_stands_on_the_right() -> None:
    states = freeze(((HALF, rational(-1, 5)), (rational(-3, 5), rational(2, 5))))
    w = np.array(W, dtype=float)
    first, second = (np.diag(1 - np.array(h, dtype=float) ** 2) @ w for h in states)
    found = np.array(vanishing.jacobian(W, states), dtype=float)
    np.testing.assert_allclose(found, second @ first)
    assert float(vanishing.scalar_gradient(HALF, (HALF,))) == 0.375


def test_radius_and_norm() -> None:
    matrix = ((HALF, rational(1, 4)), (1, rational(-1, 4)))
    w = np.array(matrix, dtype=float)
    assert float(vanishing.spectral_radius(matrix)) == pytest.approx(max(abs(np.linalg.eigvals(w))))
    negative = freeze(matrix) * -1
    assert vanishing.spectral_radius(negative) == vanishing.spectral_radius(matrix)
    assert float(vanishing.growth_bound(matrix, 2)) == pytest.approx(np.linalg.norm(w, 2) ** 2)


def test_steps_until_a_power_is_small() -> None:
    for tenths in range(3, 10):
        steps = vanishing.steps_below(rational(tenths, 10), 3)
        assert (tenths / 10) ** steps < 1e-3 <= (tenths / 10) ** (steps - 1)


def test_the_way_through_the_cell() -> None:
    assert vanishing.cell_path((HALF, HALF, rational(4, 5))) == rational(1, 5)
