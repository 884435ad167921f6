"""Which answer a long text gives: the last that it states, and none that it only thinks of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.marking.hand_ins.prose import extract

AB = ("a", "b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\boxed{1} or rather \boxed{2}", "2"),
        (r"$\boxed{\frac{1}{2}}$", r"\frac{1}{2}"),
        (r"\boxed{\{1, 2\}} is it", r"\{1, 2\}"),
        ("The answer is 42.", "42"),
        ("The final answer: **-4.5**", "-4.5"),
        ("First $x = 1$, and then $y = 2$ follows from it, which was to be shown here.", "y = 2"),
        ("<think>The answer is 3.</think>The answer is 4.", "4"),
        ("The answer is 3. <answer>5</answer> I think 6.", "5"),
        ("3.25", "3.25"),
        ("(a) 7", "7"),
        ('{"a": "\\frac{1}{2}"}', r"\frac{1}{2}"),
        ('Before {"a": 1} after {"a": [1, 2]}', "[1, 2]"),
    ],
)  # fmt: skip
def test_one_part(text: str, expected: str) -> None:
    assert extract(text) == {"a": expected}


@pytest.mark.parametrize(
    ("text", "a", "b"),
    [
        ("(a) 1\n(b) 2", "1", "2"),
        ("(a) 1\n(b) 2\n\nOn second thoughts\n(a) 3", "3", "2"),
        ("a) 1\nb) 2", "1", "2"),
        ("**(a)** $x = 1$\n\n**(b)**: 2", "x = 1", "2"),
        ("Answer 1a: T, F\nAnswer 1b: 2 x 3", "T, F", "2 x 3"),
        ("Part (a): so \\boxed{1}, as it must be\nPart (b): \\boxed{2}", "1", "2"),
        ("<answer>(a) 1; (b) 2</answer>", "1", "2"),
        ("### (a)\nlong\n$$x = 1$$\n### (b)\nThe answer is 2.", "x = 1", "2"),
        (r"\boxed{1} and \boxed{2}", "1", "2"),
        ('```json\n{"part a": 1, "(b)": "2"}\n```', "1", "2"),
    ],
)
def test_two_parts(text: str, a: str, b: str) -> None:
    assert extract(text, AB) == {"a": a, "b": b}


@pytest.mark.parametrize(
    "text", ["", "<think>\\boxed{1}", "\\boxed{1", "{" * 999, "\\boxed{1} \\boxed{2} \\boxed{3}"]
)
def test_no_answer_is_none(text: str) -> None:
    assert extract(text, AB) == {}


@given(st.text(st.sampled_from('ab()\\{}$\n"boxed:=<>/think answer12;*'), max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    found = extract(text, AB)
    assert set(found) <= set(AB)
    assert all(isinstance(answer, str) for answer in found.values())


@given(st.sampled_from(["0.5", "(1, 2)", r"\frac{1}{2}", "T, F", "2 x 3"]), st.data())
def test_what_is_boxed_comes_back(answer: str, data: st.DataObject) -> None:
    noise = data.draw(st.text(st.sampled_from("xyz .,\n"), max_size=100))
    assert extract(f"{noise}\n(a) {noise} \\boxed{{{answer}}}\n(b) \\boxed{{1}}", AB)["a"] == answer
