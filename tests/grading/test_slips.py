"""A slip is named only when the answer is wrong, and each in one sentence."""

import pytest

from partialcredit.grading import (
    Array,
    Choices,
    Integer,
    Real,
    Set,
    Shape,
    TrueFalse,
    compare,
)
from partialcredit.grading.forms import FORMS, form_fault
from partialcredit.grading.reader.reading import read_tree
from partialcredit.numbers.rationals import rational


@pytest.mark.parametrize(
    ("kind", "key", "text", "part"),
    [
        (Integer(), 156, "-156", "sign"),
        (Integer(), 156, "155", "missing + 1"),
        (Integer(), 25636712, "25632616", "biases"),
        (Real(digits=4), rational(1, 3), "0.6667", "twice"),
        (Real(digits=4), rational(1, 3), "33.33", "percentage"),
        (Real(digits=4), rational(1, 3), "3", "reciprocal"),
        (Real(digits=4), rational(1, 3), "0.3335", "round only once"),
        (Real(digits=4), rational(5653, 10000), "0.05653", "power of ten"),
        (Real(digits=4), rational(5653, 7000), "1.0094", "divisor"),
        (Array(), ((1, 2), (3, 4)), "[1 3; 2 4]", "transpose"),
        (Array(), (1, 2, 3), "3, 2, 1", "reverse"),
        (Array(), (1, 2, 3), "2, 1, 3", "another order"),
        (Array(), (1, 2, 3), "-1, -2, -3", "sign of every entry"),
        (Array(), (1, 2, 3), "1, 2, 4", "1 of 3 entries is wrong"),
        (Shape(), (28, 28, 6), "6x28x28", "another order"),
        (Shape(), (28, 28, 6), "28x28", "3 axes"),
        (Shape(), (28, 28, 6), "28x28x5", "axis 3"),
        (Set(), frozenset({1, 2}), "1", "missing"),
        (Set(), frozenset({1, 2}), "1, 2, 3", "not belong"),
        (TrueFalse(3), (True, True, False), "T ? F", "2 of 3 are right."),
        (
            TrueFalse(3),
            (True, True, False),
            "T F F",
            "2 of 3 are right, 1 is wrong and cancels one",
        ),
        (Choices(("p", "q", "r")), frozenset({0}), "BC", "0 of 1 are found, 2 are wrong"),
    ],
)
def test_slip(kind, key, text, part):
    answer = kind.read(text)
    assert kind.compare(key, answer).outcome == "different"
    assert part in kind.slip(key, answer)


@pytest.mark.parametrize(
    ("key", "answer", "part"),
    [
        ("x^2/2", "x^2", "factor 1/2"),
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
    ],
)
def test_forms(text, form, fits):
    assert (form_fault(read_tree(text), form) == "") is fits


def test_every_form_has_its_instruction():
    assert all(sentence.endswith(".") for sentence in FORMS.values())
