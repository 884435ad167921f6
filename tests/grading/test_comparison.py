"""One way of judging: two texts are compared as a question with that key compares its answers."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.errors import InputError, UnreadableAnswer
from partialcredit.grading import (
    Array,
    Expression,
    Integer,
    Interval,
    Real,
    Relation,
    Set,
    Shape,
    compare,
    understand,
)
from partialcredit.grading.pairs import compare_row

HERE = Path(__file__).parent


def in_grade(kind, key, text):
    """What the marker makes of an answer: invalid where it cannot be read."""
    try:
        return kind.compare(key, kind.read(text)).outcome
    except UnreadableAnswer:
        return "invalid"


@pytest.mark.parametrize("answer", ["1[2 ≈ 3]", "{1 if 2 ≈ 3, 0 otherwise}", "1[2 in (0, 3)]"])
def test_a_condition_that_cannot_be_decided_is_a_verdict_too(answer: str) -> None:
    assert compare("1", answer, "number").outcome == "invalid"


NUMBERS = ["5", "x = 5", "5, 6", "{5}", "6", "x", "5x", "2 = 5", "9^9^9", "1/0", "10/2", "@", "5.0"]
ROWS = [
    "(3, 2)",
    "(x, y) = (3, 2)",
    "w = [3 2]",
    "3, 2, 1",
    "[3; 2]",
    "(3, y)",
    "3",
    "(2, 3)",
    "((",
]
REGIONS = ["(0, 1]", "0 < x <= 1", "x <= 1 and x > 0", "[0, 1]", "(0, y]", "5", "0 < x < y < 1"]
SETS = ["{1, 2}", "2, 1", "x = 1 or x = 2", "{1}", "{1, x}", "{1, 2, 2}", "S = {1, 2}"]
SHAPES = ["28x28x6", "(28, 28, 6)", "28, 28, n", "28x", "6x28x28", "28x28x6 = 4704", "S = 28x28x6"]
RELATIONS = ["0 < x < 2/L", "x < 2/L and x > 0", "x + 1", "0 < x", "x = y"]
FORMULAS = ["x + y", "z = y + x", "f(x) = x + y", "x + z", "x", "x = x + y", "x + y = y + x", "x+"]


@pytest.mark.parametrize(
    ("name", "key", "kind", "value", "symbols", "answers"),
    [
        ("number", "5", Real(), 5, {}, NUMBERS),
        ("number", "5", Integer(), 5, {}, NUMBERS),
        ("array", "(3, 2)", Array(), (3, 2), {}, ROWS),
        ("interval", "(0, 1]", Interval(), Interval().key("]0, 1]"), {}, REGIONS),
        ("set", "{1, 2}", Set(), frozenset({1, 2}), {}, SETS),
        ("shape", "28x28x6", Shape(), (28, 28, 6), {}, SHAPES),
        (
            "relation",
            "0 < x < 2/L",
            Relation({"L": "positive", "x": "real"}),
            "0 < x < 2/L",
            {"L": "positive"},
            RELATIONS,
        ),
        (
            "expression",
            "x + y",
            Expression({"x": "real", "y": "real"}),
            "x + y",
            {"x": "real"},
            FORMULAS,
        ),
    ],
)
def test_the_command_and_the_marker_say_the_same(name, key, kind, value, symbols, answers):
    for text in answers:
        assert compare(key, text, name, symbols).outcome == in_grade(kind, value, text), text


@given(st.integers(-50, 50), st.integers(-50, 50), st.sampled_from(["abs", "rel"]))
def test_a_tolerance_holds_up_to_its_end(key, off, how):
    """Absolutely, or relative to the key; a step beyond is another number."""
    allowed = 10 if how == "abs" else abs(key) * 10
    verdict = compare(f"{key}", f"{key} + {off}/10", "number", tolerance={how: 1})
    assert (verdict.outcome == "equivalent") == (abs(off) <= allowed)


def test_the_unknown_of_an_interval_may_be_a_declared_function() -> None:
    verdict = compare("[-1, 2]", "-1 <= LSE(x) <= 2", "interval", functions=["LSE"])
    assert verdict.outcome == "equivalent"


@pytest.mark.parametrize("kind", ["array", "set", "interval"])
def test_a_tolerance_counts_for_every_entry(kind):
    assert compare("[1, 100]", "[1.04, 104]", kind, tolerance={"rel": 0.05}).outcome == "equivalent"
    assert compare("[1, 100]", "[1.06, 100]", kind, tolerance={"rel": 0.05}).outcome == "different"
    assert compare("[1, 100]", "[1.04, 100]", kind, tolerance={"abs": 0.05}).outcome == "equivalent"
    assert compare("[1, 100]", "[1.04, 104]", kind, tolerance={"abs": 0.05}).outcome == "different"


@pytest.mark.parametrize("size", ["-1", "nan", "inf", "1/0", "1e999999999", "", [1]])
def test_a_tolerance_that_is_no_size_is_refused(size):
    with pytest.raises(InputError, match="a tolerance is a number"):
        compare("1", "1", "number", tolerance={"abs": size})


@pytest.mark.parametrize(
    ("kind", "key", "answer", "outcome"),
    [
        ("array", "(2x, y)", "(x + x, y)", "equivalent"),
        ("array", "(2x, y)", "(x, y)", "different"),
        ("array", "(2x, y)", "(2x, z)", "invalid"),
        ("set", "{a, 2b}", "{b + b, a}", "equivalent"),
        ("set", "{a, 2b}", "{b, a}", "different"),
        ("set", "{a, 2b}", "{b + b, a, a}", "equivalent"),
        ("interval", "(0, 2/L)", "eta < 2/L and eta > 0", "equivalent"),
        ("interval", "(0, 2/L)", "|eta - 1| < 1", "different"),
        ("interval", "(0, 2/L)", "(0, 2/L]", "different"),
        ("shape", "(N, 2d)", "N x (d + d)", "equivalent"),
        ("shape", "(N, 2d)", "N x d", "different"),
        ("shape", "(N, 2d)", "2d x N", "different"),
        ("shape", "(N, 2d)", "3 x 2d", "different"),
        ("expression", "inv(X^T X + lambda I)", "inv(lambda I + X^T X)", "equivalent"),
        ("number", "oo", "oo", "equivalent"),
    ],
)
def test_entries_may_be_formulas_in_the_keys_letters(kind, key, answer, outcome):
    symbols = {"X": "matrix(n,d)"} if "X" in key else None
    assert compare(key, answer, kind, symbols).outcome == outcome


def test_a_strangers_letter_is_invalid_not_wrong():
    for answer in ("x + z", "y = x + z", "2^z"):
        verdict = compare("x + y", answer)
        assert verdict.outcome == "invalid"
        assert "the question has no 'z'; it uses x, y" in verdict.message
    assert compare("x + y", "z = x + y").outcome == "equivalent"


def test_an_unknown_kind_is_refused():
    with pytest.raises(InputError, match=r"the kind is one of .*number.*, not 'text'"):
        compare("1", "1", "text")


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("shape", "(28,28, 6)", "28 x 28 x 6"),
        ("shape", "(n, 2d)", "n x (2*d)"),
        ("set", "2, 1", "{2, 1}"),
        ("interval", "x > 1", "(1, oo)"),
        ("expression", "y = 2x", "y = 2*x"),
    ],
)
def test_what_is_understood_is_shown(kind, text, shown):
    assert understand(text, kind) == shown


def test_a_key_that_cannot_be_read_leaves_the_pair_open():
    row = compare_row(
        json.dumps({"id": 7, "key": "[[1, 2], [3]]", "answer": "1", "kind": "array"}), ""
    )
    assert row["id"] == 7
    assert row["verdict"] == "undecided"
    assert row["message"].startswith("The key cannot be read: ")


def test_a_pair_of_a_file_is_judged_like_two_texts():
    """A pair has the same verdict as its texts."""
    lines = (HERE / "families.jsonl").read_text(encoding="utf-8").splitlines()[:20]
    for line in lines:
        row = json.loads(line)
        verdict = compare(row["key"], row["answer"], row["kind"], row.get("symbols"))
        assert compare_row(line, "")["verdict"] == verdict.outcome
