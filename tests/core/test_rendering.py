"""Templates in, Markdown out: which sign stands before a number."""

import pytest

from partialcredit.injection import Values
from partialcredit.numbers.exact import exp
from partialcredit.numbers.rationals import rational
from partialcredit.rendering import text

SEEN = {"third": rational(1, 3), "half": rational(1, 2), "e": exp(1), "both": (rational(1, 3), 2)}


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("$x = {{ third|tex(3) }}$", r"$x \approx 0.333$"),
        ("$x = {{ third|tex }}$", r"$x = \frac{1}{3}$"),
        ("$x &= {{ half|tex(3) }}$", "$x &= 0.5$"),
        ("$x = {{ e|factor(3) }} + {{ half|tex }}$", r"$x \approx 2.72 + 0.5$"),
        ("$x = {{ half|tex }} + 0 = {{ e|tex }}$", r"$x = 0.5 + 0 \approx 2.718$"),
        ("$v = {{ both|vector(2) }}$", r"$v \approx (0.33, 2)$"),
        ("$v ={{ both|column }}$", r"$v =\begin{bmatrix} \frac{1}{3} \\ 2 \end{bmatrix}$"),
        ("$x \\le {{ third|tex(2) }}$ or {{ third|tex(2) }}", r"$x \le 0.33$ or 0.33"),
    ],
)  # fmt: skip
def test_equals_becomes_approximately_before_a_rounded_number(source, written):
    assert text(source, Values(SEEN, {})) == written
