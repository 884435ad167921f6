"""Marks as a good human marker gives them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from partialcredit.exams.choices import with_options
from partialcredit.grading import Integer, Real
from partialcredit.grading.kind import Answer
from partialcredit.marking.marker import mark_problem
from partialcredit.marking.marks import PartMark
from partialcredit.marking.policy import Policy
from partialcredit.numbers.rationals import rational
from partialcredit.printed import printed
from partialcredit.problem import Problem, generate
from partialcredit.registry import load
from tests.core.toy import toy_family

FEATURE = {"x": (8, 0, -5, 6), "gamma": 3, "beta": -1, "eps": rational("0.001")}


class NoisyKind(Integer):
    """A kind with a fault of its own."""

    def read(self, text: str) -> Answer:
        raise ZeroDivisionError(text)


@pytest.fixture
def problem(monkeypatch: pytest.MonkeyPatch) -> Problem:
    return Problem(toy_family(monkeypatch), "easy", 0, {"w": 4, "h": 6, "price": 3})


def marked(problem: Problem, **options: Any) -> list[PartMark]:
    policy = options.pop("policy", Policy())
    answers = {{"area": "1a", "cost": "1b", "share": "1c"}[k]: v for k, v in options.items()}
    return mark_problem(printed(problem), problem, answers, policy=policy)


def verdicts(marks: list[PartMark]) -> list[str]:
    return [mark.verdict for mark in marks]


def test_right_answers_in_other_forms(problem: Problem) -> None:
    marks = marked(problem, area="4*6", cost="7.2e1", share="36; 24")
    assert verdicts(marks) == ["correct"] * 3
    assert [mark.marks for mark in marks] == [2, 3, 2]


def test_blank_is_blank(problem: Problem) -> None:
    assert verdicts(marked(problem, area=" \n")) == ["blank"] * 3


def test_a_wrong_earlier_answer_used_correctly_is_followed_through(problem: Problem) -> None:
    marks = marked(problem, area="25", cost="75", share="[37.5, 25]")
    assert verdicts(marks) == ["incorrect", "follow-through", "follow-through"]
    assert [mark.marks for mark in marks] == [0, 3, 2]


def test_follow_through_can_be_switched_off(problem: Problem) -> None:
    marks = marked(problem, area="25", cost="75", policy=Policy(follow_through=False))
    assert verdicts(marks)[:2] == ["incorrect", "incorrect"]


def test_a_rounded_earlier_answer_is_no_slip(problem: Problem) -> None:
    marks = marked(problem, area="24", cost="72", share="[36.0, 24.0]")
    assert verdicts(marks) == ["correct"] * 3


def test_a_slip_that_makes_the_rest_trivial_earns_nothing(problem: Problem) -> None:
    assert verdicts(marked(problem, area="0", cost="0")) == ["incorrect", "incorrect", "blank"]


def test_an_unreadable_earlier_answer_harms_nobody(problem: Problem) -> None:
    marks = marked(problem, area="4*(6", cost="72")
    assert verdicts(marks)[:2] == ["invalid", "correct"]
    assert "^" in marks[0].feedback


def test_a_slip_may_be_carried_on_unrounded() -> None:
    """34.92 was typed, and 34.91666... stayed in the calculator: the last digit tells."""
    problem = generate(load("batchnorm/batchnorm_forward"), "medium", 1)
    problem = Problem(problem.family, "medium", 1, {**problem.parameters, **FEATURE})
    paper = printed(problem)
    answers = {"1b": "34.92", "1c": "[0.9731, -0.3808, -1.227, 0.6346]"}
    assert verdicts(mark_problem(paper, problem, answers))[1:3] == ["incorrect", "follow-through"]


def test_a_named_slip_and_its_share(problem: Problem) -> None:
    added, went_round = marked(problem, area="10")[0], marked(problem, area="20")[0]
    assert (added.verdict, added.marks, added.mistake) == ("partial", 1, "added the sides")
    assert (went_round.verdict, went_round.marks) == ("incorrect", 0)
    assert went_round.feedback == "This is the perimeter."


def test_a_slip_made_on_a_wrong_earlier_answer_is_named(problem: Problem) -> None:
    assert marked(problem, area="27", cost="9")[1].mistake == "divided"


def test_entries_of_an_array_earn_their_share(problem: Problem) -> None:
    mark = marked(problem, share="[36, 25]")[2]
    assert (mark.verdict, mark.marks) == ("partial", Fraction(1))


def test_the_answer_and_its_reading_are_reported(problem: Problem) -> None:
    mark = marked(problem, cost="9*8")[1]
    assert mark.answer == "9*8"
    assert mark.understood


def test_whole_numbers_divide_exactly_in_follow_through(problem: Problem) -> None:
    """A solver that writes x / 3 would otherwise be handed an int, and give a float."""
    kind = Real(digits=None)
    problem.kinds["cost"] = kind
    problem.family.parts["share"].function = lambda cost: (cost / 2, cost / 3)
    assert verdicts(marked(problem, cost="7", share="[7/2, 2.333]"))[2] == "follow-through"


def test_numbers_out_of_all_proportion_are_not_computed_with(problem: Problem) -> None:
    """A solver may count up to an answer, or raise a power to it."""
    seen: list[Any] = []
    problem.family.parts["cost"].function = lambda area: seen.append(area) or area * 3
    assert verdicts(marked(problem, area="10^12", cost="3*10^12"))[:2] == ["incorrect"] * 2
    assert 10**12 not in seen


def test_a_part_whose_marking_fails_is_left_to_a_person(problem: Problem) -> None:
    """An error of ours in one part costs no other part, and no mark silently."""
    problem.kinds["area"] = NoisyKind()
    marks = marked(problem, area="25", cost="72")
    assert verdicts(marks) == ["undecided", "correct", "blank"]
    assert "marking it failed (ZeroDivisionError)" in marks[0].feedback


def test_a_part_that_is_skipped_says_why_and_feeds_nothing(problem: Problem) -> None:
    answers = {"1a": "25", "1b": "75"}
    marks = mark_problem(printed(problem), problem, answers, skipped={0: "it was too long"})
    assert verdicts(marks) == ["undecided", "incorrect", "blank"]
    assert "it was too long" in marks[0].feedback


def test_answers_near_the_line_are_doubted(problem: Problem) -> None:
    paper = printed(problem)
    problem.kinds["cost"] = Real(digits=4)
    problem.keys["cost"] = rational("72.3456")
    paper = replace(
        paper, parts=tuple(replace(p, kind=problem.kinds[p.name].name) for p in paper.parts)
    )
    doubts = [
        mark_problem(paper, problem, {"1b": text})[1].doubt
        for text in ("72.35", "72.34", "72.3", "71")
    ]
    assert doubts == ["", "right but for the last digit", "too few digits", ""]


def test_choices_name_the_slip_behind_the_letter(problem: Problem) -> None:
    paper = with_options(problem, printed(problem))
    options = paper.parts[0].options
    letter = "abc"[options.index("$10$")]
    assert paper.parts[0].prompt.endswith("Give one letter.")
    mark = mark_problem(paper, problem, {"1a": letter})[0]
    assert (mark.mistake, mark.marks) == ("added the sides", 1)
    assert mark_problem(paper, problem, {"1a": paper.parts[0].key or ""})[0].verdict == "correct"


def test_an_answer_that_no_formula_can_be_made_of_stops_nothing() -> None:
    """It can be read, and SymPy refuses it: ``x or 2`` to a question for a formula."""
    problem = generate(load("activations/activation_value_derivative"), "hard", 1)
    paper = printed(problem)
    formula = next(part for part in paper.parts if part.kind == "expression")
    marks = mark_problem(paper, problem, {formula.id: "x or 2"})
    assert "incorrect" in verdicts(marks)


def test_a_vector_of_the_wrong_length_stops_nothing() -> None:
    """A later part's solver would read past its end."""
    problem = generate(load("backprop/gate_gradients"), "easy", 1)
    paper = printed(problem)
    marks = mark_problem(paper, problem, {part.id: "[1, 1]" for part in paper.parts})
    assert set(verdicts(marks)) <= {"incorrect", "partial", "invalid"}
