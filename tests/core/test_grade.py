"""Old, foreign, damaged and tampered paper files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partialcredit.compose import printed
from partialcredit.errors import InputError
from partialcredit.grade import mark_paper, restored
from partialcredit.paper import Paper, PaperProblem
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
        ({"parts": ()}, "is damaged"),
    ],
)
def test_a_damaged_problem_is_one_sentence(
    problem: PaperProblem, change: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match="problem 1 of the paper file") as caught:
        restored(replace(problem, **change))
    assert message in str(caught.value)


def test_another_version_is_marked_by_its_printed_keys(problem: PaperProblem) -> None:
    """A lecturer's old paper is marked as it was printed, whatever the solver says today."""
    part = replace(problem.parts[0], key="1 x 2 x 3")
    old = replace(problem, version=0, parts=(part, *problem.parts[1:]))
    paper = Paper("Old", 1, "easy", (old,))
    (result,) = mark_paper(paper, {"": {"1a": "1x2x3"}})
    assert result.parts[0].verdict == "correct"


def test_another_version_without_keys_is_refused(problem: PaperProblem) -> None:
    public = Paper("Old", 1, "easy", (replace(problem, version=0),)).public()
    with pytest.raises(InputError, match="written by version 0"):
        mark_paper(public, {"": {}})
