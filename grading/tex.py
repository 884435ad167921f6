"""A tree as TeX mathematics."""

from __future__ import annotations

from partialcredit.grading.characters import GREEK
from partialcredit.grading.show import show_number
from partialcredit.grading.tree import Node

__all__ = ["tex"]

_LOOSE, _SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(6)
_GREEK = frozenset(GREEK.values())
_ACCENTS = {"hat", "bar", "tilde", "dot"}
_PLAIN = frozenset({
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "exp", "max", "min",
    "det",
})  # fmt: skip
_FUNCTIONS = {
    "log": r"\ln", "log2": r"\log_2", "log10": r"\log_{10}", "sigma": r"\sigma", "Phi": r"\Phi",
    "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "logsumexp": r"\mathrm{LSE}",
    "relu": r"\mathrm{ReLU}", "silu": r"\mathrm{swish}", "trace": r"\mathrm{tr}",
}  # fmt: skip
_SIGNS = {"<=": r"\le", ">=": r"\ge", "!=": r"\ne"}
_NORMS = {"inf": r"\infty"}


def tex(node: Node) -> str:
    """The tree as TeX, without dollar signs."""
    return _tex(node)[0]


def name_tex(name: str) -> str:
    r"""A name as TeX: ``beta_1`` is ``\beta_{1}``, ``y_hat`` is ``\hat{y}``."""
    stem, *parts = name.split("_")
    text = rf"\{stem}" if stem in _GREEK else stem if len(stem) == 1 else rf"\mathrm{{{stem}}}"
    for accent in [part for part in parts if part in _ACCENTS]:
        text = rf"\{accent}{{{text}}}"
    below = [part for part in parts if part not in _ACCENTS and part]
    if not below:
        return text
    words = [part if len(part) == 1 or part.isdigit() else rf"\mathrm{{{part}}}" for part in below]
    return f"{text}_{{{','.join(words)}}}"


def _at(node: Node, level: int) -> str:
    text, own = _tex(node)
    return text if own >= level else rf"\left({text}\right)"


def _list(nodes: tuple[Node, ...]) -> str:
    return ", ".join(tex(node) for node in nodes)


def _tex(node: Node) -> tuple[str, int]:
    op, args, value = node
    if op == "number":
        return show_number(value), _SIGN if value < 0 else _ATOM
    if op == "constant":
        return {"e": "e", "pi": r"\pi", "i": "i", "infinity": r"\infty"}[value], _ATOM
    if op in ("symbol", "text"):
        return name_tex(value), _ATOM
    if op == "index":
        return f"{name_tex(value)}_{{{_list(args)}}}", _ATOM
    if op == "neg":
        return f"-{_at(args[0], _PRODUCT)}", _SUM
    if op == "add":
        minus = args[1].op == "neg"
        right = _at(args[1].args[0] if minus else args[1], _PRODUCT)
        return f"{_at(args[0], _SUM)} {'-' if minus else '+'} {right}", _SUM
    if op == "mul":
        return _product(args), _PRODUCT
    if op == "div":
        return rf"\frac{{{tex(args[0])}}}{{{tex(args[1])}}}", _POWER
    if op == "pow":
        return f"{_base(args[0])}^{{{tex(args[1])}}}", _POWER
    if op == "transpose":
        return rf"{_base(args[0])}^{{\top}}", _POWER
    if op == "percent":
        return rf"{_at(args[0], _ATOM)}\%", _ATOM
    if op == "call":
        return _call(value, args)
    if op == "apply":
        return rf"{name_tex(value)}({_list(args)})", _ATOM
    if op == "norm":
        return rf"\|{tex(args[0])}\|_{{{_NORMS.get(value, value)}}}", _ATOM
    if op == "indicator":
        return rf"\mathbb{{1}}[{tex(args[0])}]", _ATOM
    if op in ("sum", "prod"):
        return _series(node), _PRODUCT
    if op == "cases":
        return _cases(args), _ATOM
    return _collection(node)


def _base(node: Node) -> str:
    text, own = _tex(node)
    return text if own == _ATOM else rf"\left({text}\right)"


def _product(args: tuple[Node, ...]) -> str:
    left, right = _at(args[0], _PRODUCT), _at(args[1], _POWER)
    return rf"{left} \cdot {right}" if right[0].isdigit() else f"{left} {right}"


def _call(name: str, args: tuple[Node, ...]) -> tuple[str, int]:
    if name == "sqrt":
        return rf"\sqrt{{{tex(args[0])}}}", _ATOM
    if name == "cbrt":
        return rf"\sqrt[3]{{{tex(args[0])}}}", _ATOM
    if name == "abs":
        return rf"\left|{tex(args[0])}\right|", _ATOM
    if name in ("floor", "ceil"):
        return rf"\left\l{name} {tex(args[0])} \right\r{name}", _ATOM
    if name == "factorial":
        return f"{_at(args[0], _ATOM)}!", _POWER
    if name == "binomial":
        return rf"\binom{{{tex(args[0])}}}{{{tex(args[1])}}}", _ATOM
    if name == "hadamard":
        return rf"{_at(args[0], _POWER)} \odot {_at(args[1], _POWER)}", _PRODUCT
    if name == "inverse":
        return f"{_base(args[0])}^{{-1}}", _POWER
    if name == "exp":
        return f"e^{{{tex(args[0])}}}", _POWER
    shown = rf"\{name}" if name in _PLAIN else _FUNCTIONS.get(name, rf"\mathrm{{{name}}}")
    return rf"{shown}\left({_list(args)}\right)", _ATOM


def _series(node: Node) -> str:
    sign = r"\sum" if node.op == "sum" else r"\prod"
    body, *bounds = node.args
    below = name_tex(node.value)
    if not bounds:
        return f"{sign}_{{{below}}} {_at(body, _PRODUCT)}"
    low, high = map(tex, bounds)
    return f"{sign}_{{{below}={low}}}^{{{high}}} {_at(body, _PRODUCT)}"


def _cases(args: tuple[Node, ...]) -> str:
    lines = [rf"{tex(args[i])} & {tex(args[i + 1])}" for i in range(0, len(args) - 1, 2)]
    if len(args) % 2:
        lines.append(rf"{tex(args[-1])} & \text{{otherwise}}")
    return r"\begin{cases} " + r" \\ ".join(lines) + r" \end{cases}"


def _collection(node: Node) -> tuple[str, int]:
    op, args, value = node
    if op == "list" and args and args[0].op == "list":
        rows = (" & ".join(map(tex, row.args)) for row in args)
        return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}", _ATOM
    if op == "set":
        return rf"\{{{_list(args)}\}}", _ATOM
    if op in ("list", "tuple"):
        return f"({_list(args)})", _ATOM
    if op == "interval":
        return f"{'[' if value[0] else '('}{_list(args)}{']' if value[1] else ')'}", _ATOM
    if op == "compare":
        text = tex(args[0])
        for sign, arg in zip(value, args[1:], strict=True):
            text += f" {_SIGNS.get(sign, sign)} {tex(arg)}"
        return text, _LOOSE
    joint = {"and": r" \text{ and } ", "or": r" \text{ or } ", "union": r" \cup "}[op]
    return joint.join(_at(arg, _LOOSE) for arg in args), _LOOSE
