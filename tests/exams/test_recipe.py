"""A recipe is read as it is written, or refused in one sentence with the line."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from partialcredit.errors import InputError
from partialcredit.exams.questions import paper_of, resolve
from partialcredit.exams.recipe import read_recipe
from partialcredit.exams.recipe_schema import schema
from partialcredit.exams.recipe_text import located
from partialcredit.marking.policy import Policy
from partialcredit.paper import Head, Section
from partialcredit.writers import render

ASK = "title: A\nquestions:\n  - "
PART = ASK + "title: X\n    parts:\n      - {prompt: P, "

EXAMPLE = files("partialcredit.exams").joinpath("example.yaml").read_text("utf-8")


BAD = [
    json.loads(line)
    for line in Path(__file__).with_name("bad_recipes.jsonl").read_text("utf-8").splitlines()
]

#: Too long to stand in a file.
HUGE = [
    ("title: A\nquestions:\n" + 400 * "  - {family: adam_step}\n", "not a list of 400"),
    ("title: " + 5000 * "[", "nested too deeply"),
    (ASK + "{family: adam_step, title: " + 1000 * "x" + "}", "title is a text of at most 300"),
    (300_000 * "x", "larger than 256 KiB"),
    ("questions: [{page: break}]\n" + 1000 * "x" + ": 3", "no recipe key is called 'xxx"),
    (ASK + "{" + 900 * "x" + ": 3}", "no question key is called 'xxx"),
    (ASK + "{family: adam_step, parameters: {" + 900 * "x" + ": 3}}", "names of at most 60"),
    (PART + "kind: real, key: 1, kye: 2}", "no part key is called 'kye'; did you mean key"),
    (PART + "kind: real, key: '" + 900 * "(" + "'}", "at most 64 levels of brackets"),
]


@pytest.mark.parametrize(
    ("text", "message"), [*((bad["recipe"], bad["message"]) for bad in BAD), *HUGE]
)
def test_a_bad_recipe_is_one_sentence(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        paper_of(read_recipe(text, "m.yaml"), 1)
    said = str(caught.value)
    assert message in said
    assert said.startswith("m.yaml")
    assert "\n" not in said
    assert len(said) < 450


def test_the_head_is_as_it_is_written() -> None:
    text = """
title: 2026
course: 'Deep: learning'
date: 2026-12-03
minutes: 90
allowed: 007
cover: true
paper: letter
fields: [Name, 7]
policy: {too_few_digits: 0.1, follow_through: false}
instructions: |
  One $x$.

  Two.
questions: [{family: adam_step}]
"""
    assert read_recipe(text, "m.yaml").head == Head(
        title="2026", course="Deep: learning", date="2026-12-03", minutes=90, allowed="007",
        cover=True, paper="letter", fields=("Name", "7"), instructions="One $x$.\n\nTwo.",
        policy={"too_few_digits": 0.1, "follow_through": False},
    )  # fmt: skip


def test_questions_keep_their_order_and_what_stands_before_them() -> None:
    text = """
questions:
  - {family: adam_step, seed: 3, space: 5cm}
  - {page: break}
  - {section: B, text: Why?}
  - {family: conv_output_size, parameters: {W: 32}}
  - {family: optimizers/adam_step, level: hard, title: Again, space: 2 in}
""".replace("Why?", "'Why?'")
    first, second, third = read_recipe(text, "m.yaml").questions
    assert (first.families, first.level, first.seed) == (("optimizers/adam_step",), "medium", 3)
    assert (first.space, first.section, first.new_page) == (50, None, False)
    assert (second.section, second.new_page) == (Section("B", "Why?"), True)
    assert second.parameters == {"W": 32}
    assert (third.title, third.level, third.space) == ("Again", "hard", 50.8)
    assert [question.fixed for question in (first, second, third)] == [True, True, False]


def test_the_schema_knows_the_names_of_head_and_policy() -> None:
    known = schema()["properties"]
    assert set(known) == {each.name for each in fields(Head)} | {"questions"}
    assert set(known["policy"]["properties"]) == {each.name for each in fields(Policy)}


@pytest.mark.parametrize("value", ["0.3", "1", "0"])
def test_what_the_schema_takes_the_policy_takes(value: str) -> None:
    text = f"policy: {{too_few_digits: {value}, round_marks: 0.25}}\n{ASK[9:]}{{family: adam_step}}"
    policy = Policy.from_plain(read_recipe(text, "m.yaml").head.policy)
    assert (str(policy.too_few_digits), str(policy.round_marks)) == (
        {"0.3": "3/10"}.get(value, value), "1/4",
    )  # fmt: skip


def test_the_schema_alone_tells_good_from_bad() -> None:
    """Editors see the schema as a whole, the reader takes it form by form."""
    whole = Draft202012Validator(schema())
    Draft202012Validator.check_schema(schema())
    assert whole.is_valid(located(EXAMPLE, "m.yaml").data)
    for wrong in ("famly: adam_step", "family: adam_step, count: 3", "text: Why", "page: now"):
        assert not whole.is_valid(located(f"{ASK}{{{wrong}}}", "m.yaml").data)


DOCS = Path(__file__).parents[2].joinpath("docs/recipes.md").read_text("utf-8")


@pytest.mark.parametrize("text", re.findall(r"```yaml\n(.+?)```", DOCS, re.DOTALL))
def test_the_documentation_shows_recipes(text: str) -> None:
    assert Draft202012Validator(schema()).is_valid(located(text, "docs").data)
    paper = paper_of(read_recipe(text, "docs"), 1)
    assert render(paper, ".html", view="solutions")


def test_the_example_is_a_paper() -> None:
    recipe = read_recipe(EXAMPLE, "midterm.yaml")
    paper = paper_of(recipe, 1)
    assert len(paper.problems) == len(resolve(recipe, 1)) == 9
    assert [p.section.title for p in paper.problems if p.section] == ["Computing", "Explaining"]
    assert [p.number for p in paper.problems if p.new_page] == [8]
    assert paper.marks == 42
