"""Matrix norms against NumPy and against their definition."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import matrix_norms

MATRICES = [((1, -2, 3), (-4, 1, 0)), ((5, 1), (-2, -7), (3, 3)), ((-2, 6), (1, -1))]


@pytest.mark.parametrize("W", MATRICES)
def test_norms_are_numpys_and_no_vector_is_stretched_further(
    W: tuple[tuple[int, ...], ...],
) -> None:
    array = np.array(W, dtype=float)
    assert matrix_norms.row_sum_norm(W) == np.linalg.norm(array, np.inf)
    assert matrix_norms.column_sum_norm(W) == np.linalg.norm(array, 1)
    assert np.isclose(float(matrix_norms.frobenius_norm(W)), np.linalg.norm(array))
    x = np.random.default_rng(5).uniform(-1, 1, size=(len(W[0]), 500))
    stretch = abs(array @ x).max(axis=0) / abs(x).max(axis=0)
    assert stretch.max() <= matrix_norms.row_sum_norm(W) + 1e-9


@pytest.mark.parametrize("W", MATRICES)
def test_derivatives_are_the_change_of_the_norm(W: tuple[tuple[int, ...], ...]) -> None:
    small, others = rational(1, 100), [((1, 1),), ((2, -3),)]
    before = matrix_norms.row_sum_norm(W)
    for i, row in enumerate(W):
        for j, _ in enumerate(row):
            moved = [
                [x + small * ((i, j) == (k, m)) for m, x in enumerate(r)] for k, r in enumerate(W)
            ]
            rise = (matrix_norms.row_sum_norm(moved) - before) / small
            if W[i][j] != 0:
                assert matrix_norms.row_sum_gradient(W)[i][j] == rise
            change = matrix_norms.penalty([moved, *others]) - matrix_norms.penalty([W, *others])
            if W[i][j] != 0:
                assert matrix_norms.penalty_gradient([W, *others], 0)[i][j] == change / small
    assert matrix_norms.row_sums(W)[matrix_norms.active_row(W)] == before
