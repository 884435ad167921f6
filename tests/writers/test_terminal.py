"""Problem text on a terminal: one line of Unicode per formula, words for figures."""

from __future__ import annotations

import pytest

from partialcredit.errors import MathError
from partialcredit.writers.mathematics import to_plain
from partialcredit.writers.terminal import to_terminal


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"\frac{1}{2}", "1/2"),
        (r"\frac{a + b}{2c}", "(a + b)/(2c)"),
        (r"\frac{\partial L}{\partial x_1}", "∂L/∂x₁"),
        (r"\frac{1}{t} \ln \sum_{i=1}^{n} e^{t x_i}", "1/t ln ∑ᵢ₌₁ⁿ e^(txᵢ)"),
        (r"-\varepsilon \mu \frac{1 - \alpha^t}{1 - \alpha}", "−εμ(1 − αᵗ)/(1 − α)"),
        (r"3 \cdot (-2) = -6", "3 ⋅ (−2) = −6"),
        (r"\left\lfloor \frac{n + 2P - F}{S} \right\rfloor + 1", "⌊(n + 2P − F)/S⌋ + 1"),
        (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", "[1 2; 3 4]"),
        (r"\sqrt{\sigma^2 + \epsilon}", "√(σ² + ϵ)"),
        (r"\mathbf{W}^\top \mathbf{x}", "Wᵀx"),
        (r"\hat{x}_i", "x̂ᵢ"),
        (r"\mathbb{E}[v_{10}]", "E[v₁₀]"),
        (r"\theta^{(2)}", "θ⁽²⁾"),
        (r"f'(x)", "f′(x)"),
        (r"1.2 \cdot 10^{-9}", "1.2 ⋅ 10⁻⁹"),
    ],
)
def test_mathematics(tex: str, plain: str) -> None:
    assert to_plain(tex) == plain


def test_text_around_it() -> None:
    text = (
        "**Find** $x^2$ for\n*every* $x$.\n\n$$ y = 1 $$\n\n"
        "![a graph: u = xy](figure:0)\n\n- $a$\n- $b$"
    )
    assert to_terminal(text).split("\n\n") == [
        "Find x² for every x.",
        "    y = 1",
        "[a graph: u = xy]",
        "- a\n- b",
    ]


def test_equations_below_each_other_keep_their_lines() -> None:
    text = r"So $$ \begin{aligned} x &= 1, \\ y &= \frac{1}{2}. \end{aligned} $$"
    assert to_terminal(text) == "So\n\n    x = 1,\n    y = 1/2."


def test_unknown_commands_are_errors_here_too() -> None:
    with pytest.raises(MathError):
        to_terminal(r"$\unknown{x}$")
