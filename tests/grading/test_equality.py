"""The cascade: near misses are told apart, and the verdict says its evidence."""

import pytest

from partialcredit.grading import compare

REAL = {"x": "real"}


@pytest.mark.parametrize(
    ("key", "answer", "evidence"),
    [
        ("2(x+1)", "2x+2", "exact"),
        ("(x^2-1)/(x-1)", "x+1", "exact"),
        ("exp(-x)/(1+exp(-x))", "1/(1+exp(x))", "exact"),
        ("sin(2x)", "2 sin x cos x", "proved"),
        ("|x|", "max(x, -x)", "proved"),
    ],
)
def test_evidence_of_equality(key, answer, evidence):
    verdict = compare(key, answer, symbols=REAL)
    assert (verdict.outcome, verdict.evidence) == ("equivalent", evidence)


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("x", "x + 10^-60"),
        ("x", "x + 10^-299"),
        ("x", "x*(1 + 10^-200)"),
        ("x", "x + exp(-1000)"),
        ("sin(x)", "sin(x) + 1e-9"),
        ("sign(x)", "tanh(10^9 x)"),
        ("x", "x + max(0, x - 12345)"),
        ("x", "x + 1[x = 7/3]"),
        ("1[x > ln(2)]", "1[x >= ln(2)]"),
        ("|x - sqrt(2)|", "x - sqrt(2)"),
        ("floor(x)", "ceil(x) - 1"),
        ("x^2", "x|x|"),
        ("e", "(1 + 1/1000000)^1000000"),
    ],
)
def test_near_misses_are_proved_different(key, answer):
    verdict = compare(key, answer, symbols=REAL)
    assert (verdict.outcome, verdict.evidence) in (("different", "proved"), ("different", "exact"))


@pytest.mark.parametrize(
    ("key", "answer", "domain", "outcome"),
    [
        ("sqrt(x^2)", "x", "positive", "equivalent"),
        ("sqrt(x^2)", "x", "real", "different"),
        ("ln(x^2)", "2 ln x", "positive", "equivalent"),
        ("(-1)^(2x)", "1", "integer", "equivalent"),
        ("ceil(x/2)", "floor((x+1)/2)", "integer", "equivalent"),
        ("ceil(x/2)", "floor((x+1)/2)", "real", "different"),
        ("|1-x|", "1-x", "unit", "equivalent"),
    ],
)
def test_domains_matter(key, answer, domain, outcome):
    assert compare(key, answer, symbols={"x": domain}).outcome == outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("A*B", "equivalent"),
        ("B*A", "different"),
        ("(B^T A^T)^T", "equivalent"),
        ("A", "different"),
    ],
)
def test_the_order_of_matrices_counts(answer, outcome):
    symbols = {"A": "matrix(n,n)", "B": "matrix(n,n)"}
    assert compare("A B", answer, symbols=symbols).outcome == outcome


def test_sizes_that_do_not_fit_are_named():
    verdict = compare("W x", "x W", symbols={"W": "matrix(m,n)", "x": "vector(n)"})
    assert "cannot be multiplied" in verdict.message


@pytest.mark.parametrize("answer", ["sum(1/k, k, 1, 10^12)", "x^(10^7)", r"\sum_{k=0}^\infty x^k"])
def test_what_cannot_be_evaluated_is_undecided_not_wrong(answer):
    assert compare("x + 1", answer, symbols=REAL).outcome in ("undecided", "invalid")


def test_an_answer_without_values_where_the_key_has_them_is_different():
    verdict = compare("x", "e^(ln x)", symbols=REAL)
    assert verdict.outcome == "different"
    assert "right wherever it has a value" in verdict.message


def test_an_answer_without_a_value_in_one_quadrant_is_different():
    """The square roots of two negative numbers have no value, that of their product has one."""
    verdict = compare("sqrt(x*y)", "sqrt(x)*sqrt(y)", symbols={"x": "real", "y": "real"})
    assert verdict.outcome == "different"
    assert "right wherever it has a value" in verdict.message


@pytest.mark.parametrize(
    ("key", "answer", "outcome"),
    [
        ("(x-y)^6000", "(x-y)^5999", "different"),
        ("(x-y)^6000", "(y-x)^6000", "equivalent"),
        ("(n+1)!", "(n+1)*n!", "equivalent"),
        ("n!", "n*(n-2)!", "different"),
        (r"\binom{n}{k}", r"\frac{n!}{k!(n-k)!}", "equivalent"),
        (r"\binom{n}{k}", r"\frac{n!}{(n-k)!}", "different"),
        ("n(n+1)/2", r"\sum_{j=1}^n j", "equivalent"),
        ("n(n+1)/2", r"\sum_{j=1}^{n-1} j", "different"),
        ("(x^m-x^(n+1))/(1-x)", r"\sum_{k=m}^n x^k", "equivalent"),
        ("(x^m-x^(n+1))/(1-x)", r"\sum_{k=m}^n x^k = \frac{x^m-x^{n+1}}{1-x}", "equivalent"),
        ("(x^m-x^(n+1))/(1-x)", r"\sum_{k=m}^{n+1} x^k", "different"),
        ("(x^m-x^(n+1))/(1-x)", r"\sum_{k=m}^n x^k = \frac{x^m-x^n}{1-x}", "different"),
        ("(n-1)(n-2)/2", r"\sum_{i=1}^n \sum_{j=i+2}^n 1", "equivalent"),
        ("x^(1/3)", "-(-x)^(1/3)", "equivalent"),
        ("x^(2/3)", "cbrt(x^2)", "equivalent"),
        ("x^(1/3)", "cbrt(|x|)", "different"),
    ],
)
def test_wider_mathematics(key, answer, outcome):
    assert compare(key, answer, symbols={"x": "real", "y": "real"}).outcome == outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("i^2 + 3 + i", "equivalent"), ("2 - i", "different"), ("e^(i pi) + 3 + i", "equivalent")],
)
def test_complex_numbers_where_the_question_allows_them(answer, outcome):
    assert compare("2 + i", answer, "number", complex=True).outcome == outcome


@pytest.mark.parametrize(
    ("tolerance", "outcome"),
    [({"abs": 0.005}, "equivalent"), ({"rel": 0.001}, "different"), (None, "different")],
)
def test_tolerances(tolerance, outcome):
    assert compare("ln(2)", "0.69", "number", tolerance=tolerance).outcome == outcome


def test_the_working_precision_is_restored():
    from flint import ctx

    before = ctx.prec
    compare("sin(x)^2", "1 - cos(x)^2", symbols=REAL)
    assert ctx.prec == before


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("max(x,0)", "max(x,0) + max(0, x-50)"),
        ("x", "x + 1[x=3]"),
        ("floor(x)", "ceil(x) - 1"),
        ("||v||^2", "||v||^2 + max(0, ||v|| - 50)"),
        ("v^T v + x", "v^T v + x + 1[x=0]"),
        ("W v * max(x,0)", "W v x"),
    ],
)
def test_a_declared_matrix_does_not_blind_the_eye_for_kinks(key, answer):
    symbols = {"x": "real", "v": "vector(n)", "W": "matrix(m,n)"}
    assert compare(key, answer, symbols=symbols).outcome == "different"
    assert compare(key, key, symbols=symbols).outcome == "equivalent"


def test_a_declared_matrix_does_not_blur_boundaries():
    symbols = {"x": "real", "y": "real", "W": "matrix(m,n)"}
    assert compare("x >= 2*y", "x > 2y", kind="relation", symbols=symbols).outcome == "different"
