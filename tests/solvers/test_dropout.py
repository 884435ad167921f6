"""Dropout: every formula against the list of all masks with their chances."""

from __future__ import annotations

from itertools import product
from math import prod

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import dropout
from tests.strategies import rationals

units = rationals(rational(1, 20), rational(19, 20), max_denominator=20)


def moments(products: list[int], q: Rational) -> tuple[Rational, Rational]:
    """Mean and variance of the unscaled sum, over all masks."""
    sums = []
    for mask in product((0, 1), repeat=len(products)):
        chance = prod((q if kept else 1 - q for kept in mask), start=rational(1))
        sums.append((chance, dropout.received(products, mask)))
    mean = sum((c * s for c, s in sums), rational(0))
    return mean, sum((c * (s - mean) ** 2 for c, s in sums), rational(0))


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=5), units)
def test_moments_are_those_of_all_masks(products: list[int], q: Rational) -> None:
    mean, variance = moments(products, q)
    assert mean * dropout.scale(q) == sum(products)
    assert dropout.classical_variance(products, q) == variance
    assert dropout.inverted_variance(products, q) == variance / q**2


@given(st.integers(1, 8), st.integers(0, 8))
def test_masks_are_counted(N: int, k: int) -> None:
    listed = list(product((0, 1), repeat=N))
    assert dropout.masks(N) == len(listed)
    assert dropout.masks_keeping(N, k) == sum(sum(mask) == k for mask in listed)


def test_variance_of_the_catalogue() -> None:
    """Keep one half, inverted: the variance is the sum of the squares."""
    assert dropout.inverted_variance((3, -3), rational(1, 2)) == 18
