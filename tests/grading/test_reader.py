"""What students type and how it is understood."""

import pytest

from partialcredit.grading import understand
from partialcredit.grading.reader.names import names_for
from partialcredit.grading.reader.reading import read_tree
from partialcredit.grading.writing.show import show

GREEK = {"alpha": "real", "beta": "real", "beta_1": "real", "epsilon": "real", "t": "real"}

READINGS = [
    ("1/2x", "1/2*x"),
    ("sin 2x", "sin(2*x)"),
    ("sin^2 x", "sin(x)^2"),
    ("sin^-1 x", "asin(x)"),
    (r"\sin^{-1}(x)", "asin(x)"),
    ("ln p (1-p)", "ln(p)*(1 - p)"),
    ("-x^2", "-x^2"),
    ("(-x)^2", "(-x)^2"),
    ("2^3^2", "2^(3^2)"),
    ("e^-x", "e^(-x)"),
    ("--x", "x"),
    ("x**2", "x^2"),
    ("x²y", "x^2*y"),
    (r"\frac13", "1/3"),
    (r"\frac1{20}", "1/20"),
    (r"\frac\lambda2", "lambda/2"),
    (r"1\frac12", "1 + 1/2"),
    (r"2\frac{1}{n}", "2*(1/n)"),
    ("½x", "1/2*x"),
    ("√2x", "sqrt(2)*x"),
    (r"\sqrt[3]{8}", "cbrt(8)"),
    ("|a||b|", "|a|*|b|"),
    ("|x-|y||", "|x - |y||"),
    ("||x||_1", "||x||_1"),
    (r"\|x\|_\infty", "||x||_inf"),
    ("1[z>0]", "1[z > 0]"),
    (r"\mathbb{1}_{z>0}", "1[z > 0]"),
    ("I(z >= 0) z", "1[z >= 0]*z"),
    ("(z>0)*z", "1[z > 0]*z"),
    ("z if z>0 else 0", "{z if z > 0, 0 otherwise}"),
    (r"\sum_{i=1}^n w_i x_i + b", "sum(w_i*x_i, i, 1, n) + b"),
    ("Σ_{i=1}^{n} i", "sum(i, i, 1, n)"),
    (r"\prod_{k=1}^{n} a_k", "prod(a_k, k, 1, n)"),
    ("W_{ij}", "W_{i,j}"),
    ("x2", "x_2"),
    ("w_1x_1", "w_1*x_1"),
    ("3!", "factorial(3)"),
    (r"\binom{n}{2}", "binomial(n, 2)"),
    (r"\log_2 8", "ln(8)/ln(2)"),
    ("lnx", "ln(x)"),
    ("ŷ_i", "y_hat_i"),
    (r"$\left(\,x\;\right)$", "x"),
    ("f(x) = x+1", "f(x) = x + 1"),
    ("x ≤ y", "x <= y"),
    ("5%", "5%"),
    ("1.2·10⁻³", "1.2*10^(-3)"),
    ("x·y", "x*y"),
    ("𝑥+１２", "x + 12"),
    ("⌊x/2⌋", "floor(x/2)"),
]


@pytest.mark.parametrize(("text", "reading"), READINGS)
def test_reading(text, reading):
    assert understand(text) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("alphat", "alpha*t"),
        ("beta1^t", "beta_1^t"),
        ("β₁ᵗ", "beta_1^t"),
        (r"\beta_{1}^{t}", "beta_1^t"),
        ("eps t", "epsilon*t"),
        (r"\varepsilon", "epsilon"),
        ("beta(1-t)", "beta*(1 - t)"),
        ("sigma(t)", "sigma(t)"),
        ("sigma^2", "sigma^2"),
    ],
)
def test_declared_names(text, reading):
    assert understand(text, symbols=GREEK) == reading


@pytest.mark.parametrize("name", ["N", "S", "O", "Q", "E", "I", "lambda", "beta", "gamma", "zeta"])
def test_names_that_computer_algebra_misreads_are_symbols(name):
    assert understand(f"2 {name} + 1") == f"2*{name} + 1"


NUMBERS = [
    ("1,024", "1024"),
    ("25{,}636{,}712", "25636712"),
    ("25 636 712", "25636712"),
    ("1'024", "1024"),
    ("1_024", "1024"),
    ("0,5", "0.5"),
    ("47,04", "47.04"),
    ("0,125", "0.125"),
    ("max(1,2)", "max(1, 2)"),
    ("max(1,024)", "max(1, 24)"),
    (".5", "0.5"),
    ("1e-3", "0.001"),
    ("3.", "3"),
]


@pytest.mark.parametrize(("text", "reading"), NUMBERS)
def test_numbers(text, reading):
    assert understand(text, "number") == reading


@pytest.mark.parametrize("text", [text for text, _ in READINGS])
def test_what_is_shown_reads_back_to_the_same(text):
    tree = read_tree(text)
    assert read_tree(show(tree)) == tree or show(read_tree(show(tree))) == show(tree)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("1 2; 3 4", "[[1, 2], [3, 4]]"),
        ("[1 -2]", "[1, -2]"),
        ("[1 - 2, 3]", "[1 - 2, 3]"),
        ("[[1 2]\n [3 4]]", "[[1, 2], [3, 4]]"),
        (r"\begin{bmatrix}1&2\\3&4\end{bmatrix}", "[[1, 2], [3, 4]]"),
        ("<1, 2>", "(1, 2)"),
        ("x = (1, 2)", "(1, 2)"),
        ("1,024", "[1, 24]"),
    ],
)
def test_arrays(text, reading):
    assert understand(text, "array") == reading


def test_a_declared_word_is_not_cut():
    assert show(read_tree("mhat x", names_for({"mhat": "real", "x": "real"}))) == "mhat*x"
