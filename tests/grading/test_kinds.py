"""Each kind reads what students write, marks it, and writes keys that read back to full marks."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partialcredit.errors import InputError, UnreadableAnswer
from partialcredit.grading import (
    Array,
    Choice,
    Choices,
    Expression,
    Integer,
    Interval,
    Order,
    Real,
    Relation,
    Set,
    Shape,
    Signs,
    TrueFalse,
)
from partialcredit.numbers.exact import exp, log, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import Span
from tests.strategies import rationals

FRACTIONS = rationals(-(10**6), 10**6, max_denominator=10**4)
NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9),
    FRACTIONS,
    FRACTIONS.map(lambda x: x * sqrt(2) + 1),
    rationals(-9, 9, max_denominator=50).map(lambda x: exp(x) * rational(1, 7)),
    rationals(1, 99, max_denominator=50).map(log),
)
PRECISIONS = st.sampled_from([{}, {"digits": 4}, {"digits": 2}, {"places": 3}])


def marked(kind, key, text):
    return kind.compare(key, kind.read(text))


@given(NUMBERS, PRECISIONS)
def test_a_written_number_reads_back_to_full_marks(value, precision):
    kind = Real(**precision)
    verdict = marked(kind, value, kind.write(value))
    assert (verdict.outcome, verdict.share) == ("equivalent", 1)


@settings(max_examples=50)
@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=3), PRECISIONS)
def test_a_written_array_reads_back_to_full_marks(rows, precision):
    kind = Array(**precision)
    assert marked(kind, tuple(rows), kind.write(tuple(rows))).outcome == "equivalent"


@settings(max_examples=50)
@given(st.frozensets(rationals(-99, 99, max_denominator=9), min_size=1))
def test_a_written_set_reads_back_to_full_marks(value):
    assert marked(Set(), value, Set().write(value)).outcome == "equivalent"


@given(FRACTIONS, FRACTIONS.filter(lambda x: x > 0), st.booleans(), st.booleans())
def test_a_written_interval_reads_back_to_full_marks(low, length, left, right):
    value = (Span(low, low + length, left, right),)
    assert marked(Interval(), value, Interval().write(value)).outcome == "equivalent"


@given(st.permutations(range(5)))
def test_a_written_order_reads_back_to_full_marks(order):
    kind = Order(steps=5)
    assert marked(kind, tuple(order), kind.write(tuple(order))).share == 1


@given(st.lists(st.booleans(), min_size=1, max_size=6).map(tuple))
def test_written_statements_read_back_to_full_marks(value):
    kind = TrueFalse(statements=len(value))
    assert marked(kind, value, kind.write(value)).share == 1


def test_guessing_statements_earns_what_leaving_them_open_does():
    """Whoever knows two of four gains nothing on average by guessing the others."""
    kind, key = TrueFalse(4), (True, False, True, False)
    guesses = ["T F T T", "T F T F", "T F F T", "T F F F"]
    assert sum(marked(kind, key, guess).share for guess in guesses) / 4 == Fraction(1, 2)
    assert marked(kind, key, "T F ? ?").share == Fraction(1, 2)


@given(FRACTIONS.filter(bool), st.integers(2, 6))
def test_an_answer_off_by_two_units_is_wrong(value, digits):
    kind = Real(digits=digits)
    off = value + 4 * kind.precision.margin(value)
    assert marked(kind, value, str(off)).outcome == "different"


@pytest.mark.parametrize(
    ("kind", "key", "text", "outcome"),
    [
        (Integer(), 1024, "1,024", "equivalent"),
        (Integer(), 1024, "2^10", "equivalent"),
        (Integer(), 1024, "1024.5", "different"),
        (Integer(), 138357544, "138344128", "different"),
        (Real(digits=4), rational(1, 2), "0.5", "equivalent"),
        (Real(digits=4), rational(1, 2), "50%", "equivalent"),
        (Real(digits=4), rational(56534, 100000), "0.5653", "equivalent"),
        (Real(digits=4), rational(56534, 100000), "0.56534", "equivalent"),
        (Real(digits=4), rational(56534, 100000), "0.5654", "different"),
        (Real(digits=4), rational(56535, 100000), "0.5653", "equivalent"),
        (Real(digits=4), rational(56535, 100000), "0.5654", "equivalent"),
        (Real(digits=4), log(2) / 3, "ln(2)/3", "equivalent"),
        (Real(digits=4), log(2) / 3, "0.231", "equivalent"),
        (Real(digits=4), 0, "0.0000", "equivalent"),
        (Real(digits=4), 0, "0.0001", "different"),
        (Real(places=2), rational(1, 3), "0.33", "equivalent"),
        (Real(places=2), rational(1, 3), "0.34", "different"),
        (Real(tolerance=rational(1, 100)), 3, "3.009", "equivalent"),
        (Real(tolerance=rational(1, 100)), 3, "3.011", "different"),
        (Real(), rational(1, 3), "0.333333333333333", "different"),
        (Real(), rational(1, 3), "x = 1/3 ≈ 0.33", "equivalent"),
        (Real(), sqrt(8), r"2\sqrt{2}", "equivalent"),
        (Shape(), (28, 28, 6), "28x28x6", "equivalent"),
        (Shape(), (28, 28, 6), "6x28x28", "different"),
        (Shape(), (4,), "(4,)", "equivalent"),
        (Shape(), (), "()", "equivalent"),
        (Choice(("mean", "$0.5$")), 1, "(b)", "equivalent"),
        (Choice(("mean", "$0.5$")), 1, "0.5", "equivalent"),
        (Choice(("mean", "variance")), 1, "(b) variance", "equivalent"),
        (Choice(("2", "1")), 1, "1", "equivalent"),
        (Choices(("p", "q", "r")), frozenset({0, 2}), "c and a", "equivalent"),
        (Choices(("p", "q", "r")), frozenset(), "none", "equivalent"),
        (TrueFalse(3), (True, False, True), "1) true 2) false 3) true", "equivalent"),
        (TrueFalse(3), (True, False, True), "TFT", "equivalent"),
        (Signs(shape=(3,)), (1, -1, 1), "+, -, +", "equivalent"),
        (Signs(shape=(3,)), (1, -1, 1), "(+ − +)", "equivalent"),
        (Signs(shape=(3,)), (1, -1, 1), "signs = +-+", "equivalent"),
        (Signs(shape=(3,)), (1, -1, 1), "(1, -1, 1)", "equivalent"),
        (Signs(shape=(3,)), (1, -1, 1), "+, +, +", "different"),
        (Signs(shape=(3,)), (1, -1, 1), "+, -", "different"),
        (Order(3), (2, 0, 1), "C -> A -> B", "equivalent"),
        (Order(3), frozenset({(2, 0, 1), (0, 2, 1)}), "a c b", "equivalent"),
        (Order(3, accepted=frozenset({(0, 2, 1)})), (2, 0, 1), "acb", "equivalent"),
        (Interval(), (Span(0, 1, False, True),), "]0, 1]", "equivalent"),
        (Interval(), (Span(0, 1, False, True),), "(0, 1)", "different"),
        (Interval(), (Span(0, None, False, False),), "x > 0", "equivalent"),
        (Interval(), (Span(-1, 1, False, False),), "|x| < 1", "equivalent"),
        (
            Interval(),
            (Span(None, -1, False, True), Span(1, None, True, False)),
            "1 <= |x|",
            "equivalent",
        ),
        (Set(digits=3), frozenset({rational(1, 3)}), "{0.333}", "equivalent"),
        (Relation({"x": "real"}), "x > 1", "1 < x", "equivalent"),
        (Array(shape=(3,)), (1, 2, 3), r"\begin{bmatrix}1\\2\\3\end{bmatrix}", "equivalent"),
        (Array(), ((1, 2), (3, 4)), "[1, 2, 3, 4]", "different"),
    ],
)
def test_marking(kind, key, text, outcome):
    assert marked(kind, key, text).outcome == outcome


@pytest.mark.parametrize(
    ("kind", "key", "text", "share"),
    [
        (Array(), ((1, 2), (3, 4)), "[1 2; 3 5]", Fraction(3, 4)),
        (TrueFalse(4), (True, True, False, False), "T F F F", Fraction(1, 2)),
        (TrueFalse(4), (True, True, False, False), "T ? F F", Fraction(3, 4)),
        (TrueFalse(4), (True, True, False, False), "TTT?", Fraction(1, 4)),
        (TrueFalse(4), (True, True, False, False), "F F T F", 0),
        (Order(4), (2, 0, 1, 3), "C A D B", Fraction(1, 2)),
        (Choices(("p", "q", "r")), frozenset({0, 2}), "a b", 0),
        (Set(), frozenset({1, 2, 3}), "1, 2", Fraction(2, 3)),
    ],
)
def test_partly_right_answers_earn_their_share(kind, key, text, share):
    verdict = marked(kind, key, text)
    assert (verdict.outcome, verdict.share) == ("different", share)


@pytest.mark.parametrize("text", ["[0.33, 0.33]", "[[0.33], [0.33]]"])
def test_entries_that_are_all_alike_may_all_be_short(text):
    third = rational(1, 3)
    kind = Array(shape=(2,), digits=4)
    verdict = kind.compare((third, third), kind.read(text))
    assert (verdict.outcome, verdict.share, verdict.short) == ("different", 0, 1)


def test_too_few_digits_are_named():
    verdict = marked(Real(digits=4), rational(56534, 100000), "0.57")
    assert verdict.outcome == "different"
    assert "4 significant digits" in verdict.message


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Integer(), "x"),
        (Real(), "1/0"),
        (Real(), "9^9^9"),
        (Array(), "[[1, 2], [3]]"),
        (Array(), "[x]"),
        (Shape(), "28x"),
        (Interval(), "5"),
        (Set(), "{x}"),
        (Relation(), "x + 1"),
        (Choice(("p", "q")), "c"),
        (Choices(("p", "q")), "z"),
        (TrueFalse(3), "T F"),
        (TrueFalse(1), "maybe"),
        (Order(3), "A B"),
        (Order(3), "A A B"),
        (Order(3), "A B Z"),
    ],
)
def test_unreadable_is_never_wrong(kind, text):
    with pytest.raises(UnreadableAnswer):
        kind.read(text)


def test_a_column_is_read_in_the_shape_that_was_asked():
    assert Array(shape=(2,)).read("[1; 2]").value == (1, 2)
    assert Array(shape=(2, 1)).read("1, 2").value == ((1,), (2,))


def test_whole_results_are_ints():
    assert type(Real().read("4/2").value) is int


@pytest.mark.parametrize(
    ("kind", "value", "tex"),
    [
        (Real(), rational(-1, 3), r"-\frac{1}{3}"),
        (Real(digits=3), log(2), "0.693"),
        (Real(digits=3), rational(1, 3 * 10**9), r"3.33 \cdot 10^{-10}"),
        (Array(), ((1, 2), (3, 4)), r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}"),
        (Shape(), (2, 3), r"2 \times 3"),
        (Interval(), (Span(None, 0, False, True),), r"(-\infty, 0]"),
        (Set(), frozenset({2, 1}), r"\{1, 2\}"),
        (Relation(), "0 < eta < 2/lambda", r"0 < \eta < \frac{2}{\lambda}"),
        (Expression({"beta_1": "unit", "t": "real"}), "1-beta_1^t", r"1 - \beta_{1}^{t}"),
        (Expression({"s": "positive"}), "1/s^1.5", r"\frac{1}{s^{3/2}}"),
        (Expression(), r"\sum_{i=1}^n w_i x_i", r"\sum_{i=1}^{n} w_{i} x_{i}"),
    ],
)
def test_tex(kind, value, tex):
    assert kind.tex(value) == tex


def test_instructions_say_what_the_paper_must_print():
    assert Real(digits=4).instruction() == "Give 4 significant digits."
    assert Real(places=1).instruction() == "Give 1 decimal place."
    assert Array(digits=3).instruction() == "Give 3 significant digits in every entry."
    assert Expression(form="factored").instruction() == "Give a product of factors."
    assert Integer().instruction() == ""


def test_an_unknown_form_is_refused():
    with pytest.raises(InputError, match="the form is one of"):
        Expression(form="pretty")


def test_kinds_can_be_dictionary_keys():
    kinds = [Expression({"x": "real"}), Relation({"x": "real"}), Array((2, 2)), Choice(("p",))]
    assert len({hash(kind) for kind in kinds}) == len(kinds)


def test_a_row_is_not_a_column_where_a_matrix_is_asked() -> None:
    kind = Array(shape=(1, 2))
    assert kind.compare(((1, 2),), kind.read("[[1], [2]]")).outcome == "different"
    assert kind.compare(((1, 2),), kind.read("[1, 2]")).outcome == "equivalent"
    assert kind.compare(((1, 2),), kind.read("[[1, 2]]")).outcome == "equivalent"


def test_lines_of_bare_numbers_are_rows() -> None:
    assert Array().read("-2 0\n2 1\n").value == ((-2, 0), (2, 1))


@pytest.mark.parametrize("text", ["ln2", "ln 2", "log_e 2", "\\ln2"])
def test_a_logarithm_needs_no_space(text: str) -> None:
    kind = Real(digits=None)
    assert kind.compare(log(2), kind.read(text)).outcome == "equivalent"


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        ("[0, 0, 0, 0, 0]", 0),
        ("[0, 0, 5, 0, 0]", Fraction(1, 2)),
        ("[0, 1, 5, 0, 7]", Fraction(2, 3)),
        ("[0, 1, 0, 0, 0]", 0),
    ],
)
def test_a_sparse_array_earns_nothing_for_its_zeros(answer: str, share: Fraction) -> None:
    kind = Array()
    assert kind.compare((0, 0, 5, 0, 7), kind.read(answer)).share == share
