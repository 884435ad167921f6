"""Pooling against NumPy's view of all windows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view

from partialcredit.solvers import pooling

rows = st.lists(st.integers(-9, 9), min_size=5, max_size=5)
images = st.lists(rows, min_size=4, max_size=4)


@given(images, st.integers(1, 3), st.integers(1, 3))
def test_every_reduction_of_every_window(image: list[list[int]], size: int, stride: int) -> None:
    windows = sliding_window_view(np.array(image), (size, size))[::stride, ::stride]
    np.testing.assert_array_equal(pooling.max_pool(image, size, stride), windows.max((2, 3)))
    np.testing.assert_array_equal(pooling.min_pool(image, size, stride), windows.min((2, 3)))
    found = np.array(pooling.average_pool(image, size, stride), dtype=float)
    np.testing.assert_allclose(found, windows.mean((2, 3)))
    assert float(pooling.global_average(image)) == pytest.approx(np.mean(image))


@given(st.permutations(range(16)))
def test_unpooling_restores_what_pooling_kept(values: list[int]) -> None:
    image = np.array(values).reshape(4, 4)
    kept = pooling.max_pool(image.tolist(), 2, 2)
    restored = np.array(pooling.unpool(image.tolist(), kept, 2))
    assert np.all((restored == image) | (restored == 0))
    assert restored.sum() == np.sum(kept)
    assert len(pooling.first_largest(image.tolist(), 2)) == 4


def test_a_move_loses_what_leaves() -> None:
    assert pooling.moved((1, 2, 3), 2) == (0, 0, 1)
    assert pooling.max_pool_signal((3, 1, -2, -1), 2) == (3, -1)
