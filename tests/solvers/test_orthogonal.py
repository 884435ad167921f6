"""Exact matrices against NumPy, and orthogonal matrices from rational rotations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import orthogonal

entries = st.integers(-5, 5)


def square(n: int) -> st.SearchStrategy:
    row = st.tuples(*[entries] * n)
    return st.tuples(*[row] * n)


matrices = st.integers(1, 4).flatmap(square)


@given(matrices)
def test_determinant_and_gram_are_numpys(a: tuple) -> None:
    assert orthogonal.determinant(a) == round(np.linalg.det(np.array(a, dtype=float)))
    assert np.array_equal(orthogonal.gram(a), np.array(a).T @ np.array(a))


@given(st.integers(1, 9), st.integers(1, 9), st.booleans())
def test_rational_rotations_and_reflections_are_orthogonal(p: int, q: int, mirror: bool) -> None:
    """The half-angle formulas give every rational point of the circle."""
    c = rational(p * p - q * q, p * p + q * q)
    s = rational(2 * p * q, p * p + q * q)
    a = ((c, s), (s, -c)) if mirror else ((c, -s), (s, c))
    assert orthogonal.is_orthogonal(a)
    assert orthogonal.determinant(a) == (-1 if mirror else 1)
    assert s in orthogonal.missing_entry((c,))


@given(matrices)
def test_orthogonal_means_that_the_transpose_is_the_inverse(a: tuple) -> None:
    x = np.array(a, dtype=float)
    assert orthogonal.is_orthogonal(a) == np.allclose(x @ x.T, np.eye(len(x)))


@given(square(2))
def test_scaled_matrices_are_orthogonal(a: tuple) -> None:
    singular = np.linalg.svd(np.array(a, dtype=float), compute_uv=False)
    scales = orthogonal.scales_to_orthogonal(a) if any(map(any, a)) else frozenset()
    assert bool(scales) == bool(np.isclose(singular[0], singular[-1]) and singular[0] > 0)
    for s in scales:
        assert np.allclose(np.abs(float(s)) * singular, 1)


def test_no_entry_completes_a_column_that_is_too_long() -> None:
    assert orthogonal.missing_entry((1, rational(1, 2))) == frozenset()
    assert orthogonal.missing_entry((1,)) == {0}


@given(entries, entries, entries)
def test_definiteness_is_the_sign_of_the_eigenvalues(a: int, b: int, d: int) -> None:
    low, high = np.linalg.eigvalsh([[float(a), float(b)], [float(b), float(d)]])
    if abs(low * high) < 1e-9:
        expected = "semidefinite"
    elif low > 0:
        expected = "positive definite"
    else:
        expected = "negative definite" if high < 0 else "indefinite"
    assert orthogonal.definiteness(((a, b), (b, d))) == expected


@pytest.mark.parametrize(("rows", "c"), [(((1, 2, 2), (2, 1, -2), (2, -2, 1)), 3)])
def test_a_denominator_stands_for_all_entries(rows: tuple, c: int) -> None:
    assert orthogonal.is_orthogonal(rows, c)
    assert not orthogonal.is_orthogonal(rows)
