"""Decisions against the expected costs themselves, and a population whose shares change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import thresholds
from tests.strategies import rationals

units = rationals(rational(1, 20), rational(19, 20), max_denominator=20)
costs = st.integers(1, 30)


@given(units, costs, costs)
def test_the_threshold_is_where_the_cheaper_decision_changes(p: Rational, fp: int, fn: int) -> None:
    positive, negative = thresholds.expected_costs(p, fp, fn)
    assert (positive <= negative) == (p >= thresholds.threshold(rational(fp), fn))


@given(units, units, units)
def test_correcting_back_and_forth_changes_nothing(p: Rational, a: Rational, b: Rational) -> None:
    assert thresholds.corrected(thresholds.corrected(p, a, b), b, a) == p


def test_a_larger_k_is_right_more_often() -> None:
    logits, labels = ((2, 1, 0, -1), (0, 3, 1, 2), (1, 2, 0, 3), (2, 0, 1, 3)), (0, 3, 0, 0)
    found = [thresholds.top_k(logits, labels, k) for k in (1, 2, 3, 4)]
    assert found == [rational(1, 4), rational(3, 4), 1, 1]
