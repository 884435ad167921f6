"""A wrong earlier answer that is used well earns the marks of the later part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeAlias

import pytest

from partialcredit.family import rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.grading.kind import Kind
from partialcredit.marking.marker import mark_problem
from partialcredit.marking.marks import PartMark
from partialcredit.marking.policy import Policy
from partialcredit.numbers.rationals import rational
from partialcredit.paper import PaperProblem
from partialcredit.printed import printed
from partialcredit.problem import Problem, generate
from partialcredit.registry import load
from tests.core.toy import toy_family

Case: TypeAlias = tuple[Problem, PaperProblem]

#: Turns the three parts of the toy problem into others: kinds and functions.
Recast: TypeAlias = Callable[..., Case]

POLICY = Policy()


@pytest.fixture
def recast(monkeypatch: pytest.MonkeyPatch) -> Recast:
    def build(**parts: tuple[Kind, Callable[..., Any]]) -> Case:
        problem = Problem(toy_family(monkeypatch), "easy", 0, {"w": 4, "h": 6, "price": 3})
        paper = printed(problem)
        problem = Problem(problem.family, "easy", 0, problem.parameters)
        for name, (_, function) in parts.items():
            problem.family.parts[name].function = function
            problem.family.parts[name].slips = ()
        problem.kinds.update({name: kind for name, (kind, _) in parts.items()})
        asked = tuple(replace(p, kind=problem.kinds[p.name].name) for p in paper.parts)
        return problem, replace(paper, parts=asked)

    return build


def marked(case: Case, *texts: str, policy: Policy = POLICY) -> list[PartMark]:
    problem, paper = case
    answers = dict(zip(("1a", "1b", "1c"), texts, strict=False))
    return mark_problem(paper, problem, answers, policy=policy)


@pytest.fixture
def squared(recast: Recast) -> Case:
    """The first answer is 24/7, the second ten times its square."""
    return recast(
        area=(Real(digits=3), lambda w, h: rational(w * h, 7)),
        cost=(Real(digits=4), lambda area: 10 * area * area),
        share=(Array(digits=4), lambda cost: (cost / 2, cost / 3)),
    )


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("127.4", "follow-through"),  # 3.57 squared
        ("127.6", "follow-through"),  # 25/7 squared, which 3.57 rounds
        ("127.1", "follow-through"),  # the least that 3.565 gives
        ("126.9", "incorrect"),
        ("128.0", "incorrect"),
    ],
)
def test_everything_counts_that_the_rounding_leaves_open(squared, text, verdict):
    mark = marked(squared, "3.57", text)[1]
    assert mark.verdict == verdict
    assert mark.followed == (verdict == "follow-through")


def test_a_right_but_rounded_answer_is_good_enough_to_go_on_from(squared):
    """24/7 is 3.428...; 3.43 squared gives 117.6, and the key is 117.55."""
    mark = marked(squared, "3.43", "117.7")[1]
    assert mark.verdict == "follow-through"
    assert mark.feedback == "Right with your earlier answers as you rounded them."


@pytest.mark.parametrize(("text", "verdict"), [("173.0", "follow-through"), ("175", "incorrect")])
def test_rounding_that_changes_more_than_a_slip_does_not_count(recast, text, verdict):
    """From 3.57 follows 170 and from 3.575 follows 175: three in a hundred."""
    problem = recast(
        area=(Real(digits=3), lambda w, h: rational(w * h, 7)),
        cost=(Real(digits=4), lambda area: 1000 * (area - rational(34, 10))),
    )
    assert marked(problem, "3.57", text)[1].verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"), [("4168.41", "follow-through"), ("4168.60", "incorrect")]
)
def test_large_numbers_are_rounded_before_the_point(recast, text, verdict):
    """25010 stands for anything between 25009.5 and 25010.5."""
    problem = recast(
        area=(Real(digits=4), lambda w, h: 1000 * w * h + rational(1, 3)),
        cost=(Real(places=2), lambda area: area / 6),
    )
    assert marked(problem, "25010", text)[1].verdict == verdict


@pytest.mark.parametrize(("text", "verdict"), [("35.714", "follow-through"), ("36", "incorrect")])
def test_an_exact_question_answered_by_a_long_decimal(recast, text, verdict):
    """3.571 stands for 25/7 though no rounding was asked for."""
    problem = recast(
        area=(Real(), lambda w, h: rational(w * h, 7)),
        cost=(Real(places=3), lambda area: 10 * area),
    )
    assert marked(problem, "3.571", text)[1].verdict == verdict


def test_an_integer_has_no_rounding(recast):
    problem = recast(
        area=(Integer(), lambda w, h: w * h), cost=(Real(digits=4), lambda area: rational(area, 7))
    )
    assert [m.verdict for m in marked(problem, "25", "3.571")[:2]] == [
        "incorrect",
        "follow-through",
    ]
    assert marked(problem, "25", "3.58")[1].verdict == "incorrect"


def test_entries_are_followed_one_by_one(squared):
    mark = marked(squared, "3.57", "127.5", "63.75, 99")[2]
    assert (mark.verdict, mark.marks, mark.followed) == ("partial", Fraction(1), True)
    assert mark.feedback == "Marked with your answers to (a) and (b). Entry 2 is wrong."


def test_a_followed_answer_may_be_short_too(squared):
    mark = marked(squared, "", "127.5", "64, 42")[2]
    assert mark.marks == 0
    assert "right as far as they go, but have too few digits" in mark.feedback


def test_a_later_part_may_equal_an_earlier_one(recast):
    problem = recast(cost=(Integer(), lambda area: area))
    assert marked(problem, "25", "25")[1].verdict == "follow-through"


def test_zeros_of_an_honest_slip_are_honest(recast):
    problem = recast(cost=(Integer(), lambda area: area - 20))
    mark = marked(problem, "20", "0")[1]
    assert mark.verdict == "follow-through"
    assert mark.feedback == "Right with your answer to (a)."


@pytest.mark.parametrize("stock", ["0, 0", "1, 1"])
def test_stock_answers_earn_nothing(recast, stock):
    pair = Array(shape=(2,))
    problem = recast(
        area=(pair, lambda w, h: (w, h)),
        cost=(pair, lambda area: (area[0] * area[1], area[1])),
        share=(Integer(), lambda area: area[0]),
    )
    assert marked(problem, stock, stock)[1].verdict == "incorrect"
    assert marked(problem, "5, 6", "30, 6")[1].verdict == "follow-through"


def test_a_slip_shown_at_the_end_only_is_traced_back(recast):
    """The sides added, and the price put on that: nothing was handed in for (a)."""
    mark = marked(recast(), "", "30")[1]
    assert mark.mistake == "added the sides"
    assert mark.feedback == "This goes back to (a): An area is a product."


@pytest.mark.parametrize(
    ("area", "mistake"),
    [("", "added the sides"), ("10", ""), ("24", ""), ("25", ""), ("4*(6", ""), ("20", "")],
)
def test_a_slip_is_traced_back_to_no_other_answer_than_its_own(recast, area, mistake):
    """With the sides added in (a) the cost is right; with any other area this is no such slip."""
    mark = marked(recast(), area, "30")[1]
    assert mark.mistake == mistake
    assert (mark.verdict == "follow-through") == (area == "10")
    assert ("(a)" in mark.feedback) == (area in ("", "10"))


def test_an_earlier_answer_that_a_person_reads_is_not_blamed(recast):
    problem, paper = recast()
    found = mark_problem(paper, problem, {"1a": "24", "1b": "30"}, skipped={0: "no time"})
    assert [mark.mistake for mark in found[:2]] == ["", ""]


def test_full_precision_may_be_kept_from_a_slip_on(recast):
    """10/7 is handed in as 1.43 and its square as 20.4; the third of 20.408 is 6.8027."""
    case = recast(
        area=(Real(digits=3), lambda w, h: rational(w * h, 7)),
        cost=(Real(digits=3), lambda area: 10 * area * area),
        share=(Real(digits=5), lambda cost: cost / 3),
    )
    added = ("added", "An area is a product.", lambda w, h: rational(w + h, 7))
    case[0].family.parts["area"].slips = rows(added)
    found = [mark.verdict for mark in marked(case, "1.43", "20.4", "6.8027")]
    assert found == ["incorrect", "follow-through", "follow-through"]


def test_a_number_follows_the_students_own_formula():
    """The sum one term too short, and the number that this formula gives."""
    problem = generate(load("optimizer_moments/adam_moment_expectation"), "hard", 1)
    paper = printed(problem)
    names = [part.name for part in paper.parts]
    beta, mu, t = (problem.values[name] for name in ("beta_1", "mu", "t"))
    wrong = float(mu * (1 - beta ** (int(t) - 1)))
    ids = {name: paper.parts[names.index(name)].id for name in ("formula", "expected")}
    answers = {ids["formula"]: "mu*(1 - beta_1^(t-1))", ids["expected"]: f"{wrong:.6g}"}
    marks = {mark.id: mark for mark in mark_problem(paper, problem, answers)}
    alone = {ids["expected"]: f"{wrong:.6g}"}
    assert marks[ids["formula"]].marks < marks[ids["formula"]].out_of
    assert marks[ids["expected"]].verdict == "follow-through"
    assert mark_problem(paper, problem, alone)[names.index("expected")].verdict == "incorrect"
