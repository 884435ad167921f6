"""Errors and where they come from: gaps add up, and the law goes through its points."""

from __future__ import annotations

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import error_analysis

SIZES, ERRORS = (400, 2500), (rational("0.3"), rational("0.18"))


def test_gaps_add_up_to_the_whole_way() -> None:
    assert sum(error_analysis.gaps((1, 4, 6, 5))) == 4


def test_the_law_goes_through_both_points() -> None:
    floor = error_analysis.error_floor(SIZES, ERRORS)
    found = [error_analysis.extrapolated(floor, SIZES[0], ERRORS[0], n) for n in SIZES]
    assert tuple(found) == ERRORS


def test_one_example_fewer_is_too_few() -> None:
    floor, target = error_analysis.error_floor(SIZES, ERRORS), rational("0.15")
    n = error_analysis.examples_for(floor, SIZES[0], ERRORS[0], target)
    reached = [
        float(error_analysis.extrapolated(floor, SIZES[0], ERRORS[0], m)) for m in (n, n - 1)
    ]
    assert reached[0] <= 0.15 < reached[1]


def test_below_the_floor_nothing_helps() -> None:
    with pytest.raises(ValueError, match="no amount"):
        error_analysis.examples_for(rational("0.1"), 400, rational("0.3"), rational("0.1"))
