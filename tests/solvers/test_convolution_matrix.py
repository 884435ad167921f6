"""Convolution matrices against NumPy's convolutions of unit vectors."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from partialcredit.solvers import convolution_matrix as toeplitz


@pytest.mark.parametrize("theta", [(2, -1, 3), (1, 2, 3, 4, 5)])
def test_signals(theta: tuple[int, ...]) -> None:
    for mode, build, count in (
        ("valid", toeplitz.valid_matrix, toeplitz.valid_nonzeros),
        ("same", toeplitz.same_matrix, toeplitz.same_nonzeros),
    ):
        columns = [np.correlate(unit, theta, mode) for unit in np.eye(7)]  # type: ignore[call-overload]
        found = np.array(build(theta, 7))
        np.testing.assert_array_equal(found.T, columns)
        assert count(7, len(theta)) == np.count_nonzero(found)


def test_images() -> None:
    kernel = np.array([[1, 2], [3, 4]])
    found = np.array(toeplitz.image_matrix(kernel.tolist(), 4, 5))
    image = np.arange(20).reshape(4, 5)
    expected = np.tensordot(sliding_window_view(image, (2, 2)), kernel, 2)
    np.testing.assert_array_equal(found @ image.ravel(), expected.ravel())
    assert toeplitz.image_nonzeros(4, 5, 2) == np.count_nonzero(found)
