"""Ensembles: exact enumeration of correlated errors."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import ensembles
from tests.strategies import rationals


def test_number_of_the_catalogue() -> None:
    assert ensembles.mean_square(rational(2), rational(3, 5), 5) == rational(88, 100)


@given(st.integers(0, 4), st.integers(0, 4), st.integers(1, 5))
def test_mean_square_is_that_of_all_outcomes(shared: int, own: int, K: int) -> None:
    """Errors with a shared and an own part, each plus or minus its size."""
    squares = []
    for first, *others in product((-1, 1), repeat=K + 1):
        average = rational(sum(shared * first + own * s for s in others), K)
        squares.append(average**2)
    v, c = rational(shared**2 + own**2), rational(shared**2)
    assert ensembles.mean_square(v, c, K) == sum(squares) / len(squares)


@given(
    rationals(rational(1, 10), 5, max_denominator=20),
    rationals(0, rational(9, 10), max_denominator=20),
    rationals(rational(1, 20), rational(19, 20), max_denominator=20),
)
def test_so_many_models_are_enough_and_no_fewer(
    v: Rational, share: Rational, way: Rational
) -> None:
    c = v * share
    target = c + way * (v - c)
    K = ensembles.models_for(v, c, target)
    assert ensembles.mean_square(v, c, K) <= target
    assert K == 1 or ensembles.mean_square(v, c, K - 1) > target


@given(st.integers(1, 6), rationals(0, 1, max_denominator=10))
def test_majorities_are_counted_over_all_outcomes(K: int, rate: Rational) -> None:
    total = rational(0)
    for errs in product((True, False), repeat=K):
        chance = rational(1)
        for err in errs:
            chance *= rate if err else 1 - rate
        if 2 * sum(errs) > K:
            total += chance
    assert ensembles.majority_error(rate, K) == total
