"""Shapes of layers against NumPy's arrays."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.solvers import batches


@pytest.mark.parametrize(("left", "right"), [((8, 5), (5, 3)), ((4, 2), (2, 7)), ((1, 1), (1, 9))])
def test_products_are_numpys(left: tuple[int, ...], right: tuple[int, ...]) -> None:
    assert batches.product(left, right) == (np.zeros(left) @ np.zeros(right)).shape


def test_a_product_with_other_inner_sizes_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be multiplied"):
        batches.product((8, 5), (3, 5))


def test_transposes_and_counts_are_numpys() -> None:
    arrays = [np.zeros((5, 3)), np.zeros(3)]
    assert batches.transposed((5, 3)) == arrays[0].T.shape
    assert batches.parameters([a.shape for a in arrays]) == sum(a.size for a in arrays)


@pytest.mark.parametrize("output", [(8, 3), (8, 10, 3), (2, 4, 5, 3)])
def test_summands_are_what_a_sum_over_the_leading_axes_collects(output: tuple[int, ...]) -> None:
    axes = tuple(range(len(output) - 1))
    assert batches.summands(output, (3,)) == np.ones(output).sum(axis=axes)[0]


def test_a_product_is_found_by_its_shape_among_shapes_of_any_rank() -> None:
    factors = [((3,), (3, 5)), ((8, 5), (3, 8)), ((5, 8), (8, 3))]
    assert batches.fitting(factors, (5, 3)) == 2
    with pytest.raises(ValueError, match="no product"):
        batches.fitting(factors, (5,))
