"""Shapes in numbers and letters."""

import pytest

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading import Shape, compare
from partialcredit.grading.reader.names import names_for
from partialcredit.grading.reader.shapes import read_shape
from partialcredit.grading.writing.show import show

NAMES = names_for({"n": "positive integer", "d": "positive integer", "n_x": "positive integer"})


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("n x 3d", ["n", "3*d"]),
        ("(n_x, d)", ["n_x", "d"]),
        (r"n^2 \times d", ["n^2", "d"]),
        ("2x(2d+1)x(2n+1)", ["2", "2*d + 1", "2*n + 1"]),
        ("nxd", ["n", "d"]),
        (r"\mathbb{R}^{28\times 28}", ["28", "28"]),
        ("120²×32", ["120", "120", "32"]),
        ("19x19x(5x25)", ["19", "19", "5*25"]),
        ("28x28x6=4704", ["28", "28", "6"]),
        ("H=5, W=5, C=3", ["5", "5", "3"]),
        ("output: 5x5x3.", ["5", "5", "3"]),
        ("1,024x3", ["1024", "3"]),
        ("()", []),
    ],
)
def test_sizes(text, sizes):
    assert [show(size) for size in read_shape(text, NAMES)] == sizes


@pytest.mark.parametrize(
    "text", ["", "5x", "28x28x6=4705", "32x32x3 = 28x28x6", "five or six", "x" * 40]
)
def test_no_shape(text):
    with pytest.raises(UnreadableAnswer):
        Shape().read(text)


def test_letters_are_compared_as_formulas():
    symbols = {"n": "positive integer", "d": "positive integer"}
    assert compare("(n, 2d)", "n x (d+d)", "shape", symbols).outcome == "equivalent"
    assert compare("(n, 2d)", "2d x n", "shape", symbols).outcome == "different"
