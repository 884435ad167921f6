"""Any answer for which a condition holds is right, and a slip is known by what it amounts to."""

from itertools import product

import pytest

from partialcredit.draw import LEVELS
from partialcredit.errors import FamilyError, UnreadableAnswer
from partialcredit.grading import Array, Real, Satisfies, Text
from partialcredit.numbers.vectors import Vector
from partialcredit.problem import generate
from partialcredit.problems.ml_basics.perceptron_linear_separability import computes
from partialcredit.registry import load

#: Vectors at a right angle to (3, 4), other than zero.
UPRIGHT = Satisfies(
    Array(shape=(2,)),
    lambda v: any(v) and 3 * v[0] + 4 * v[1] == 0,
    effect=lambda v: 3 * v[0] + 4 * v[1],
    fault=lambda v: f"Your inner product is {3 * v[0] + 4 * v[1]}.",
)


def marked(kind, key, text):
    return kind.compare(key, kind.read(text))


@pytest.mark.parametrize("text", ["(4, -3)", "(-8, 6)", "v = [1; -3/4]", "(4*sqrt(2), -3*sqrt(2))"])
def test_whatever_meets_the_condition_is_right(text):
    assert marked(UPRIGHT, (4, -3), text).outcome == "equivalent"


@pytest.mark.parametrize("text", ["(0, 0)", "(4, 3)", "(4, -3.0001)", "(1, 2)"])
def test_whatever_does_not_is_wrong(text):
    assert marked(UPRIGHT, (4, -3), text).outcome == "different"


def test_a_slip_is_every_answer_that_amounts_to_it():
    """(4, 3) and (8, 0) have the same inner product, 24, with (3, 4)."""
    slip = (4, 3)
    assert marked(UPRIGHT, slip, "(8, 0)").outcome == "equivalent"
    assert marked(UPRIGHT, slip, "(8, 1)").outcome == "different"
    assert UPRIGHT.separated((4, -3), slip, {})
    assert not UPRIGHT.separated(slip, (8, 0), {})
    assert not UPRIGHT.separated((4, -3), (-8, 6), {})


def test_without_an_effect_a_slip_is_its_own_value():
    kind = Satisfies(Array(shape=(2,)), UPRIGHT.condition)
    assert marked(kind, (4, 3), "(4, 3)").outcome == "equivalent"
    assert marked(kind, (4, 3), "(8, 0)").outcome == "different"
    assert kind.separated((4, 3), (8, 0), {})


def test_the_fault_is_told_in_the_familys_words():
    assert UPRIGHT.remark((4, -3), UPRIGHT.read("(1, 2)")) == "Your inner product is 11."


def test_an_answer_of_another_size_is_wrong_and_told_so():
    verdict = marked(UPRIGHT, (4, -3), "(4, -3, 0)")
    assert verdict.outcome == "different"
    assert verdict.message == "The answer has 2 entries, yours has 3 entries."


def test_an_answer_that_the_condition_cannot_take_goes_to_a_person():
    kind = Satisfies(Real(), lambda x: 1 / x < 1)
    assert marked(kind, 2, "0").outcome == "undecided"


def test_what_cannot_be_read_is_not_wrong():
    with pytest.raises(UnreadableAnswer):
        UPRIGHT.read("(4, x)")


def test_the_witness_is_a_condition_of_its_own():
    assert UPRIGHT.deviation((4, -3), lambda v: v[0] == 4, 0.0, {}) == 0
    assert UPRIGHT.deviation((4, -3), lambda v: v[0] == 5, 0.0, {}) > 0


def test_a_nudge_breaks_the_condition_or_is_declared():
    assert not UPRIGHT.condition(UPRIGHT.nudged((4, -3)))
    loose = Satisfies(Real(), lambda x: x > 1)
    with pytest.raises(FamilyError, match="declare spoilt="):
        loose.nudged(2)
    assert Satisfies(Real(), loose.condition, spoilt=lambda x: x - 1).nudged(2) == 1


@pytest.mark.parametrize("level", LEVELS[:2])
def test_the_engines_condition_is_the_solvers(level):
    """At every neuron with small whole weights, many of which are 0 at some input."""
    for seed in range(4):
        problem = generate(load("ml_basics/perceptron_linear_separability"), level, seed)
        target = problem.parameters["target"]
        kind = computes(target)
        ((witness, _, _),) = problem.testimony["neuron"]
        size = len(problem.keys["neuron"])
        for neuron in map(Vector, product((-2, -1, 0, 1, 2), repeat=size)):
            assert witness(neuron) == kind.condition(neuron), (target, neuron)
        assert (
            marked(kind, problem.keys["neuron"], kind.write(2 * problem.keys["neuron"])).share == 1
        )


def test_text_is_read_by_a_person_only():
    kind = Text()
    assert marked(kind, "It overfits.", "It overfits.").outcome == "undecided"
    assert marked(kind, "It overfits.", "It underfits.").outcome == "undecided"
    assert marked(kind, "It overfits.", "It overfits.").share == 0
    assert kind.by_person
    with pytest.raises(UnreadableAnswer):
        kind.read("x" * 9000)


def test_text_is_safe_in_tex():
    assert Text().tex(r"50% of \x{a_1}") == r"\text{50\% of \backslash x\{a\_1\}}"
