"""A problem is computed from its parameters, and only printed when its witnesses agree."""

from __future__ import annotations

from typing import Any

import pytest

from partialcredit.draw import Draw
from partialcredit.errors import Disagreement, FamilyError
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Text
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import from_json, to_json
from partialcredit.printed import printed
from partialcredit.problem import Problem, generate
from tests.core.toy import toy_family


@pytest.fixture
def family(monkeypatch: pytest.MonkeyPatch) -> Family:
    return toy_family(monkeypatch)


@pytest.fixture
def problem(family: Family) -> Problem:
    return Problem(family, "easy", 0, {"w": 4, "h": 6, "price": 3})


def test_keys_come_from_parameters_and_earlier_keys(problem: Problem) -> None:
    assert problem.keys == {"area": 24, "cost": 72, "share": (36, 24)}


def test_keys_follow_an_earlier_answer(problem: Problem) -> None:
    assert problem.keys_given({"area": 10}) == {"area": 24, "cost": 30, "share": (15, 10)}


def test_a_disputed_key_is_not_printed(problem: Problem) -> None:
    problem.keys["cost"] = 73
    with pytest.raises(Disagreement, match=r"'cost'.*toy/floor, level easy, seed 0.*73.*72"):
        printed(problem)


def test_a_part_without_a_witness_is_not_printed(family: Family, problem: Problem) -> None:
    family.parts["cost"].testimony = None
    with pytest.raises(FamilyError, match="'cost' of toy/floor has no witness"):
        printed(problem)


def test_a_part_that_a_person_reads_needs_no_witness(family: Family) -> None:
    @family.part(Text())
    def reason(area: int) -> str:
        return f"Because it is {area}."

    assert Problem(family, "easy", 0, {"w": 3, "h": 6, "price": 3}).verify() == 0


def test_slips_that_give_the_key_or_each_other_are_left_out(family: Family) -> None:
    # 3 + 6 is 9 and 2 (3 + 6) is 18, which is the area
    problem = Problem(family, "easy", 0, {"w": 3, "h": 6, "price": 3})
    assert [slip.name for slip, _ in problem.slips["area"]] == ["added the sides"]


def test_a_sampler_that_cannot_please_says_so(family: Family) -> None:
    family.condition(lambda w: w > 100)
    with pytest.raises(FamilyError, match="no acceptable draw in 500 attempts"):
        generate(family, "easy", 1)


def test_an_error_in_a_family_names_its_place(family: Family) -> None:
    @family.sample
    def sample(draw: Any) -> dict[str, Any]:
        return {"w": 1 // draw.integer(0, 0)}

    with pytest.raises(
        FamilyError, match=r"toy/floor, level easy, seed 7: ZeroDivisionError.*line"
    ):
        generate(family, "easy", 7)


def test_conditions_on_parameters_come_before_keys(family: Family) -> None:
    def careful(price: int) -> int:
        assert price != 0
        return price

    family.parts["cost"].function = careful
    family.condition(lambda price: price != 0)
    assert not Problem(family, "easy", 0, {"w": 4, "h": 6, "price": 0}).acceptable()


def test_the_statement_carries_the_conventions(problem: Problem) -> None:
    assert problem.wording.statement.endswith("*Conventions.* Sides are in metres.")


@pytest.mark.parametrize(
    "value",
    [3, "text", rational(1, 3), (1, (2, rational(-5, 7))), {"a": (1,), "b": rational(2)}, True],
)
def test_parameters_survive_json(value: Any) -> None:
    assert from_json(to_json(value)) == value


def test_two_parts_of_one_name_are_refused(family: Family) -> None:
    with pytest.raises(FamilyError, match="two parts are called 'area'"):
        family.part(family.parts["area"].kind)(family.parts["area"].function)


@pytest.mark.parametrize("seed", range(40))
def test_a_formula_is_tried_at_different_whole_numbers(seed: int) -> None:
    """At ``t = 1`` alone, ``1/t`` could not be told from ``1/sqrt(t)``."""
    kind = Expression(symbols={"t": "positive integer", "k": "integer"})
    one, other = kind.points(Draw("points", "easy", seed))
    assert one["t"] != other["t"]
    assert one["k"] != other["k"]


def test_a_slip_is_carried_rightly_through_later_parts(problem: Problem) -> None:
    """10 = 4 + 6 for the area costs 30, and 20 = 2 (4 + 6) costs 60, which are shared rightly."""
    told = {part: [(s.name, v) for s, v in slips] for part, slips in problem.carried.items()}
    assert told == {
        "area": [],
        "cost": [("added the sides", 30), ("went round", 60)],
        "share": [
            ("added the sides", (15, 10)),
            ("went round", (30, 20)),
            ("divided", (4, rational(8, 3))),
        ],
    }


def test_a_carried_slip_that_is_another_slip_here_is_left_out(family: Family) -> None:
    """Sides of 2 and 6 add up to 8, which costs 16: what the part's own slip gives, too."""
    problem = Problem(family, "easy", 0, {"w": 2, "h": 6, "price": 2})
    assert [value for _, value in problem.slips["cost"]] == [6]
    assert [s.name for s, _ in problem.carried["cost"]] == ["added the sides", "went round"]
    family.parts["cost"].slips += rows(("like adding", "No.", lambda price: 8 * price))
    again = Problem(family, "easy", 0, {"w": 2, "h": 6, "price": 2})
    assert [s.name for s, _ in again.carried["cost"]] == ["went round"]


def test_a_slip_that_nothing_can_be_computed_with_is_carried_nowhere(family: Family) -> None:
    family.parts["area"].slips = rows(
        ("nothing", "An area is positive.", lambda w: w - w),
        ("out of all proportion", "Count.", lambda w: w * 10**9),
        ("added the sides", "Multiply.", lambda w, h: w + h),
    )
    family.parts["cost"].function = lambda area, price: price * 240 // area
    problem = Problem(family, "easy", 0, {"w": 4, "h": 6, "price": 3})
    assert [s.name for s, _ in problem.carried["cost"]] == ["added the sides"]
