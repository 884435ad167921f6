"""Fairness is measured, and what lies outside the band is said in words."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from partialcredit.audit import fairness
from partialcredit.family import Family
from partialcredit.grading import Expression, Integer, TrueFalse
from tests.core.toy import toy_family


@pytest.fixture
def family(monkeypatch: pytest.MonkeyPatch) -> Family:
    family = toy_family(monkeypatch)
    monkeypatch.setattr(fairness, "load", lambda _: family)
    return family


def test_a_varied_family_keeps_to_the_band(family: Family) -> None:
    family.sampler = lambda draw: {"w": draw.integer(3, 99), "h": draw.integer(3, 99), "price": 3}
    measured = fairness.measure("toy/floor", "easy", range(200))
    assert list(measured.faults()) == []
    assert measured.parts[0].visible["went round"] > 0.9


def test_a_guessable_part_is_a_fault(family: Family) -> None:
    @family.part(Integer())
    def corners(w: int) -> int:
        return 4 * w // w

    measured = fairness.measure("toy/floor", "easy", range(50))
    assert "corners: the guess 4 is right in 100%" in list(measured.faults())


def test_the_marks_of_a_guesser_count_what_is_right_in_part(family: Family) -> None:
    @family.part(TrueFalse(statements=4), marks=7)
    def stated(w: int) -> tuple[bool, ...]:
        return (w == 3, False, False, True)

    family.sampler = lambda draw: {"w": draw.choice([3, 5]), "h": draw.integer(9, 999), "price": 3}
    measured = fairness.measure("toy/floor", "easy", range(400))
    part = measured.parts[-1]
    assert part.earned == pytest.approx(part.guessed + (1 - part.guessed) / 2)
    assert measured.earned == pytest.approx(
        sum(p.earned * p.marks for p in measured.parts) / (2 + 3 + 2 + 7)
    )
    assert f"guessing earns {measured.earned:.0%} of the marks" in list(measured.faults())


def test_a_small_sample_may_exceed_the_band_by_chance(family: Family) -> None:
    @family.part(Integer())
    def corners(w: int) -> int:
        return w

    family.sampler = lambda draw: {"w": draw.integer(3, 4), "h": draw.integer(9, 999), "price": 3}
    assert "corners" not in "".join(fairness.measure("toy/floor", "easy", range(30)).faults())
    assert "corners" in "".join(fairness.measure("toy/floor", "easy", range(400)).faults())


def test_a_formula_is_not_guessed(family: Family) -> None:
    @family.part(Expression(symbols={"a": "real"}))
    def square() -> Any:
        return sympy.Symbol("a") ** 2

    measured = fairness.measure("toy/floor", "easy", range(10))
    assert (measured.parts[-1].guessed, measured.parts[-1].earned) == (0, 0)


def test_repeats_are_a_fault(family: Family) -> None:
    def sample(draw: Any) -> dict[str, int]:
        return {"w": draw.integer(3, 4), "h": 7, "price": 2}

    family.sampler = sample
    measured = fairness.measure("toy/floor", "easy", range(50))
    assert measured.repeats == 0.96
    assert "96% of the seeds repeat an earlier problem" in list(measured.faults())


def test_sizes_are_those_of_the_numbers_drawn(family: Family) -> None:
    family.sampler = lambda _: {"w": 100, "h": 100, "price": 100}
    measured = fairness.measure("toy/floor", "easy", range(5))
    assert measured.magnitude == (2.0, 0.0)
    assert measured.digits == (3.0, 0.0)
