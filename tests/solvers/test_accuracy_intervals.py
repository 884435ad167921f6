"""Intervals of an accuracy: what is needed is just enough."""

from __future__ import annotations

from math import exp

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import accuracy_intervals as intervals

Z = rational("1.96")


@pytest.mark.parametrize("p", ["0.9", "0.75", "0.5"])
def test_one_example_fewer_is_too_few(p: str) -> None:
    p, h = rational(p), rational("0.02")
    n = intervals.examples_needed(p, Z, h)
    widths = [float(Z * intervals.standard_error(p, count)) for count in (n, n - 1)]
    assert widths[0] <= 0.02 + 1e-12 < widths[1]


@pytest.mark.parametrize("models", [1, 7, 100])
def test_hoeffding_holds_with_as_many_examples_as_are_asked(models: int) -> None:
    epsilon, delta = rational("0.05"), rational("0.03")
    n = intervals.hoeffding_examples(epsilon, delta, models)
    assert 2 * models * exp(-2 * 0.05**2 * n) <= 0.03 < 2 * models * exp(-2 * 0.05**2 * (n - 1))
    assert float(intervals.hoeffding_bound(n, delta, models)) == pytest.approx(0.05, rel=1e-3)


def test_models_that_differ_as_often_either_way_do_not_differ() -> None:
    assert intervals.sign_statistic(9, 9) == 0
    assert intervals.sign_statistic(16, 0) == 4
