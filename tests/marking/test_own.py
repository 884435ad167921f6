"""Own questions and chosen parts are marked from the paper file alone; edited keys count or not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from partialcredit.errors import InputError
from partialcredit.exams.choices import with_options
from partialcredit.exams.questions import paper_of
from partialcredit.exams.recipe import read_recipe
from partialcredit.marking.classroom import mark_paper
from partialcredit.marking.marker import mark_problem
from partialcredit.marking.marks import PartMark
from partialcredit.marking.restoring import restored
from partialcredit.paper import PaperProblem
from partialcredit.paper_file import read_paper, write_paper
from partialcredit.printed import printed
from partialcredit.problem import generate
from partialcredit.registry import load

OWN = r"""
questions:
  - title: Half a nat
    text: Let $q = (0.5, 0.5)$.
    parts:
      - prompt: What is the entropy in nats?
        kind: real
        digits: 3
        key: ln(2)
        marks: 2
        slips: {"1.00": That is the entropy in bits., "0.5": That is one probability.}
      - {prompt: "And twice that?", kind: real, key: 2*ln(2), digits: 3}
      - {prompt: "Why?", kind: text, marks: 3}
"""
PARTS = "questions: [{family: adam_step, level: easy, seed: 2, parts: [first_corrected, step]}]"


def problem_of(text: str) -> PaperProblem:
    paper = paper_of(read_recipe(text, "m.yaml"), 1)
    return read_paper(write_paper(paper)).problems[0]


def marked(problem: PaperProblem, *answers: str) -> list[PartMark]:
    ids = [part.id for part in problem.parts]
    return mark_problem(problem, restored(problem), dict(zip(ids, answers, strict=False)))


def edited(problem: PaperProblem, **change: Any) -> PaperProblem:
    return replace(problem, parts=(replace(problem.parts[0], **change), *problem.parts[1:]))


def test_an_own_question_is_marked_like_any_other() -> None:
    right, twice, why = marked(problem_of(OWN), "ln 2", "1.39", "Because.")
    assert (right.verdict, right.marks) == ("correct", 2)
    assert twice.verdict == "correct"
    assert why.verdict == "undecided"


def test_a_slip_of_an_own_question_is_named_and_nothing_follows() -> None:
    slip, twice, _ = marked(problem_of(OWN), "1.00", "2.00")
    assert (slip.verdict, slip.mistake) == ("incorrect", "That is the entropy in bits")
    assert slip.feedback == "That is the entropy in bits."
    assert (twice.verdict, twice.marks) == ("incorrect", 0)


def test_an_edited_key_of_an_own_question_counts() -> None:
    problem = edited(problem_of(OWN), key="ln(3)")
    assert [marked(problem, answer)[0].verdict for answer in ("ln 3", "ln 2")] == [
        "correct", "incorrect",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"key": "ln("}, "the key 'ln.' cannot be read"),
        ({"key": "ln(3) = 0.693"}, "the key .* is no number"),
        ({"key": None}, "cannot be read"),
        ({"key": "1"}, "the slip '1.00' is the same answer as the key"),
        ({"kind": "order"}, "no key is typed for the kind 'order'"),
        ({"options": ("a", "b")}, "takes no options"),
    ],
)
def test_an_edit_that_cannot_count_is_one_sentence(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=f"problem 1 of the paper file .*1a: .*{message}"):
        restored(edited(problem_of(OWN), **change))


@pytest.mark.parametrize(
    "parameters",
    [
        {}, {"parts": 3}, {"parts": [{}]}, {"parts": [3, 4, 5]},
        {"parts": [{"digits": "x"}, {}, {}]}, {"parts": [{"digits": 10**9}, {}, {}]},
        {"parts": [{"symbols": 3}, {}, {}]}, {"parts": [{"slips": 3}, {}, {}]},
        {"parts": [{"slips": [["1"]]}, {}, {}]}, {"parts": [{"slips": [[1, 2]]}, {}, {}]},
    ],
)  # fmt: skip
def test_forged_parameters_of_an_own_question_are_one_sentence(parameters: dict[str, Any]) -> None:
    problem = replace(problem_of(OWN), parameters=parameters)
    with pytest.raises(InputError, match="problem 1 of the paper file"):
        restored(problem)


def test_an_edited_key_of_a_family_is_refused() -> None:
    problem = problem_of("questions: [{family: conv_output_size, seed: 1}]")
    assert restored(edited(problem, key=problem.parts[0].key.replace(" x ", "x")))  # as good
    with pytest.raises(InputError, match="the key of 1a in the paper file was edited to '999'"):
        restored(edited(problem, key="999"))
    with pytest.raises(InputError, match=r"was edited to '1 x 1 x 1'.*--decisions"):
        restored(edited(problem, key="1 x 1 x 1"))


def test_an_edited_letter_of_a_family_is_refused() -> None:
    drawn = generate(load("cnn_shapes/conv_output_size"), "medium", 1)
    problem = with_options(drawn, printed(drawn))
    assert restored(problem)
    other = "B" if problem.parts[0].key == "A" else "A"
    with pytest.raises(InputError, match="the key of 1a in the paper file was edited"):
        restored(edited(problem, key=other))


def test_chosen_parts_are_marked_with_the_keys_of_all() -> None:
    problem = problem_of(PARTS)
    assert [part.name for part in problem.parts] == ["first_corrected", "step"]
    assert [mark.verdict for mark in marked(problem, *[part.key for part in problem.parts])] == [
        "correct", "correct",
    ]  # fmt: skip


def test_a_slip_of_a_part_that_is_not_asked_is_named_without_it() -> None:
    """The step with betas swapped in the second moment, which nobody asked for."""
    problem = problem_of(PARTS)
    behind = restored(problem)
    slip, value = next(
        (s, v) for s, v in behind.slips["second_moment"] if s.name == "betas swapped"
    )
    wrong = behind.keys_given({"second_moment": value})["step"]
    text = behind.kinds["step"].write(wrong)
    (_, mark) = marked(problem, "", text)
    assert mark.mistake == slip.name
    assert mark.feedback == slip.sentence


def test_follow_through_goes_over_chosen_parts() -> None:
    problem = problem_of(PARTS)
    behind = restored(problem)
    doubled = 2 * behind.keys["first_corrected"]
    step = behind.keys_given({"first_corrected": doubled})["step"]
    texts = (behind.kinds["step"].write(value) for value in (doubled, step))
    first, second = marked(problem, *texts)
    assert first.marks < problem.parts[0].marks
    assert (second.verdict, second.followed) == ("follow-through", True)


def test_parts_in_another_order_are_damage() -> None:
    problem = problem_of(PARTS)
    with pytest.raises(InputError, match="is damaged: optimizers/adam_step asks first_corrected"):
        restored(replace(problem, parts=problem.parts[::-1]))


def test_a_paper_of_a_recipe_is_marked_in_a_worker() -> None:
    paper = paper_of(read_recipe(OWN, "m.yaml"), 1)
    (result,) = mark_paper(read_paper(write_paper(paper)), {"Ada": {"1a": "0.693", "1b": "1"}})
    assert sum(part.marks for part in result.parts) == Fraction(2)
