"""Old, foreign, damaged and tampered paper files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partialcredit.errors import InputError
from partialcredit.exams.choices import with_options
from partialcredit.marking.classroom import mark_paper
from partialcredit.marking.restoring import restored
from partialcredit.paper import Head, Paper, PaperProblem
from partialcredit.paper_file import read_paper, write_paper
from partialcredit.printed import printed
from partialcredit.problem import generate
from partialcredit.registry import load


@pytest.fixture
def problem() -> PaperProblem:
    return printed(generate(load("cnn_shapes/conv_output_size"), "easy", 5))


def test_a_problem_is_restored_from_its_parameters(problem: PaperProblem) -> None:
    again = restored(problem)
    kinds = again.kinds
    assert [kinds[p.name].write(again.keys[p.name]) for p in problem.parts] == [
        p.key for p in problem.parts
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"family": "no/such"}, "which is not installed"),
        ({"level": "brutal"}, "levels are easy, medium, hard"),
        ({"parameters": {}}, "its parameters do not fit"),
        ({"parameters": {"H": "x", "W": [1], "F": None, "K": 1, "P": 0, "S": 0}}, "do not fit"),
        ({"parameters": {"H": {"fraction": "1/0"}}}, "do not fit"),
        ({"parts": ()}, "is damaged"),
    ],
)
def test_a_damaged_problem_is_one_sentence(
    problem: PaperProblem, change: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match="problem 1 of the paper file") as caught:
        restored(replace(problem, **change))
    assert message in str(caught.value)


@pytest.mark.parametrize("options", [(), ("1", "2")])
def test_a_choice_without_its_key_is_damage(
    problem: PaperProblem, options: tuple[str, ...]
) -> None:
    part = replace(problem.parts[0], kind="choice", options=options, key=None)
    with pytest.raises(InputError, match="part 1a is no choice with a key"):
        restored(replace(problem, parts=(part, *problem.parts[1:])))


@pytest.mark.parametrize(
    ("old", "new"),
    [('"marks": 1', '"marks": "one"'), ('"id": "1a"', '"id": "1b"'), ('"name": ', '"nama": ')],
)
def test_a_damaged_part_is_one_sentence(problem: PaperProblem, old: str, new: str) -> None:
    text = write_paper(Paper(Head("T"), (problem,)))
    assert old in text
    with pytest.raises(InputError, match="the paper file is damaged"):
        mark_paper(read_paper(text.replace(old, new)), {"": {}})


def test_another_version_asks_for_a_key_that_can_be_read(problem: PaperProblem) -> None:
    part = replace(problem.parts[0], key="@@@")
    with pytest.raises(InputError, match="the key of 1a"):
        restored(replace(problem, version=0, parts=(part, *problem.parts[1:])))


def test_an_old_choice_is_marked_by_its_printed_letter() -> None:
    drawn = generate(load("losses/softmax_cross_entropy"), "easy", 5)
    problem = with_options(drawn, printed(drawn))
    part = next(p for p in problem.parts if p.kind == "choice")
    letter = "B" if part.key == "A" else "A"
    parts = tuple(replace(p, key=letter) if p is part else p for p in problem.parts)
    paper = Paper(Head("Old"), (replace(problem, version=0, parts=parts),), seed=1, level="easy")
    (result,) = mark_paper(paper, {"": {part.id: letter}})
    assert next(p for p in result.parts if p.id == part.id).verdict == "correct"


def test_another_version_is_marked_by_its_printed_keys(problem: PaperProblem) -> None:
    """A lecturer's old paper is marked as it was printed, whatever the solver says today."""
    part = replace(problem.parts[0], key="1 x 2 x 3")
    old = replace(problem, version=0, parts=(part, *problem.parts[1:]))
    paper = Paper(Head("Old"), (old,), seed=1, level="easy")
    (result,) = mark_paper(paper, {"": {"1a": "1x2x3"}})
    assert result.parts[0].verdict == "correct"


def test_another_version_may_have_asked_for_another_kind() -> None:
    drawn = generate(load("activations/gradient_sign_zigzag"), "easy", 5)
    problem = printed(drawn)
    parts = tuple(replace(p, kind="array") if p.name == "signs" else p for p in problem.parts)
    paper = Paper(Head("Old"), (replace(problem, version=0, parts=parts),), seed=1, level="easy")
    (result,) = mark_paper(paper, {"": {part.id: part.key for part in parts}})
    assert {part.verdict for part in result.parts} == {"correct"}


def test_another_version_keeps_all_orders_that_are_right() -> None:
    """A paper prints one of them."""
    drawn = generate(load("concepts/algorithm_ordering"), "hard", 8)
    orders = drawn.keys["order"]
    assert len(orders) > 1
    paper = Paper(Head("Old"), (replace(printed(drawn), version=0),), seed=1, level="hard")
    for order in orders:
        letters = " ".join("ABCDEF"[step] for step in order)
        (result,) = mark_paper(paper, {"": {"1a": letters}})
        assert result.parts[0].verdict == "correct"


def test_another_version_may_have_asked_a_later_part_alone() -> None:
    """Its key now follows parts that the old paper did not have, and the level may have left it."""
    printed_now = printed(generate(load("architectures/lenet_trace"), "medium", 5))
    part = replace(printed_now.parts[-1], id="1a")
    old = replace(printed_now, version=0, level="hard", parts=(part,))
    paper = Paper(Head("Old"), (old,), seed=1, level="hard")
    (result,) = mark_paper(paper, {"": {"1a": part.key}})
    assert [p.verdict for p in result.parts] == ["correct"]


def test_another_version_without_keys_is_refused(problem: PaperProblem) -> None:
    parts = tuple(replace(part, key=None) for part in problem.parts)
    public = Paper(Head("Old"), (replace(problem, version=0, parts=parts),))
    with pytest.raises(InputError, match="written by version 0"):
        mark_paper(public, {"": {}})
