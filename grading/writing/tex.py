"""A tree as TeX mathematics."""

from __future__ import annotations

from typing import ClassVar

from partialcredit.grading.reader.characters import GREEK
from partialcredit.grading.tree import Node
from partialcredit.grading.writing.show import (
    ATOM,
    LOOSE,
    POWER,
    PRODUCT,
    SIGN,
    SUM,
    Each,
    Form,
    PlainText,
    show_number,
)

__all__ = ["tex"]

_GREEK = frozenset(GREEK.values())
_ACCENTS = {"hat", "bar", "tilde", "dot"}
_COMMANDS = (
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "max", "min", "det",
)  # fmt: skip


class _Tex(PlainText):
    brackets = r"\left(%s\right)"
    forms: ClassVar = {
        "neg": Form("-%s", (PRODUCT,), SUM),
        "div": Form(r"\frac{%s}{%s}", (LOOSE, LOOSE), POWER),
        "transpose": Form(r"%s^{\top}", (ATOM,), POWER),
        "percent": Form(r"%s\%%", (ATOM,)),
        "indicator": Form(r"\mathbb{1}[%s]", (LOOSE,)),
    }
    lists: ClassVar = {
        "tuple": Each("(%s)"),
        "set": Each(r"\{%s\}"),
        "and": Each("%s", r" \text{ and } ", LOOSE, LOOSE),
        "or": Each("%s", r" \text{ or } ", LOOSE, LOOSE),
        "union": Each("%s", r" \cup ", LOOSE, LOOSE),
    }
    calls: ClassVar = {
        "sqrt": Form(r"\sqrt{%s}", (LOOSE,)),
        "cbrt": Form(r"\sqrt[3]{%s}", (LOOSE,)),
        "abs": Form(r"\left|%s\right|", (LOOSE,)),
        "floor": Form(r"\left\lfloor %s \right\rfloor", (LOOSE,)),
        "ceil": Form(r"\left\lceil %s \right\rceil", (LOOSE,)),
        "factorial": Form("%s!", (ATOM,), POWER),
        "binomial": Form(r"\binom{%s}{%s}", (LOOSE, LOOSE)),
        "hadamard": Form(r"%s \odot %s", (POWER, POWER), PRODUCT),
        "inverse": Form("%s^{-1}", (ATOM,), POWER),
        "exp": Form("e^{%s}", (LOOSE,), POWER),
    }
    names: ClassVar = {name: rf"\{name}" for name in _COMMANDS} | {
        "log": r"\ln", "log2": r"\log_2", "log10": r"\log_{10}", "sigma": r"\sigma",
        "Phi": r"\Phi", "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan",
        "logsumexp": r"\mathrm{LSE}", "relu": r"\mathrm{ReLU}", "silu": r"\mathrm{swish}",
        "trace": r"\mathrm{tr}",
    }  # fmt: skip
    relations: ClassVar = {"<=": r"\le", ">=": r"\ge", "!=": r"\ne"}
    side = LOOSE
    case, otherwise = "%s & %s", r"%s & \text{otherwise}"
    cases = Each(r"\begin{cases} %s \end{cases}", r" \\ ")

    def _name(self, name: str) -> str:
        r"""``beta_1`` is ``\beta_{1}``, ``y_hat`` is ``\hat{y}``."""
        stem, *parts = name.split("_")
        text = rf"\{stem}" if stem in _GREEK else stem if len(stem) == 1 else rf"\mathrm{{{stem}}}"
        for accent in [part for part in parts if part in _ACCENTS]:
            text = rf"\{accent}{{{text}}}"
        below = [part for part in parts if part not in _ACCENTS and part]
        if not below:
            return text
        words = [p if len(p) == 1 or p.isdigit() else rf"\mathrm{{{p}}}" for p in below]
        return f"{text}_{{{','.join(words)}}}"

    def _function(self, name: str) -> str:
        return self.names.get(name, rf"\mathrm{{{name}}}")

    def _number(self, node: Node) -> tuple[str, int]:
        return show_number(node.value), SIGN if node.value < 0 else ATOM

    def _constant(self, node: Node) -> tuple[str, int]:
        return r"\infty" if node.value == "infinity" else self._name(node.value), ATOM

    def _index(self, node: Node) -> tuple[str, int]:
        return f"{self._name(node.value)}_{{{self._items(node.args)}}}", ATOM

    def _pow(self, node: Node) -> tuple[str, int]:
        r"""``s^{3/2}``: halves in an exponent are powers of a root, not decimals."""
        base, exponent = node.args
        half = exponent.op == "number" and exponent.value.q == 2
        above = f"{exponent.value.p}/2" if half else self.write(exponent)
        return f"{self._at(base, ATOM)}^{{{above}}}", POWER

    def _mul(self, node: Node) -> tuple[str, int]:
        left, right = self._at(node.args[0], PRODUCT), self._at(node.args[1], POWER)
        return rf"{left} \cdot {right}" if right[0].isdigit() else f"{left} {right}", PRODUCT

    def _norm(self, node: Node) -> tuple[str, int]:
        order = r"\infty" if node.value == "inf" else node.value
        return rf"\|{self.write(node.args[0])}\|_{{{order}}}", ATOM

    def _sum(self, node: Node) -> tuple[str, int]:
        body, *bounds = node.args
        below = "=".join([self._name(node.value), *map(self.write, bounds[:1])])
        above = "".join(f"^{{{self.write(bound)}}}" for bound in bounds[1:])
        return rf"\{node.op}_{{{below}}}{above} {self._at(body, PRODUCT)}", PRODUCT

    def _list(self, node: Node) -> tuple[str, int]:
        rows = node.args
        if not rows or rows[0].op != "list":
            return f"({self._items(rows)})", ATOM
        body = r" \\ ".join(" & ".join(map(self.write, row.args)) for row in rows)
        return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}", ATOM


#: The tree as TeX, without dollar signs.
tex = _Tex().write
