"""SymPy confirms what the points have shown, from a process that can be killed."""

import subprocess
import sys

import pytest
import sympy

from partialcredit.errors import InputError, UnreadableAnswer
from partialcredit.grading import Array, Expression, compare, evaluate_formula
from partialcredit.grading.kind import Verdict
from partialcredit.grading.reader.names import names_for
from partialcredit.grading.reader.reading import read_tree
from partialcredit.grading.symbolic.from_sympy import from_sympy
from partialcredit.grading.symbolic.second_opinion import SecondOpinion, pack, unpack
from partialcredit.grading.symbolic.second_opinion_worker import _equal
from partialcredit.grading.symbolic.to_sympy import to_sympy
from partialcredit.grading.writing.show import show


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("sin(2x)", "2 sin x cos x"),
        ("max(0, x)", "(x + |x|)/2"),
        ("tanh(x)", "2 sigma(2x) - 1"),
        ("ln(1+e^x)", "x + ln(1+e^-x)"),
        ("ln(p/(1-p))", "ln p - ln(1-p)"),
    ],
)
def test_proofs(key, answer):
    verdict = compare(key, answer, symbols={"x": "real", "p": "unit"})
    assert (verdict.outcome, verdict.evidence) == ("equivalent", "proved")


MATRICES = {"A": "matrix(n,n)", "B": "matrix(n,n)", "X": "matrix(n,d)", "x": "vector(n)",
            "w": "vector(d)", "y": "vector(n)", "c": "real"}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("(A*B)^T", "B^T A^T"),
        ("x^T*A*x", "x^T A^T x"),
        ("2*X^T*(X*w - y)", "-2 X^T y + 2 X^T X w"),
        ("||x||_2^2", "x^T x"),
        ("c*||w||_2^2/2", "c/2 w^T w"),
        ("inv(X^T X) X^T y", "(X^T X)^{-1} X^T y"),
    ],
)
def test_matrices_are_proved_as_words(key, answer):
    verdict = compare(key, answer, symbols=MATRICES)
    assert (verdict.outcome, verdict.evidence) == ("equivalent", "proved")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("A*B", "B*A"),
        ("(A*B)^T", "A^T B^T"),
        ("x^T A y", "y^T A x"),
        ("A", "A^T"),
        ("||x||_1^2", "x^T x"),
        ("inv(A B)", "inv(A) inv(B)"),
        ("x y^T", "y x^T"),
        ("(x^T y) A", "A"),
    ],
)
def test_the_prover_itself_takes_no_two_different_matrices_for_one(a, b):
    """Asked without the points, which would have refused them before."""
    names = names_for(MATRICES)
    assert not _equal(read_tree(a, names), read_tree(b, names), MATRICES)


def test_a_sum_equals_its_closed_form_where_it_has_one():
    symbols = {"a": "real", "t": "positive integer"}
    verdict = compare("(1 - a^t)/(1 - a)", r"\sum_{k=0}^{t-1} a^k", symbols=symbols)
    assert verdict.evidence == "proved"


def test_entries_of_an_array_are_proved_too():
    kind = Array(symbols={"x": "real"})
    answer = kind.read("(2 sin x cos x, x)")
    key = kind.key("(sin(2x), x)")
    verdict = kind.proved(key, answer, kind.compare(key, answer))
    assert (verdict.outcome, verdict.evidence) == ("equivalent", "proved")


def test_a_proof_does_not_excuse_the_form():
    kind = Expression({"x": "real"}, form="expanded")
    answer = kind.read("x(x+1)")
    assert kind.proved("x^2+x", answer, Verdict("undecided")).outcome == "different"


def test_an_index_stays_inside_its_sum():
    tree = read_tree(r"\sum_{i=1}^{n} w_i x_i")
    assert sympy.simplify(to_sympy(tree) - to_sympy(read_tree("n w_i x_i"))) != 0
    assert from_sympy(to_sympy(tree)) == tree


def test_a_difference_needs_no_sympy():
    assert compare("sin(x)", "cos(x)").outcome == "different"


def test_a_slow_proof_ends_the_worker_and_the_next_one_starts_another():
    opinion = SecondOpinion(seconds=1e-4, grace=0.0)
    tree = read_tree("sin(x)^40 + cos(x)^40 + tan(x)^30")
    try:
        assert not opinion.proves_equal(tree, read_tree("x"), names_for())
        opinion.seconds = 30.0
        assert opinion.proves_equal(read_tree("sin(2x)"), read_tree("2 sin x cos x"), names_for())
    finally:
        opinion.stop()


@pytest.mark.parametrize(
    "text", ["1/3 + x^2", "0 < x <= 1", r"\sum_{i=1}^n w_i", "||x||_2", "[0, 1]"]
)
def test_trees_survive_packing(text):
    tree = read_tree(text)
    assert unpack(pack(tree)) == tree


X, T = sympy.Symbol("x"), sympy.Symbol("t")


@pytest.mark.parametrize(
    "expression",
    [
        sympy.Rational(-3, 7),
        (1 - X**T) / (1 - X),
        sympy.exp(-(X**2) / 2) / sympy.sqrt(2 * sympy.pi),
        sympy.Piecewise((X, X > 0), (0, True)),
        sympy.Max(0, 1 - X) - sympy.Abs(X),
        sympy.log(1 + sympy.exp(X)) - sympy.tanh(X / 2),
        sympy.Sum(X**T, (T, 0, 5)),
        sympy.Symbol("beta_1") * sympy.Symbol("lambda"),
        sympy.floor(X / 2) + sympy.factorial(T),
        sympy.E**2 + sympy.I * X,
    ],
)
def test_sympy_expressions_survive_as_trees_and_as_text(expression):
    tree = from_sympy(expression)
    assert sympy.simplify(to_sympy(tree) - expression) == 0
    names = names_for({"x": "real", "t": "real", "lambda": "real", "beta_1": "real"}, (), True)
    again = to_sympy(read_tree(show(tree), names))
    assert sympy.simplify(again - expression) == 0


def test_an_answer_becomes_a_sympy_expression_for_solvers():
    kind = Expression({"alpha": "unit", "t": "positive integer"})
    value = kind.read("y = (1-α^t)/(1-α)").value
    alpha, t = sympy.symbols("alpha t")
    assert value == (1 - alpha**t) / (1 - alpha)


@pytest.mark.parametrize(
    "text", ["9^9^9 + x", "((2^99)^99)^99", "exp(10^9)", "(10^8)!", "floor(10^(10^6) pi)"]
)
def test_numbers_that_sympy_would_write_out_are_refused(text):
    with pytest.raises(UnreadableAnswer, match="large"):
        Expression({"x": "real"}).read(text)


@pytest.mark.parametrize(
    ("formula", "values", "result"),
    [
        ("alpha^t*(1-alpha)", {"alpha": 0.5, "t": 2}, 0.125),
        ("max(0, z) + sigma(0)", {"z": -3.0}, 0.5),
        ("y = ln(x)", {"x": 1.0}, 0.0),
        ((1 - X**T) / (1 - X), {"x": 0.5, "t": 3}, 1.75),
        (sympy.Integer(3), {}, 3.0),
    ],
)
def test_formulas_at_numbers(formula, values, result):
    assert evaluate_formula(formula, values) == pytest.approx(result, abs=1e-15)


@pytest.mark.parametrize(
    ("formula", "values", "part"),
    [
        ("x + y", {"x": 1}, "value for y"),
        ("1/x", {"x": 0}, "no value here"),
        ("[x, x]", {"x": 1}, "is an array"),
    ],
)
def test_formulas_without_a_value_are_refused(formula, values, part):
    with pytest.raises(InputError, match=part):
        evaluate_formula(formula, values)


def test_reading_numbers_does_not_load_sympy():
    code = (
        "import sys; from partialcredit.grading import Real, Array, compare;"
        "Real(digits=4).read('ln(2)/3'); compare('2x', 'x+x');"
        "sys.exit('sympy' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_class_that_writes_the_same_formula_asks_once(monkeypatch):
    asked = []
    monkeypatch.setattr(SecondOpinion, "_ask", lambda _, question: asked.append(question) or 1)
    kind = Expression({"x": "real"})
    for text in ("2 sin x cos x", "2*sin(x)*cos(x)", r"2\sin x \cos x"):
        answer = kind.read(text)
        assert kind.proved("sin(2*x) + 0*x^7", answer, Verdict("undecided")).evidence == "proved"
    assert len(asked) == 1
