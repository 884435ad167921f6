"""What the lecturer decides about marking."""

from __future__ import annotations

from fractions import Fraction

import pytest

from partialcredit.errors import InputError
from partialcredit.grading import Array, Choices, Real, TrueFalse
from partialcredit.marking.judging import Judge
from partialcredit.marking.marker import mark_problem
from partialcredit.marking.policy import Policy
from partialcredit.numbers.rationals import rational
from partialcredit.printed import printed
from partialcredit.problem import Problem
from tests.core.toy import toy_family

THIRD = rational(1, 3)


@pytest.fixture
def judge(monkeypatch):
    def by(policy):
        problem = Problem(toy_family(monkeypatch), "easy", 0, {"w": 4, "h": 6, "price": 3})
        return Judge(problem, policy, {"area": "(a)", "cost": "(b)", "share": "(c)"})

    return by


def judged(judge, kind, key, text):
    judge.problem.kinds["area"] = kind
    judge.problem.keys["area"] = key
    judge.problem.slips["area"] = []
    return judge.judge("area", kind, key, kind.read(text))


@pytest.mark.parametrize(
    ("kind", "key", "text", "share"),
    [
        (Real(digits=4), THIRD, "0.33", Fraction(1, 2)),
        (Real(digits=4), THIRD, "0.34", Fraction(0)),
        (Array(digits=4), (THIRD, 2), "0.33, 2", Fraction(3, 4)),
        (Array(digits=4), (THIRD, 2), "0.33, 3", Fraction(1, 4)),
    ],
)
def test_too_few_digits_may_earn_a_share(judge, kind, key, text, share):
    assert judged(judge(Policy(too_few_digits=Fraction(1, 2))), kind, key, text).share == share


@pytest.mark.parametrize(
    ("kind", "key", "text", "cancelling", "plain"),
    [
        (TrueFalse(4), (True,) * 4, "T T T F", Fraction(1, 2), Fraction(3, 4)),
        (TrueFalse(4), (True,) * 4, "T T T ?", Fraction(3, 4), Fraction(3, 4)),
        (Choices(("p", "q", "r", "s")), frozenset({0, 1}), "A C", Fraction(0), Fraction(1, 2)),
    ],
)
def test_wrong_judgements_cancel_right_ones_or_not(judge, kind, key, text, cancelling, plain):
    strict = judged(judge(Policy()), kind, key, text)
    lenient = judged(judge(Policy(wrong_cancels_right=False)), kind, key, text)
    assert (strict.share, lenient.share) == (cancelling, plain)
    assert "cancel" not in lenient.feedback


def test_wrong_entries_are_named_or_counted(judge):
    kind = Array()
    named = judged(judge(Policy()), kind, (1, 2, 3), "1, 5, 3")
    counted = judged(judge(Policy(name_wrong_entries=False)), kind, (1, 2, 3), "1, 5, 3")
    assert named.feedback == "Entry 2 is wrong."
    assert counted.feedback == "1 of 3 entries is wrong."


@pytest.mark.parametrize(
    ("share", "out_of", "step", "marks"),
    [
        (Fraction(1, 3), 2, Fraction(1, 2), Fraction(1, 2)),
        (Fraction(1, 4), 1, Fraction(1, 2), Fraction(1, 2)),
        (Fraction(1, 5), 1, Fraction(1, 2), 0),
        (Fraction(7, 8), 3, Fraction(2), 2),
        (Fraction(1), 3, Fraction(2), 3),
        (Fraction(1, 3), 2, None, Fraction(2, 3)),
    ],
)
def test_marks_are_rounded_half_up(share, out_of, step, marks):
    assert Policy(round_marks=step).marks(share, out_of) == marks


def test_the_same_slip_costs_marks_once(monkeypatch):
    """Whether it does is the lecturer's decision."""

    def second(first, policy=Policy()):  # noqa: B008 - it is frozen
        problem = Problem(toy_family(monkeypatch), "easy", 0, {"w": 4, "h": 6, "price": 3})
        problem.slips["cost"].append((problem.slips["area"][0][0], 5))
        return mark_problem(printed(problem), problem, {"1a": first, "1b": "5"}, policy=policy)[1]

    assert (second("10").verdict, second("10").marks) == ("follow-through", 3)
    assert "The slip of (a) again" in second("10").feedback
    assert second("10", Policy(same_slip_once=False)).verdict == "partial"
    assert second("24").verdict == "partial"


def test_what_may_be_rounded_or_a_slip_is_told_both(judge):
    """2.1 is 2.1234 rounded, and it is the largest entry."""
    found = judge(Policy(too_few_digits=Fraction(1, 2)))
    kind, key = Real(digits=4), rational("2.1234")
    slip = found.problem.slips["area"][0][0]
    found.problem.kinds["area"] = kind
    found.problem.keys["area"] = key
    found.problem.slips["area"] = [(slip, rational("2.1"))]
    told = found.judge("area", kind, key, kind.read("2.1"))
    assert (told.mistake, told.share) == ("added the sides", Fraction(1, 2))
    assert told.feedback == (
        "Right as far as it goes, but too few digits. Give 4 significant digits. "
        "If you did not round: An area is a product."
    )


def test_a_policy_from_the_head_of_a_paper() -> None:
    plain = {"too_few_digits": 0.1, "follow_through": False, "round_marks": 0.5}
    assert Policy.from_plain(plain) == Policy(
        too_few_digits=Fraction(1, 10), follow_through=False, round_marks=Fraction(1, 2)
    )
    assert Policy.from_plain({}) == Policy()


@pytest.mark.parametrize(
    ("plain", "message"),
    [
        ({"folow_through": True}, "did you mean follow_through"),
        ({"follow_through": 1}, "cannot have follow_through: 1"),
        ({"too_few_digits": True}, "cannot have too_few_digits: True"),
        ({"too_few_digits": 1.5}, "cannot have too_few_digits: 1.5"),
        ({"round_marks": 0}, "cannot have round_marks: 0"),
        ({"round_marks": "1"}, "cannot have round_marks: '1'"),
        ({"round_marks": float("nan")}, "cannot have round_marks: nan"),
    ],
)
def test_a_forged_policy_is_one_sentence(plain, message) -> None:
    with pytest.raises(InputError, match=message):
        Policy.from_plain(plain)
