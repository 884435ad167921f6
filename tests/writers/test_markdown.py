"""Markdown: readable, with a place for each answer, and nothing the user typed as markup."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from partialcredit import writers
from partialcredit.paper import Head, Paper
from tests.writers.sample import GRAPH, SQUARE, paper, part, problem

ANSWER = re.compile(r"^\*\*Answer (\S+):\*\*$", re.MULTILINE)


def test_each_part_has_its_place_for_the_answer() -> None:
    text = writers.render(paper, ".md").decode()
    ids = [part.id for problem in paper.problems for part in problem.parts]
    assert ANSWER.findall(text) == ids
    typed = ANSWER.sub(r"**Answer \1:** 42", text)
    assert re.findall(r"^\*\*Answer (\S+):\*\* 42$", typed, re.MULTILINE) == ids


@pytest.mark.parametrize("view", ["solutions", "key"])
def test_what_holds_answers_asks_for_none(view: writers.View) -> None:
    assert not ANSWER.findall(writers.render(paper, ".md", view=view).decode())


def test_the_head_says_title_and_marks_and_neither_seed_nor_level() -> None:
    head = writers.render(replace(paper, head=Head(paper.title, fields=())), ".md").decode()
    assert head.split("\n\n")[:2] + head.split("\n\n")[3:4] == [
        "# Deep-learning mathematics",
        "25 marks",
        "## 1. Output size of a convolution (3 marks)",
    ]


def test_figures_stand_beside_the_file_or_are_told_in_words() -> None:
    files = writers.files(paper, "exam.md")
    text = files.pop("exam.md").decode()
    assert sorted(files) == sorted(set(re.findall(r"\]\((exam-figures/\S+)\)", text)))
    for drawing in files.values():
        assert ET.fromstring(drawing).tag.endswith("svg")
    alone = writers.render(paper, ".md").decode()
    assert "*[Figure: LeNet-5, from a 32 by 32 image to ten classes.]*" in alone
    assert "figure:" not in alone


def test_a_figure_of_a_solution_comes_with_the_key() -> None:
    worked = part("1a", "real", "p", "1", "See ![it](figure:0).")
    asked = problem(1, "p", "![it](figure:1)", worked, figures=[GRAPH, SQUARE])
    files = writers.files(Paper(Head("t"), (asked,)), "a key.md", view="key")
    assert list(files) == ["a key.md", "a key-figures/1-1.svg"]
    assert b"](a%20key-figures/1-1.svg)" in files["a key.md"]


def test_the_key_holds_what_grade_reads() -> None:
    text = writers.render(paper, ".md", view="key").decode()
    assert "**(c)** `[-3.351, -1.784, -1, 2.135]` *(2 marks)*" in text


def test_a_table_or_display_in_a_prompt_keeps_its_own_lines() -> None:
    asked = part("1a", "real", "| a |\n|---|\n| 1 |\n\n$$x$$", "1", "$$y$$")
    text = writers.render(Paper(Head("t"), (problem(1, "p", "s", asked),)), ".md").decode()
    assert "**(a)**\n\n| a |\n|---|\n| 1 |\n\n$$x$$\n\n*(1 mark)*" in text


def test_options_have_the_capitals_that_keys_are_written_in() -> None:
    asked = replace(part("1a", "choice", "p", "B", "s"), options=("mean", "variance"))
    text = writers.render(Paper(Head("t"), (problem(1, "p", "s", asked),)), ".md").decode()
    assert "- **(A)** mean\n- **(B)** variance" in text


def test_user_text_is_escaped() -> None:
    title = "# *a* <b> $c$\n[d](e) `f`"
    text = writers.render(replace(paper, head=Head(title)), ".md").decode()
    assert text.startswith("# \\# \\*a\\* \\<b\\> \\$c\\$ \\[d\\](e) \\`f\\`\n\n")
