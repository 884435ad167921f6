"""Augmentation: every count against a list of what is counted."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.solvers import augmentation


@given(
    st.integers(1, 9), st.integers(1, 9), st.integers(0, 9), st.integers(0, 9), st.integers(1, 3)
)
def test_crops_are_listed(h: int, w: int, down: int, across: int, stride: int) -> None:
    image = np.zeros((h + down, w + across))
    crops = [
        (i, j)
        for i, j in np.ndindex(*image.shape)
        if i % stride == j % stride == 0 and image[i : i + h, j : j + w].shape == (h, w)
    ]
    assert augmentation.crop_positions(*image.shape, (h, w), stride) == len(crops)


@pytest.mark.parametrize("turns", [1, 2, 4])
@pytest.mark.parametrize("axes", [0, 1, 2])
def test_orientations_are_listed(turns: int, axes: int) -> None:
    square = np.arange(9).reshape(3, 3)
    steps = [(1, -1) if axis < axes else (1,) for axis in range(2)]
    seen = {
        np.rot90(square[::down, ::across], 4 // turns * k).tobytes()
        for across, down in product(*steps)
        for k in range(turns)
    }
    assert augmentation.orientations(turns, axes) == len(seen)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_choices_combine(choices: list[int]) -> None:
    assert augmentation.variants(choices) == len(list(product(*map(range, choices))))


def test_ten_patches() -> None:
    """Krizhevsky et al. (2012), section 4.1: the corners, the centre and their reflections."""
    assert augmentation.passes(1, 5, 2) == 10
