"""A slip is named only when the answer is wrong, and each in one sentence."""

import pytest

from partialcredit.grading import (
    Array,
    Choices,
    Integer,
    Order,
    Real,
    Set,
    Shape,
    TrueFalse,
    compare,
)
from partialcredit.grading.forms import FORMS, form_fault
from partialcredit.grading.reader.reading import read_tree
from partialcredit.numbers.rationals import rational

THIRD = rational(1, 3)


@pytest.mark.parametrize(
    ("kind", "key", "text", "told"),
    [
        (Integer(), 156, "-156", "The sign is wrong."),
        (Real(digits=4), THIRD, "-1/3", "The sign is wrong."),
        (Real(digits=4), rational(2, 7), "0.5714", "Your answer is twice the right one."),
        (Real(digits=4), THIRD, "33.33", "Your answer is a hundred times the right one."),
        (
            Real(digits=4), rational(2, 7), "3.500",
            "Your answer is the reciprocal of the right one.",
        ),
        (
            Real(digits=4), rational(5653, 10000), "0.05653",
            "The digits are right, but the decimal point is in another place.",
        ),
        (Array(), ((1, 2), (3, 4)), "[1 3; 2 4]", "Your array is the transpose of the right one."),
        (Array(), (1, 2, 3), "3, 2, 1", "The entries are right but in reverse order."),
        (Array(), (1, 2, 3), "2, 1, 3", "The entries are right but in another order."),
        (Array(), (1, 2, 3), "-1, -2, -3", "The sign of every entry is wrong."),
        (Array(), (1, 0, -2, 3), "1, 0, 2, 3", "Only a sign is wrong."),
        (Array(digits=3), (-THIRD, 2), "-0.333, -2", "Only a sign is wrong."),
        (Array(), ((1, -2), (3, 4)), "[-1 -2; 3 -4]", "Only signs are wrong."),
        (Array(), (4, 0, -6), "6, 0, -9", "Every entry is off by the same factor."),
        (Array(digits=4), (THIRD, 2), "-0.9524, -5.714", "Every entry is off by the same factor."),
        (Order(steps=4), (2, 0, 1, 3), "C D B A", "Two of them have changed places."),
        (Shape(), (28, 28, 6), "6x28x28", "The sizes are right but the axes are in another order."),
        (Set(places=2), frozenset({THIRD, 2}), "-0.33, -2", "The sign of every element is wrong."),
    ],
)  # fmt: skip
def test_what_turns_the_key_into_the_answer(kind, key, text, told):
    answer = kind.read(text)
    assert kind.compare(key, answer).outcome == "different"
    assert kind.slip(key, answer) == told


@pytest.mark.parametrize(
    ("kind", "key", "text"),
    [
        (Integer(), 1, "2"),
        (Integer(), 16, "8"),
        (Integer(), 9, "3"),
        (Real(digits=4), THIRD, "0.67"),
        (Real(digits=4), 2, "4"),
        (Real(digits=4), THIRD, "0.6667"),  # twice the key is one minus the key
        (Real(digits=4), 2, "4.000"),  # twice two is the square of two: nothing tells which
        (Real(digits=4), rational(21, 1), "16.8"),
        (Array(), (0, 1, 1, 1), "1, 1, 0, 1"),
        (Array(), (1, 0, 0), "2, 0, 0"),
        (Array(), (2, 2, 0), "6, 6, 0"),
        (Array(), (1, -1, 0), "1, 1, 0"),
        (Array(), (4, 0, -6), "6, 1, -9"),
        (Array(), (4, 0, -6), "6, 0, -8"),
        (Array(digits=4), (rational(2231, 1000), rational(1239, 2500)), "2.25, 0.5"),
        (Array(digits=4), (THIRD, 2), "-0.9524, -5.711"),
        (Order(steps=2), (0, 1), "B A"),
        (Order(steps=3), (0, 1, 2), "B C A"),
    ],
)
def test_what_may_be_chance_is_not_said(kind, key, text):
    assert kind.slip(key, kind.read(text)) == ""


@pytest.mark.parametrize(
    ("kind", "key", "text", "told"),
    [
        (Integer(), 156, "155", "Your answer is too small."),
        (Integer(), -1, "2", "Your answer has the wrong sign, and its size differs, too."),
        (Real(digits=4), THIRD, "0.3335", "Close, but the last digits differ."),
        (Array(), (1, 2, 3), "1, 2, 4", "Entry 3 is wrong."),
        (Array(), (1, 2), "3, 4", "Both entries are wrong."),
        (Array(), ((1, 2), (3, 4)), "[1 5; 6 4]", "Entries (1, 2) and (2, 1) are wrong."),
        (
            Array(digits=3), (THIRD, 2, THIRD), "0.33, 3, 0.334",
            "Entry 2 is wrong. Entry 3 is close, but its last digits differ. Entry 1 is right as "
            "far as it goes, but has too few digits. Give 3 significant digits in every entry.",
        ),
        (Shape(), (28, 28, 6), "28x28", "The shape has 3 axes, yours 2."),
        (Shape(), (5,), "28x28", "The shape has 1 axis, yours 2."),
        (Shape(), (28, 28, 6), "28x28x5", "The size of axis 3 is wrong."),
        (Set(), frozenset({1, 2}), "1", "1 of the 2 elements is missing."),
        (Set(), frozenset({1}), "1, 2, 3", "2 of yours do not belong."),
        (
            Set(places=2), frozenset({THIRD, 2}), "0.33, 3",
            "1 of the 2 elements is missing and 1 of yours does not belong.",
        ),
        (TrueFalse(3), (True, True, False), "T ? F", "2 of 3 are right."),
        (Choices(("p", "q", "r")), frozenset({0}), "BC", "0 of 1 right letter are found."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_answer(kind, key, text, told):
    answer = kind.read(text)
    assert kind.compare(key, answer).outcome == "different"
    assert kind.slip(key, answer) == ""
    assert kind.remark(key, answer) == told


@pytest.mark.parametrize(
    ("text", "short"), [("0.33", 1), ("0.30", 0), ("0.3", 1), ("0", 0), ("1/3 + 1/1000", 0)]
)
def test_digits_count_as_they_are_written(text, short):
    """0.30 claims more than 0.3, and is wrong where 0.3 is short."""
    kind = Real(digits=4)
    assert kind.compare(rational(1, 3), kind.read(text)).short == short


def test_a_formula_is_refuted_by_numbers():
    assert compare("x^2 + 1", "x^2 + x", symbols={"x": "real"}).message == (
        "For x = 2 your formula gives 6, the right one 5."
    )


@pytest.mark.parametrize(
    ("key", "answer", "part"),
    [
        ("x^2/2", "x^2", "twice the right one"),
        ("1/(2x)", "1/2x", "write the brackets"),
        ("(1-a^t)/(1-a)", "(1-a^(t+1))/(1-a)", "one step too far"),
        ("a - t", "t - a", "sign"),
        ("a^t", "t^a", "exchanged"),
        ("ln(a)", "log2(a)", "base 2"),
        ("1 - a", "a", "one minus"),
    ],
)
def test_formula_slip(key, answer, part):
    symbols = {"x": "real", "a": "unit", "t": "positive integer"}
    assert part in compare(key, answer, symbols=symbols).message


def test_a_transposed_matrix_expression_is_named():
    symbols = {"W": "matrix(m,n)", "x": "vector(m)"}
    assert "transpose" in compare("W^T x", "x^T W", symbols=symbols).message


@pytest.mark.parametrize(
    ("text", "form", "fits"),
    [
        ("2/3", "fraction", True),
        ("4/6", "fraction", False),
        ("-1/2", "fraction", True),
        ("7", "fraction", True),
        ("0.5", "fraction", False),
        ("0.5", "decimal", True),
        ("1/2", "decimal", False),
        ("x(x+1)", "factored", True),
        ("x^2+x", "factored", False),
        ("x^2+x", "expanded", True),
        ("x(x+1)", "expanded", False),
        ("(x+1)^2", "expanded", False),
        ("n(n+1)/2", "closed", True),
        (r"\sum_{i=1}^n i", "closed", False),
        ("1/(1+e^(-2n))", "exponentials", True),
        ("exp(n)/(1+exp(n))", "exponentials", True),
        ("sigma(2n)", "exponentials", False),
    ],
)
def test_forms(text, form, fits):
    assert (form_fault(read_tree(text), form) == "") is fits


def test_every_form_has_its_instruction():
    assert all(sentence.endswith(".") for sentence in FORMS.values())
