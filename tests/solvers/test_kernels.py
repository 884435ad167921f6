"""Kernels against NumPy, ranks, and all inputs at the ends of their range."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import kernels

weights = st.integers(-5, 5)
triples = st.tuples(weights, weights, weights)


@given(triples, triples)
def test_products_and_cascades(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    outer = kernels.product(a, b)
    np.testing.assert_array_equal(outer, np.outer(a, b))
    x = np.arange(9) ** 2
    twice = np.correlate(np.correlate(x, a, "valid"), b, "valid")
    np.testing.assert_array_equal(np.correlate(x, kernels.cascade(a, b), "valid"), twice)


@given(st.lists(triples, min_size=3, max_size=3).filter(lambda rows: any(map(any, rows))))
def test_separable_means_rank_one(rows: list[tuple[int, ...]]) -> None:
    assert kernels.is_separable(rows) == (np.linalg.matrix_rank(np.array(rows)) == 1)
    assert float(kernels.coefficient_sum(rows, 4)) == np.sum(rows) / 4


@given(triples, weights, st.integers(1, 5), weights)
def test_the_range_is_reached_at_corners(
    w: tuple[int, ...], low: int, width: int, bias: int
) -> None:
    corners = [np.dot(x, w) + bias for x in product((low, low + width), repeat=3)]
    least, greatest = kernels.output_range(w, low, low + width, bias)
    assert (least, greatest) == (min(corners), max(corners))
    if least < greatest:
        assert kernels.rescaled(rational(least), least, greatest) == 0
        assert kernels.rescaled(rational(greatest), least, greatest) == 1


def test_sharpening_and_savings() -> None:
    image = np.arange(9).reshape(3, 3) ** 2
    found = np.array(kernels.sharpened(rational(1, 2), ((1, 1, 1),) * 3, 9), dtype=float)
    assert np.isclose((found * image).sum(), image[1, 1] + (image[1, 1] - image.mean()) / 2)
    assert kernels.saved_share(5) == 1 - rational(5 + 5, 25)


def test_rescaling_by_the_sums_of_weights() -> None:
    least, greatest = kernels.output_range((2, -3, 4), 0, 1, 5)
    assert kernels.rescaled_unit(rational(least), 6, 3, 5) == 0
    assert kernels.rescaled_unit(rational(greatest), 6, 3, 5) == 1
