"""A paper in the letters of the notes says the same, and its answers are marked the same."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from partialcredit.grading import Expression
from partialcredit.notation import in_notation
from partialcredit.printed import printed
from partialcredit.problem import generate
from partialcredit.registry import load


def test_the_letters_change_and_nothing_else() -> None:
    ours = printed(generate(load("optimizers/adam_step"), "hard", 1))
    notes = in_notation(ours, "notes")
    a, b = (json.dumps(asdict(problem)) for problem in (ours, notes))
    assert "\\\\eta" in a
    assert "\\\\eta" not in b
    assert a.replace("\\\\epsilon", "\\\\nu").replace("\\\\eta", "\\\\varepsilon") == b
    assert in_notation(ours, "common") == ours


@pytest.mark.parametrize("answer", ["eta*mu", "epsilon mu", r"\varepsilon\mu", "eps*mu"])
def test_the_notes_letters_are_read_where_they_mean_nothing_else(answer: str) -> None:
    kind = Expression({"eta": "positive", "mu": "real"})
    assert kind.compare("eta*mu", kind.read(answer)).outcome == "equivalent"


def test_a_declared_letter_means_itself() -> None:
    kind = Expression({"eta": "positive", "epsilon": "positive"})
    assert kind.compare("eta", kind.read("epsilon")).outcome == "different"
    assert kind.compare("epsilon", kind.read("nu")).outcome == "equivalent"
