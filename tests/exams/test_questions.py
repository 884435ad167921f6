"""The questions of a recipe become verified problems, each by itself."""

from __future__ import annotations

import pytest

from partialcredit.errors import InputError
from partialcredit.exams.question import Question
from partialcredit.exams.questions import chosen, paper_of, question_seed, resolve, written
from partialcredit.exams.recipe import Recipe, read_recipe
from partialcredit.exams.scaled_marks import scaled
from partialcredit.paper import OWN, PaperProblem
from partialcredit.registry import load

TWO = "{pick: [batchnorm/batchnorm_forward, losses/softmax_cross_entropy], level: hard}"
OWN_QUESTION = "{title: T, parts: [{prompt: P, kind: real, key: 1, marks: 3}]}"


def recipe(*questions: str) -> Recipe:
    return read_recipe("questions:\n" + "\n".join(f"  - {q}" for q in questions), "m.yaml")


def asked(*questions: str, seed: int = 1) -> tuple[PaperProblem, ...]:
    return paper_of(recipe(*questions), seed).problems


def without_number(problem: PaperProblem) -> tuple[object, ...]:
    return problem.family, problem.parameters, [part.prompt for part in problem.parts]


def test_a_question_stays_when_others_are_edited() -> None:
    """Another mark, another order, a question more: the problem is the same."""
    before = asked("{family: adam_step}", "{topic: losses, count: 2}", TWO)
    after = asked(TWO, "{family: lse_bounds}", "{family: adam_step, marks: 20}", seed=1)
    assert without_number(before[0]) == without_number(after[2])
    assert without_number(before[3]) == without_number(after[0])


def test_the_same_family_twice_is_two_problems() -> None:
    one, two = asked("{family: adam_step}", "{family: adam_step}")
    assert one.parameters != two.parameters


def test_a_seed_is_the_problem_whatever_the_paper() -> None:
    one, two = (asked("{family: lse_bounds, level: hard, seed: 5}", seed=s)[0] for s in (1, 2))
    assert one == two
    drawn = {str(asked("{family: lse_bounds}", seed=seed)[0].parameters) for seed in range(5)}
    assert len(drawn) == 5


def test_a_topic_is_different_families_the_same_for_all() -> None:
    """Families that the recipe names itself come last."""
    topic = recipe("{topic: batchnorm, count: 3}", "{family: batchnorm_forward}")
    for seed in range(20):
        *three, named = (question.families for question in resolve(topic, seed))
        assert len(set(three)) == 3
        assert named not in three
        assert resolve(topic, seed) == resolve(topic, seed)
    assert len({str(resolve(topic, seed)) for seed in range(20)}) > 5


def test_all_of_a_topic_may_be_asked() -> None:
    families = {q.families[0] for q in resolve(recipe("{topic: batchnorm, count: 6}"), 1)}
    assert len(families) == 6


def test_a_pick_is_made_for_each_paper_and_gives_all_the_same_marks() -> None:
    (question,) = resolve(recipe(TWO), 1)
    problems = [written(question, 1, seed) for seed in range(12)]
    assert {p.family for p in problems} == set(question.families)
    assert len({p.marks for p in problems}) == 1
    most = max(
        sum(part.marks for part in load(family).parts_at("hard")) for family in question.families
    )
    assert problems[0].marks == most


def test_a_pick_with_a_seed_is_the_same_for_everyone() -> None:
    (question,) = resolve(recipe(TWO.replace("}", ", seed: 3}")), 1)
    assert len({chosen(question, seed).families for seed in range(12)}) == 1


def test_chosen_parts_keep_their_keys() -> None:
    """The parts between are not asked, and computed all the same."""
    (whole,) = asked("{family: adam_step, seed: 4}")
    (some,) = asked("{family: adam_step, seed: 4, parts: [step, first_moment]}")
    assert [(part.id, part.name) for part in some.parts] == [("1a", "first_moment"), ("1b", "step")]
    keys = {part.name: part.key for part in whole.parts}
    assert [part.key for part in some.parts] == [keys["first_moment"], keys["step"]]


def test_marks_are_scaled() -> None:
    (problem,) = asked("{family: adam_step, marks: 20}")
    assert problem.marks == 20


@pytest.mark.parametrize(
    ("marks", "total", "expected"),
    [
        ([1, 1, 1], 3, [1, 1, 1]),
        ([2, 1], 4, [3, 1]),
        ([1, 1, 2], 5, [1, 1, 3]),
        ([1, 99], 10, [1, 9]),
        ([1, 1, 1, 97], 8, [1, 1, 1, 5]),
        ([3, 3, 3, 1], 4, [1, 1, 1, 1]),
        ([5], 2, [2]),
    ],
)
def test_scaled_marks_are_as_close_as_whole_marks_can_be(
    marks: list[int], total: int, expected: list[int]
) -> None:
    assert scaled(marks, total) == expected


def test_more_parts_than_marks_cannot_be_scaled() -> None:
    with pytest.raises(ValueError, match="2 marks do not give each of 3 parts one"):
        scaled([1, 1, 1], 2)


def test_a_fixed_parameter_is_in_the_problem_and_the_others_are_drawn() -> None:
    ask = "{family: conv_output_size, parameters: {W: 33}}"
    drawn = [asked(ask, seed=seed)[0].parameters for seed in range(4)]
    assert {parameters["W"] for parameters in drawn} == {33}
    assert len({parameters["K"] for parameters in drawn}) > 1


def test_an_own_question_is_the_same_for_everyone() -> None:
    (question,) = resolve(recipe(OWN_QUESTION), 1)
    assert question.fixed
    (problem,) = {written(question, 1, seed).parts for seed in range(3)}
    assert written(question, 1, 1).family == OWN
    assert [(part.id, part.key, part.marks) for part in problem] == [("1a", "1", 3)]


def test_a_refusal_names_the_line() -> None:
    question = Question(
        families=("cnn_shapes/conv_output_size",), parameters={"W": -1}, line="m.yaml, line 7"
    )
    with pytest.raises(InputError, match=r"^m.yaml, line 7: W is positive, not -1$"):
        written(question, 1, 1)


def test_seeds_of_questions_have_128_bits_and_share_nothing() -> None:
    seeds = {question_seed(seed, f"a {n}") for seed in range(100) for n in range(10)}
    assert len(seeds) == 1000
    assert max(seeds).bit_length() == 128
