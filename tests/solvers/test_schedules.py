"""Schedules meet where their pieces meet, and the sum adds up."""

from __future__ import annotations

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import schedules

TENTH = rational("0.1")


def test_warm_up_hands_over_to_the_cosine_at_the_highest_rate() -> None:
    assert float(schedules.warm_up_cosine(TENTH, 0, 20, 140, 20)) == pytest.approx(0.1)
    assert schedules.warm_up(TENTH, 20, 20) == TENTH
    assert float(schedules.warm_up_cosine(TENTH, TENTH / 5, 20, 140, 140)) == pytest.approx(0.02)


def test_the_inverse_root_schedule_rises_and_falls() -> None:
    peak = schedules.noam_peak(64, 400)
    rates = [float(schedules.inverse_root(peak, 400, t)) for t in (200, 400, 800)]
    assert rates == pytest.approx([0.5 / 160, 1 / 160, 2**-0.5 / 160])


def test_the_sum_adds_the_rates() -> None:
    rates = [schedules.exponential(TENTH, rational("0.9"), t) for t in range(10)]
    assert schedules.total(TENTH, rational("0.9"), 10) == sum(rates)
    assert schedules.first_below(TENTH, rational("0.9"), rates[6]) == 7
