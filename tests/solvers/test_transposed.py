"""Transposed convolutions against the transposes of matrices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.solvers import transposed

values = st.integers(-5, 5)


def matrix(size: int, kernel: tuple[int, ...], stride: int, padding: int) -> np.ndarray:
    """The convolution of this geometry, column by column."""
    columns = []
    for unit in np.eye(size):
        padded = np.pad(unit, padding)
        starts = range(0, padded.size - len(kernel) + 1, stride)
        columns.append([padded[i : i + len(kernel)] @ kernel for i in starts])
    return np.array(columns).T


@given(st.tuples(values, values, values, values), st.tuples(values, values, values))
def test_values_are_those_of_the_transposed_matrix(x: tuple[int, ...], w: tuple[int, ...]) -> None:
    for stride in (1, 2, 3):
        for padding in (0, 1):
            size = transposed.size(4, 3, stride, padding)
            expected = matrix(size, w, stride, padding).T @ x
            found = transposed.transposed(x, w, stride=stride, padding=padding)
            np.testing.assert_array_equal(found, expected)


def test_two_axes_of_a_separable_kernel() -> None:
    a, b, x, y = (1, 2, -1), (3, 1, 2), (2, -1, 3), (1, 4, 2)
    found = transposed.transposed2d(np.outer(x, y).tolist(), np.outer(a, b).tolist(), stride=2)
    rows = transposed.transposed(x, a, stride=2, padding=0)
    columns = transposed.transposed(y, b, stride=2, padding=0)
    np.testing.assert_array_equal(found, np.outer(rows, columns))


@pytest.mark.parametrize("original", range(9, 20))
def test_the_size_is_the_smallest_that_a_convolution_shrinks_so(original: int) -> None:
    def convolved(length: int) -> int:
        return len(range(-1, length + 1 - 4 + 1, 3))

    restored = transposed.size(convolved(original), 4, 3, 1)
    assert convolved(restored) == convolved(original)
    assert convolved(restored - 1) < convolved(original)
