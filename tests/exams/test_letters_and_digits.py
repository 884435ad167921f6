"""A recipe may ask for other digits, and print the letters of the lecture notes."""

from __future__ import annotations

import pytest

from partialcredit.exams.questions import paper_of
from partialcredit.exams.recipe import read_recipe
from partialcredit.marking.classroom import mark_paper
from partialcredit.paper import Paper
from partialcredit.paper_file import read_paper, write_paper

RECIPE = """
title: T
notation: notes
digits: 5
questions:
  - {family: optimizer_moments/momentum_expectation, level: hard}
  - {family: optimizers/adam_step, level: hard}
"""


@pytest.fixture(scope="module")
def paper() -> Paper:
    return read_paper(write_paper(paper_of(read_recipe(RECIPE, "r.yaml"), 1)))


def test_every_number_is_asked_for_with_the_digits_of_the_recipe(paper: Paper) -> None:
    prompts = [part.prompt for problem in paper.problems for part in problem.parts]
    assert any("Give 5 significant digits" in prompt for prompt in prompts)
    assert not any("3 significant" in prompt or "4 significant" in prompt for prompt in prompts)


def test_the_letters_are_those_of_the_notes(paper: Paper) -> None:
    text = write_paper(paper)
    assert r"\\varepsilon" in text
    assert r"\\nu" in text
    assert r"\\eta" not in text
    assert r"\\epsilon" not in text


def test_its_own_keys_are_right(paper: Paper) -> None:
    keys = {part.id: part.key or "" for problem in paper.problems for part in problem.parts}
    (result,) = mark_paper(paper, {"": keys})
    judged = {part.verdict for part in result.parts}
    assert judged <= {"correct", "undecided"}, [p for p in result.parts if p.verdict != "correct"]
    assert "correct" in judged


def test_a_number_with_fewer_digits_is_short(paper: Paper) -> None:
    part = next(
        part for problem in paper.problems for part in problem.parts
        if part.kind == "real" and len((part.key or "").strip("-0.")) >= 5
    )  # fmt: skip
    short = f"{float(part.key or 0):.3g}"
    (result,) = mark_paper(paper, {"": {part.id: short}})
    (mark,) = [mark for mark in result.parts if mark.id == part.id]
    assert "too few digits" in mark.feedback
