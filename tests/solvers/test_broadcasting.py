"""Broadcasting against NumPy."""

from __future__ import annotations

from itertools import product

import numpy as np

from partialcredit.solvers import broadcasting


def test_all_small_shapes_broadcast_as_in_numpy() -> None:
    shapes = [s for axes in range(4) for s in product((1, 2, 3), repeat=axes)]
    for a, b in product(shapes, repeat=2):
        try:
            expected = np.broadcast_shapes(a, b)
        except ValueError:
            expected = None
        assert broadcasting.broadcast(a, b) == expected


def test_totals_and_counts() -> None:
    u, v = (3, -1, 4), (2, 7)
    table = np.add.outer(u, v)
    assert broadcasting.column_plus_row_total(u, v) == table.sum()
    assert broadcasting.entries(table.shape) == table.size


def test_a_vector_runs_along_its_axis() -> None:
    for axis in range(3):
        shape = broadcasting.shape_along((4, 5, 6), axis)
        array = np.zeros((4, 5, 6)) + np.arange((4, 5, 6)[axis]).reshape(shape)
        assert (array == np.indices((4, 5, 6))[axis]).all()
