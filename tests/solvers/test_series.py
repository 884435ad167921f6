"""Series: every closed form against the terms added one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import series
from tests.strategies import rationals

ratios = rationals(rational(-19, 20), rational(19, 20), max_denominator=20).filter(bool)


@given(st.integers(-9, 9), ratios, st.integers(0, 5), st.integers(0, 6))
def test_sums_are_their_terms(a: int, r: Rational, m: int, more: int) -> None:
    n = m + more
    assert series.between(a, r, m, n) == sum(a * r**k for k in range(m, n + 1))
    assert series.terms(a, r, n) == sum(a * r**k for k in range(n))
    assert series.backwards(r, m, n) == sum(r ** (n - i) for i in range(m, n + 1))
    assert series.ramp(r, n) == sum(k * r**k for k in range(1, n + 1))


@given(st.integers(-9, 9), ratios, st.integers(0, 5))
def test_the_infinite_sum_reproduces_itself(a: int, r: Rational, m: int) -> None:
    """Without its first term it is the sum from the next term on."""
    assert series.infinite(a, r, m) == a * r**m + series.infinite(a, r, m + 1)
