"""Exact matrices against NumPy."""

from __future__ import annotations

import numpy as np

from partialcredit.solvers import matrices


def test_products_and_traces_are_numpys() -> None:
    A, B = np.arange(6).reshape(2, 3) - 2, np.arange(12).reshape(3, 4) * 2 - 9
    assert np.array_equal(matrices.product(A.tolist(), B.tolist()), A @ B)
    assert matrices.trace((A @ A.T).tolist()) == np.trace(A @ A.T)


def test_a_solution_satisfies_its_equations() -> None:
    A = ((4, 1, 0), (1, 3, -1), (0, -1, 2))
    B = ((1, 2), (0, -5), (7, 3))
    assert matrices.product(A, matrices.solve(A, B)) == B
