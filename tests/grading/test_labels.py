"""A left side that names the asked quantity costs nothing; one that is a value counts."""

import pytest

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading import Array, Expression, Integer, Interval, Real, Set, Shape
from partialcredit.grading.chains import Contradiction, one_number
from partialcredit.grading.reader.labels import claims
from partialcredit.grading.reader.names import names_for
from partialcredit.grading.reader.reading import read_formula, read_quantity
from partialcredit.grading.writing.show import show

LABELS = [
    "x", "E[v_t]", r"\mathbb{E}[X]", r"\frac{\partial L}{\partial W}", r"\nabla f", "∂L/∂w",
    "dL/db", "W_1", r"\hat x", "L(w)", "L(x, y)", "w_{new}", "w^{(t+1)}", "W^{[1]}", "p(y|x)",
    "KL(p||q)", "x*", r"\theta^*", "c.shape", "output size", r"\sigma^2", r"\|x\|_2",
    r"\sum_i x_i", "(p, q)", r"\lim_{x \to 0} f(x)", "w^T x + b", r"\log p(x)", "x'", "y''",
    r"\ddot{x}", "P(Y=1)", "dw", r"\tanh u", r"\det W", "D_x f", r"D_{\theta} L(\theta)",
    r"\max_z f",
]  # fmt: skip
VALUES = ["2x", "x^2", "1.5", "-x", "x + 1", "x*y", "1/x", r"\sqrt{x}", "ln(x)", "e^x", "x - 5",
          r"\sin x", r"\tanh 2", "tanh u + 1", "D x", r"\sigma x"]  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
def test_a_label_costs_nothing_in_any_kind(label):
    assert one_number(read_quantity(f"{label} = 1.298")[0]) * 1000 == 1298
    assert Real().read(f"{label} = 1.298").value * 1000 == 1298
    assert Integer().read(f"{label} := 7").value == 7
    assert Array().read(f"{label} = (1, -2)").value == (1, -2)
    assert Shape().read(f"{label} = (5, 4)").value == (5, 4)
    kind = Expression({"a": "real", "k": "real"})
    assert kind.compare("a + k", kind.read(f"{label} = k + a")).outcome == "equivalent"
    assert kind.compare("a + k", kind.read(f"{label} = k - a")).outcome == "different"


@pytest.mark.parametrize("value", VALUES)
def test_a_value_on_the_left_counts(value):
    with pytest.raises(Contradiction):
        one_number(read_quantity(f"{value} = 1.298")[0])
    with pytest.raises(UnreadableAnswer):
        Real().read(f"{value} = 1.298")


@pytest.mark.parametrize("text", ["2x = 4", "x^2 = 4", "x - 2 = 0"])
def test_an_equation_is_no_set_of_solutions(text):
    with pytest.raises(UnreadableAnswer):
        Set().read(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ln 4 = 1.39", "ln(4)"),
        ("1.386 = ln 4", "ln(4)"),
        ("x = 1/3 ≈ 0.33", "1/3"),
        ("L = (y - t)^2 = 0.25", "0.25"),
        ("0.35 = v", "0.35"),
        ("1.25 (5/4)", "1.25"),
        ("1.386 (= ln 4)", "ln(4)"),
    ],
)
def test_one_value_in_several_forms(text, value):
    assert one_number(read_quantity(text)[0]) == one_number(read_quantity(value)[0])


@pytest.mark.parametrize("text", ["1.5 = 1.3", "1.298 ≈ 1.5", "5 ≈ 6", "2 = 3 = 5", "5 = 5.4"])
def test_sides_that_disagree(text):
    with pytest.raises(Contradiction):
        one_number(read_quantity(text)[0])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("w_2 = 5, w_1 = 3", (3, 5)),
        ("a = 3, b = 5", (3, 5)),
        ("a: 3, b: 5", (3, 5)),
    ],
)
def test_entries_with_names(text, value):
    """Numbered names come in their order; others stand as they are written."""
    assert Array().read(text).value == value


def test_intervals_have_labels_too():
    assert Interval().read(r"LSE(x) \in [0, 1]") == Interval().read(r"LSE(x) \in [0, 1]")
    assert Interval().read("sigma(z) in (0, 1)").value == Interval().read("(0, 1)").value


def test_the_sides_that_count():
    names = names_for({"h": "real"})
    tree = read_formula(r"h_{out} = 3 + (h-1)\cdot 2 = 2h+1", names)
    assert [show(side) for side in claims(tree, names)] == ["3 + (h - 1)*2", "2*h + 1"]
    assert claims(read_formula("2x < 3", names), names) == []
