"""Augmentation: every count against a list of what is counted."""

from __future__ import annotations

from itertools import product

import numpy as np
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


def test_a_square_has_eight_orientations() -> None:
    square = np.arange(9).reshape(3, 3)
    seen = {np.rot90(square[:, ::step], k).tobytes() for step, k in product((1, -1), range(4))}
    assert augmentation.orientations(4, 2) == len(seen)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_choices_combine(choices: list[int]) -> None:
    assert augmentation.variants(choices) == len(list(product(*map(range, choices))))


def test_ten_patches() -> None:
    """Krizhevsky et al. (2012), section 4.1: the corners, the centre and their reflections."""
    assert augmentation.passes(1, 5, 2) == 10
