"""What cannot be read is explained, at its column; nothing else is ever raised."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading import compare, understand
from partialcredit.grading.kinds import typed_kinds
from partialcredit.grading.reader.explain import explain

FAULTS = [
    ("", 0, "empty line"),
    ("2*(x+1", 6, "count the brackets"),
    ("x + * 3", 4, "something is missing"),
    ("x)", 1, "closes nothing"),
    ("3 5", 2, "a sign between two numbers"),
    ("x^", 2, "stops too early"),
    ("sin", 3, "stops too early"),
    ("max", 3, "write max(...)"),
    ("x + 🙂", 4, "slightly smiling face"),
    ("±2", 0, "write the two values as a list"),
    (r"\int x dx", 0, "work the integral out"),
    ("take the third root", 0, "mathematics, not words"),
    (r"\foo{x}", 0, r"\foo is not known"),
    ("(1, 2]", 5, "does not close it"),
    ("log(1,2,3)", 10, "1 or 2 values"),
    ("1e999", 0, "between 10^-300 and 10^300"),
    ("1" * 401, 0, "at most 400 digits"),
    ("(" * 40 + "x" + ")" * 40, 32, "levels of brackets"),
    ("1+" * 500 + "1", 0, "operations inside one another"),
    ("x" * 9000, 80, "at most 8000 characters"),
    ("\x00", 0, "U+0000"),
]


@pytest.mark.parametrize(("text", "column", "part"), FAULTS)
def test_fault(text, column, part):
    with pytest.raises(UnreadableAnswer) as caught:
        understand(text)
    assert part in str(caught.value)
    assert caught.value.column == column


def test_the_caret_stands_below_the_fault():
    with pytest.raises(UnreadableAnswer) as caught:
        understand("x + * 3")
    assert explain(caught.value).splitlines()[:2] == ["x + * 3", "    ^"]


def test_control_characters_do_not_reach_the_terminal():
    with pytest.raises(UnreadableAnswer) as caught:
        understand("\x1b[31mx")
    assert "\x1b" not in explain(caught.value)


VOCABULARY = r"""
x y z W n i e pi alpha sigma ln exp sin max sum 1 2 0.5 1,024 1e5 ( ) [ ] { } | || ^ _ + - *
/ = < <= , ; ! % ' \ \frac \sqrt \sum \left( \right) \begin{cases} \end{cases} \\ & T ^T
\top \begin{bmatrix} \end{bmatrix} \hat \mathbf \mathbb{1} \| \lfloor \rfloor if else and or
in otherwise _{i=1} ^{n} ² ₁ ᵗ √ ½ ∞ ∪ ≤ 1[ \text{if} \{ \} := . \binom \langle
"""
PIECES = st.sampled_from(VOCABULARY.split())
SOUP = st.lists(PIECES, max_size=14).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda glue: glue.join(parts))
)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(st.one_of(SOUP, st.text(max_size=40)), st.sampled_from(sorted(typed_kinds())))
@example(r"\mathbb{1", "expression")
@example("1_", "number")
@example(r"\begin{cases}", "relation")
def test_no_text_raises_anything_else(text, kind):
    keys = {"array": "[1, 2]", "shape": "2x3", "relation": "x > 1", "interval": "(0, 1)"}
    verdict = compare(keys.get(kind, "1"), text, kind, {"x": "real", "W": "matrix(m,n)"})
    assert verdict.outcome in ("equivalent", "different", "undecided", "invalid")


@pytest.mark.slow
@settings(max_examples=800, deadline=None)
@given(SOUP.filter(lambda text: not set(text) & set("=<>≤∪")))
def test_what_is_shown_is_the_same_formula(text):
    try:
        shown = understand(text)
    except UnreadableAnswer:
        return
    if any(word in shown for word in (" and ", " or ", " in ")):
        return  # a condition, not a formula
    assert compare(text, shown).outcome in ("equivalent", "undecided")
    assert compare(text, text).outcome == "equivalent"
