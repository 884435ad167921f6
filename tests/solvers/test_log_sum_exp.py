"""Log-sum-exp: the direct sum in floats, and random vectors against the bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import letters, log_sum_exp

vectors = st.lists(st.integers(-8, 8), min_size=1, max_size=5)


@given(vectors)
def test_value_is_the_logarithm_of_the_sum(x: list[int]) -> None:
    direct = np.log(np.sum(np.exp(np.array(x, dtype=float))))
    assert float(log_sum_exp.value(x)) == pytest.approx(direct, abs=1e-12)


@given(vectors)
def test_value_lies_between_the_bounds(x: list[int]) -> None:
    low, high = log_sum_exp.lower_bound(x), log_sum_exp.upper_bound(x)
    value = float(log_sum_exp.value(x))
    assert float(low) - 1e-12 <= value <= float(high) + 1e-12
    assert (abs(value - float(high)) < 1e-9) == (len(set(x)) == 1)


def test_the_norm_is_no_lower_bound() -> None:
    """S1-100: x = (-5, -5) has the norm 5 and LSE -4.307."""
    assert float(log_sum_exp.value((-5, -5))) == pytest.approx(-4.307, abs=5e-4)


def test_huge_entries_do_not_overflow() -> None:
    value = log_sum_exp.value((100_000, 99_999))
    assert float(value - 100_000) == pytest.approx(np.log1p(np.exp(-1)))


@given(vectors, st.sampled_from([1, 2, 5, -1, -3, rational(1, 2)]))
def test_scaled_is_a_smooth_maximum(x: list[int], t: Rational) -> None:
    direct = np.log(np.sum(np.exp(float(t) * np.array(x, dtype=float)))) / float(t)
    assert float(log_sum_exp.scaled(x, t)) == pytest.approx(direct, abs=1e-10)


@given(st.integers(2, 30), st.sampled_from(["0.1", "0.02", "1.5"]))
def test_the_smallest_scale_makes_the_worst_gap_equal(n: int, gap: str) -> None:
    t = log_sum_exp.smallest_scale(n, rational(gap))
    worst = log_sum_exp.scaled([0] * n, t)
    assert float(worst) == pytest.approx(float(gap), rel=1e-12)
    assert float(log_sum_exp.worst_gap(n, t)) == pytest.approx(float(gap), rel=1e-12)


def test_the_gap_as_a_formula() -> None:
    assert str(letters.formula(log_sum_exp.worst_gap)) == "log(n)/t"
