"""TeX mathematics: the allow-list prints in both formats, everything else is an error."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from partialcredit.errors import MathError
from partialcredit.writers.compiler import compile_document
from partialcredit.writers.mathematics import to_mathml, to_typst
from partialcredit.writers.mathematics.commands import COMMANDS
from partialcredit.writers.mathematics.symbols import (
    ACCENTS,
    DELIMITERS,
    ENVIRONMENTS,
    FUNCTIONS,
    SPACES,
    STYLES,
    SYMBOLS,
    UNICODE,
)
from partialcredit.writers.prose.typst import equation

x, y, z = sympy.symbols("x y z")

ALLOWED = [
    r"\frac{a}{b} \tfrac12 \dfrac{1}{2} \binom{n}{k} \sqrt{x} \sqrt[3]{x+1}",
    r"x_i^2 x'_i f''(x) x'^2 {}^T x^{\top} x^\intercal x_{i,j} \sum\limits_i \int\nolimits_0^1",
    r"\mathbf{W}\mathbf{x} \boldsymbol{\theta} \mathrm{ReLU}(x) \mathbb{R}\mathbb{1} \mathcal{L}",
    r"\operatorname{softmax}(z) \operatorname*{arg\,max}_\theta f \text{if } x",
    r"\left( \frac{a}{b} \right] \left\{ x \mid y \right. \left. f \right|_{x=0}",
    r"\left.(x)\right| \left\lVert \frac{x}{2} \right\rVert P\left(A \middle| B\right)",
    r"\lfloor x \rfloor \lceil x \rceil \lVert x \rVert \| x \|_2 \langle u, v \rangle |x|",
    r"\lfloor x ( [ \langle \lvert",
    r"\bigl( x \bigr) \Bigm| \biggl. \Bigg] \big/ x",
    r"\sum_{i=1}^n \max_x \arg\min_\theta \lim_{x \to 0} \log x \det A",
    r"\widehat{xyz}\underbrace{a+b}_{\text{label}}\overbrace{a+b}^{n}\underbrace{a}^2",
    r"\begin{array}{rl|c} a & b & c \\ 100 & 100 & 100 \end{array}",
    r"\begin{aligned} a &= b + c \\ &= \frac{d}{e} \\ \end{aligned}",
    r"x = \left\{ \begin{aligned} a &= b \\ &= d \end{aligned} \right\}",
    r"\underset{x}{\operatorname{argmin}} \overset{?}{=} \sum_{\substack{i < j \\ j > 0}} a",
    r"10\% x\_y \{a, b\} P(A|B) 3.14 1{,}024 .5 x = -3 a{=}b a{-b} \# \& \$",
    r"\text{a ``b'' \{c\} 10\% d\_e ~ x\,y \# é} \textbf{bold} \texttt{code}",
    r"x \ne α − β · ∞ ≤ 2",
    r"\displaystyle \frac{1}{2} / 3 : 4 ; 5 ! ? @ \quad \backslash",
    "",
    "{}",
]


def compiled(*sources: str) -> None:
    body = "\n\n".join(equation(s, display=d) for s in sources for d in (False, True))
    assert compile_document('#set document(title: "t")\n' + body, "pdf")[0].startswith(b"%PDF")


@pytest.mark.parametrize("source", ALLOWED)
def test_the_allow_list_prints(source: str) -> None:
    compiled(source)
    ET.fromstring(to_mathml(source, display=True))


def test_every_name_of_the_tables_prints() -> None:
    sources = [rf"x \{name} y" for name in SYMBOLS | FUNCTIONS | SPACES]
    sources += [f"x {char} y" for char in UNICODE]
    sources += [rf"\{name}{{x}}" for name in ACCENTS | STYLES]
    sources += [rf"\left{name} x \right{name} \Big{name}" for name in DELIMITERS]
    for name in ENVIRONMENTS:
        columns = "{cr}" if name == "array" else ""
        sources.append(rf"y \begin{{{name}}}{columns} a & -b \\ c \end{{{name}}}")
    compiled(*sources)
    for source in sources:
        ET.fromstring(to_mathml(source))


@pytest.mark.parametrize(
    ("source", "typst"),
    [
        (r"\frac{1}{2}", "frac(1, 2)"),
        (r"a \odot b \otimes c \cap d", "a ⊙ b ⊗ c ∩ d"),
        ("P(A|B)", r'P \( A class("normal", \|) B \)'),
        (r"\sum_{i=1}^n", r"attach(∑, b: i \= 1, t: n)"),
        (r"\mathbf{x}^{\top}", "attach(bold(upright(x)), t: ⊤)"),
        (r"\text{if } x", '"if\\u{a0}"x'),
        (r"\text{A, B}\text{c\,d}", '"A,\\u{a0}B""c\\u{2009}d"'),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", r'a & \= b \ "" & \= c'),
    ],
)
def test_typst(source: str, typst: str) -> None:
    assert to_typst(source, display=True) == typst


@pytest.mark.parametrize(
    ("source", "mathml"),
    [
        (r"\frac{1}{2}", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"\mathbb{R}", "<mi>ℝ</mi>"),
        (r"\mathrm{ReLU}", '<mi mathvariant="normal">ReLU</mi>'),
        (r"x^{2}", "<msup><mi>x</mi><mn>2</mn></msup>"),
        (r"\text{<b>}", "<mtext>&lt;b&gt;</mtext>"),
        ("3.14", "<mn>3.14</mn>"),
    ],
)
def test_mathml(source: str, mathml: str) -> None:
    assert mathml in to_mathml(source)


def test_a_sign_at_the_start_is_not_spaced_as_an_operator() -> None:
    assert '<mo lspace="0" rspace="0">−</mo><mn>3</mn>' in to_mathml("x = -3")
    assert "<mo>−</mo><mn>3</mn>" in to_mathml("x - 3")


@pytest.mark.parametrize(
    ("source", "column", "words"),
    [
        (r"x + \foo{y}", 4, r"'\foo' is not on the allow-list"),
        (r"\begin{tikz} x \end{tikz}", 7, "'tikz' is not on the allow-list"),
        (r"\frac{1", 5, "a '{' without its '}'"),
        (r"\frac{1}", 0, "lacks an argument"),
        ("x}", 1, "a '}' without its '{'"),
        ("a & b", 2, "outside an environment"),
        (r"a \\ b", 2, "outside an environment"),
        (r"\left( x", 0, r"without its '\right'"),
        (r"x \right)", 2, r"without its '\left'"),
        (r"\left x \right)", 6, "needs a delimiter"),
        (r"\middle| x", 0, "outside"),
        ("x^10", 2, "needs braces"),
        ("x_i_j", 3, "a second '_'"),
        ("x^2'", 3, "a prime after"),
        ("x^", 1, "lacks its script"),
        ("50%", 2, r"write '\\%'"),
        (r"\text{a_b}", 7, "inside"),
        (r"\text{a$b$}", 7, "inside"),
        (r"\text a", 0, "needs a braced argument"),
        (r"\begin{array}{xy} a \end{array}", 14, "array columns"),
        (r"\begin{array}{l} a & b \end{array}", 0, "2 cells in an array of 1"),
        (r"\begin{matrix} a \end{cases}", 22, "closes"),
        (r"\begin{matrix} a \\[2pt] b \end{matrix}", 19, "starts a spacing"),
        (r"x\limits_i", 1, "not after a large operator"),
        ("x \\", 2, "a backslash without a command"),
        ("漢", 0, "has no place"),
        ("{" * 60 + "}" * 60, 40, "deeper than 40"),
    ],
)
def test_everything_else_is_an_error_at_its_column(source: str, column: int, words: str) -> None:
    with pytest.raises(MathError, match="column") as caught:
        to_typst(source)
    assert caught.value.column == column
    assert words.replace("\\\\", "\\") in str(caught.value)


def test_an_endless_source_is_refused() -> None:
    with pytest.raises(MathError, match="over 20000 characters"):
        to_typst("x" * 20_001)


@pytest.mark.parametrize(
    "expression",
    [
        sympy.sqrt(2) / 2 * (x + 1) ** 2,
        sympy.log(x) ** 2 + sympy.exp(-x) + sympy.tanh(y) + sympy.erf(z),
        sympy.Piecewise((0, x < 0), (1, True)),
        sympy.Matrix([[1, 2], [sympy.Rational(1, 3), x]]),
        sympy.Sum(x**y, (y, 1, 10)),
        sympy.Integral(x, (x, 0, 1)),
        sympy.Derivative(sympy.Function("f")(x), x),
        sympy.floor(x) + sympy.ceiling(y) + sympy.Abs(z) + sympy.factorial(x),
        sympy.Interval(0, sympy.oo).union(sympy.FiniteSet(-1)),
        sympy.Max(x, y) + sympy.Min(x, 0) + sympy.Heaviside(x) + sympy.DiracDelta(y),
        sympy.symbols("alpha_1 W^t x_hat epsilon mu_ij"),
        sympy.And(x > 0, sympy.Or(y < 1, sympy.Eq(z, 2))),
        sympy.limit(sympy.Function("g")(x), x, 0) + 1.25e-7,
    ],
)
def test_what_sympy_prints_is_allowed(expression: object) -> None:
    source = sympy.latex(expression)
    compiled(source)
    ET.fromstring(to_mathml(source))


PIECES = [
    *sorted({f"\\{name}" for name in SYMBOLS | COMMANDS | FUNCTIONS | SPACES}),
    *"{}[]()^_&'~$#%|.,x1+-/*!α漢\n", "\\\\", "\\", '"', "{matrix}", "\\left(", "\\right)",
    "\\begin{cases}", "\\end{cases}", "\\end", "{x}", "12.5",
]  # fmt: skip


@pytest.mark.slow
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=40))
@settings(max_examples=600)
def test_any_text_prints_or_is_a_math_error(source: str) -> None:
    try:
        mathml = to_mathml(source)
    except MathError as error:
        column: int | None = error.column
    else:
        column = None
        ET.fromstring(mathml)
    assert column is None or 0 <= column <= len(source)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=150)
def test_what_prints_compiles(source: str) -> None:
    try:
        to_typst(source)
    except MathError:
        return
    compiled(source)
