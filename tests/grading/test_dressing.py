"""What stands around an answer goes, and nothing else; columns stay."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.grading.exact_value import exact_number
from partialcredit.grading.reader.dressing import undressed
from partialcredit.grading.reader.names import names_for
from partialcredit.grading.reader.prose import without_prose
from partialcredit.grading.reader.quantities import split_unit, without_words
from partialcredit.grading.reader.reading import read_quantity

KNOWN = names_for({"alpha": "real", "rate": "real"}).known


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (r"\( x \)", "x"),
        (r"\[x\].", "x"),
        ("**42**", "42"),
        ("`42`", "42"),
        (r"\text{13}", "13"),
        (r"\text{ReLU}(x)", r"\text{ReLU}(x)"),
        (r"n_{\text{in}}", r"n_{\text{in}}"),
        (r"y &= x \\", "y = x"),
        (r"\begin{align*} x \end{align*}", "x"),
        ("1.386...", "1.386"),
        ("np.exp(x)", "exp(x)"),
        ("X.T", "X^T"),
    ],
)
def test_dressing(text, left):
    assert " ".join(undressed(text).split()) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The answer is 5", "5"),
        ("approx. 5", "5"),
        ("5 (rounded)", "5"),
        ("5 (3 s.f.)", "5"),
        ("2x for all x", "2x"),
        ("gradient: 2x", "2x"),
        ("2 (alpha)", "2 (alpha)"),
        ("x (rate)", "x (rate)"),
        ("5 (not)", "5 (not)"),
    ],
)
def test_prose(text, left):
    assert without_prose(text, KNOWN).strip() == left


@given(st.text(alphabet="ab \\{}()[]$*`_.&=123,textfor", max_size=60))
def test_columns_stay(text):
    assert len(undressed(text)) == len(text)
    assert len(without_prose(text, KNOWN)) == len(text)


@pytest.mark.parametrize(
    "text",
    [" " * 7_900, "(" * 3_000, r"\text{" * 1_300, "a(=" * 2_600, ". " * 3_900, r"\\ " * 2_600,
     "`" * 7_900, "5 " + "a " * 3_900, "x = " * 1_900, "1 " * 3_900, "= " * 3_900],
)  # fmt: skip
def test_hostile_text_takes_no_time(text):
    start = time.process_time()
    bare = without_prose(undressed(text), KNOWN)
    split_unit(without_words(bare), KNOWN)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("4 epochs", 4, "epochs"),
        (r"15\mbox{ cm}^2", 15, "cm^2"),
        ("28.4 MB", 28.4, "MB"),
        ("50 percent", 0.5, ""),
        ("six", 6, ""),
        ("twenty-one", 21, ""),
        ("none", 0, ""),
        ("epoch 9", 9, ""),
        (r"60^\circ", 60, ""),
        ("8x148", 1184, ""),
        ("(3x7x7+1)x8", 1184, ""),
        ("1.2 e-3", 0.0012, ""),
        ("1 3/4", 1.75, ""),
        ("-1 1/2", -1.5, ""),
        ("1 234,5", 1234.5, ""),
    ],
)
def test_quantities(text, value, unit):
    tree, found = read_quantity(text)
    assert float(exact_number(tree)) == value
    assert found == unit


@pytest.mark.parametrize("text", ["5 thousand", "5 or more", "5 squared", "5 alpha", "5 x"])
def test_words_that_change_a_number_are_no_unit(text):
    assert split_unit(text, KNOWN)[1] == ""
