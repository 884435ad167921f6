"""A question of a recipe: kinds made of typed keys, slips, and what cannot be asked."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from partialcredit.own import Unfit, own_question, restored_own
from partialcredit.paper import Head, Paper, PaperProblem
from partialcredit.paper_file import read_paper, write_paper


def question(**part: Any) -> dict[str, Any]:
    part = {"prompt": "Find it.", "marks": 2, "solution": "So.", **part}
    return {"title": "T", "text": "Let $x$.", "parts": [part]}


def through_a_file(problem: PaperProblem) -> PaperProblem:
    return read_paper(write_paper(Paper(Head("T"), (problem,)))).problems[0]


@pytest.mark.parametrize(
    ("part", "key", "right", "wrong"),
    [
        ({"kind": "real", "key": "1/3", "digits": 3}, "1/3 = 0.333", "0.333", "0.334"),
        ({"kind": "real", "key": "0.25", "digits": 3}, "0.25", "1/4", "0.26"),
        ({"kind": "real", "key": "0.25"}, "0.25", "25 %", "0.2500001"),
        ({"kind": "integer", "key": "2^10"}, "1024", "1,024", "1025"),
        ({"kind": "expression", "key": "2*(x+1)"}, "2*(x+1)", "2x+2", "2x+1"),
        ({"kind": "array", "key": "1/3, 2", "digits": 2}, "1/3, 2", "0.33, 2", "0, 2"),
        ({"kind": "array", "key": "(1/8, 2)", "digits": 1}, "(1/8, 2) = [0.1, 2]", ".1, 2", "0, 2"),
        ({"kind": "array", "key": "[[1, 2], [3, 4]]"}, "[[1, 2], [3, 4]]", "1 2; 3 4", "1 2; 4 3"),
        ({"kind": "array", "key": "(a, 2*a)"}, "(a, 2*a)", "(a, a + a)", "(a, a)"),
        ({"kind": "shape", "key": "N x 2d"}, "N x 2d", "(N, d + d)", "(N, d)"),
        ({"kind": "interval", "key": "(0, 1]"}, "(0, 1]", "0 < x <= 1", "[0, 1]"),
        ({"kind": "set", "key": "{-1, 2}"}, "{-1, 2}", "2, -1", "1, 2"),
        ({"kind": "relation", "key": "0 < eta < 2"}, "0 < eta < 2", "2 > eta > 0", "eta < 2"),
        ({"kind": "choice", "key": "variance", "options": ["mean", "variance"]}, "B", "b", "A"),
        ({"kind": "truefalse", "key": "T F T"}, "T F T", "true, false, true", "T T T"),
        ({"kind": "truefalse", "key": "false"}, "F", "F", "T"),
    ],
)  # fmt: skip
def test_a_key_is_typed_and_marked_by(
    part: dict[str, Any], key: str, right: str, wrong: str
) -> None:
    printed = own_question(question(**part), 3)
    assert (printed.parts[0].id, printed.parts[0].key) == ("3a", key)
    problem = restored_own(through_a_file(printed))
    kind, value = problem.kinds["a"], problem.keys["a"]
    assert kind.compare(value, kind.read(right)).outcome == "equivalent"
    assert kind.compare(value, kind.read(wrong)).outcome == "different"


def test_prompts_say_the_form() -> None:
    assert (
        own_question(question(kind="real", key="pi", digits=2)).parts[0].prompt
        == "Find it. Give 2 significant digits."
    )
    assert own_question(question(kind="truefalse", key="T F")).parts[0].count == 2


def test_a_part_for_a_person() -> None:
    problem = restored_own(own_question(question(kind="text")))
    assert problem.kinds["a"].by_person
    assert problem.verify() == 0


def test_declared_symbols_have_their_domains() -> None:
    def same(symbols: dict[str, str]) -> str:
        asked = question(kind="expression", key="sqrt(x^2)", symbols=symbols)
        problem = restored_own(through_a_file(own_question(asked)))
        kind = problem.kinds["a"]
        return kind.compare(problem.keys["a"], kind.read("x")).outcome

    assert same({"x": "positive"}) == "equivalent"
    assert same({"x": "real"}) == "different"


@pytest.mark.parametrize(
    ("part", "field", "message"),
    [
        ({"kind": "real", "key": "("}, "key", "cannot be read"),
        ({"kind": "real", "key": "x"}, "key", "the key 'x' is no number"),
        ({"kind": "real", "key": "oo"}, "key", "is no number"),
        ({"kind": "integer", "key": "1/2"}, "key", "is no whole number"),
        ({"kind": "integer", "key": "3", "digits": 2}, "digits", "integer takes no digits"),
        ({"kind": "real", "key": "3", "options": ["a", "b"]}, "options", "takes no options"),
        ({"kind": "real", "key": "3", "symbols": {"x": "real"}}, "symbols", "takes no symbols"),
        ({"kind": "choice", "key": "A"}, "options", "two options or more"),
        ({"kind": "choice", "key": "C", "options": ["a", "b"]}, "key", "from A to B"),
        ({"kind": "truefalse", "key": "perhaps"}, "key", "expected true or false"),
        ({"kind": "order", "key": "A B"}, "kind", "no key is typed for the kind 'order'"),
        ({"kind": "expression", "key": "x", "symbols": {"x": "reel"}}, "key", "the domain of x"),
        ({"kind": "real", "key": "0.5", "slips": [["1/2", "No."]]}, "slips", "answer as the key"),
        ({"kind": "real", "key": "0.5", "slips": [["1", "No."], ["2/2", "No."]]}, "slips",
         "the slip '2/2' is the same answer as the slip '1'"),
        ({"kind": "real", "key": "0.5", "slips": [["x", "No."]]}, "slips", "cannot be read"),
        ({"kind": "text", "slips": [["x", "No."]]}, "slips", "a person reads"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(part: dict[str, Any], field: str, message: str) -> None:
    with pytest.raises(Unfit, match=re.escape(message)) as caught:
        own_question(question(**part))
    assert (caught.value.place, caught.value.field) == (0, field)


def test_the_file_holds_each_key_once() -> None:
    """An edited key is the key: nothing else in the file contradicts it."""
    printed = own_question(question(kind="real", key="0.625", slips=[["1.5", "No."]]))
    assert json.loads(write_paper(Paper(Head("T"), (printed,))))["problems"][0]["parameters"] == {
        "parts": [{"slips": [["1.5", "No."]]}]
    }
    assert write_paper(Paper(Head("T"), (printed,))).count("0.625") == 1
