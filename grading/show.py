"""A tree as plain text that reads back to the same tree: what "understood as" shows."""

from __future__ import annotations

from flint import fmpq

from partialcredit.grading.tree import Node

__all__ = ["show", "show_number"]

_LOOSE, _SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(6)
_BRACKETS = {"list": "[]", "tuple": "()", "set": "{}"}
_FUNCTIONS = {"log": "ln", "logsumexp": "LSE", "silu": "swish", "inverse": "inv", "total": "sum"}


def show(node: Node) -> str:
    """The tree in ASCII, with the fewest brackets."""
    return _show(node)[0]


def show_number(value: fmpq) -> str:
    """A decimal where it ends within 60 digits, else a fraction."""
    numerator, denominator = int(value.p), int(value.q)
    rest, twos, fives = denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    if rest != 1 or places > 60:
        return f"{numerator}/{denominator}"
    if places == 0:
        return str(numerator)
    digits = str(abs(numerator) * 10**places // denominator).rjust(places + 1, "0")
    return f"{'-' if numerator < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _at(node: Node, level: int) -> str:
    text, own = _show(node)
    return text if own >= level else f"({text})"


def _list(nodes: tuple[Node, ...]) -> str:
    return ", ".join(_at(node, _LOOSE) for node in nodes)


def _show(node: Node) -> tuple[str, int]:
    op, args, value = node
    if op == "number":
        text = show_number(value)
        return text, (_SIGN if value < 0 else _PRODUCT if "/" in text else _ATOM)
    if op in ("symbol", "constant", "text"):
        return str(value), _ATOM
    if op == "index":
        inside = ",".join(show(arg) for arg in args)
        plain = len(args) == 1 and args[0].op in ("symbol", "number") and args[0].value != ""
        return (f"{value}_{inside}" if plain else f"{value}_{{{inside}}}"), _ATOM
    if op == "neg":
        return f"-{_at(args[0], _PRODUCT)}", _SIGN
    if op == "add":
        return _add(args)
    if op == "mul":
        return f"{_at(args[0], _PRODUCT)}*{_at(args[1], _SIGN)}", _PRODUCT
    if op == "div":
        return f"{_at(args[0], _PRODUCT)}/{_at(args[1], _POWER)}", _PRODUCT
    if op == "pow":
        return f"{_at(args[0], _ATOM)}^{_at(args[1], _ATOM)}", _POWER
    if op == "transpose":
        return f"{_at(args[0], _ATOM)}^T", _POWER
    if op == "percent":
        return f"{_at(args[0], _ATOM)}%", _ATOM
    if op == "call":
        return _call(value, args), _ATOM
    if op == "apply":
        return f"{value}({_list(args)})", _ATOM
    if op == "norm":
        return f"||{show(args[0])}||_{value}", _ATOM
    if op == "indicator":
        return f"1[{show(args[0])}]", _ATOM
    if op in ("sum", "prod"):
        bounds = ", ".join([value, *(show(arg) for arg in args[1:])])
        return f"{op}({show(args[0])}, {bounds})", _ATOM
    if op == "cases":
        return _cases(args), _ATOM
    if op in _BRACKETS:
        brackets = _BRACKETS[op]
        return f"{brackets[0]}{_list(args)}{brackets[1]}", _ATOM
    if op == "interval":
        return f"{'[' if value[0] else '('}{_list(args)}{']' if value[1] else ')'}", _ATOM
    if op == "compare":
        text = _at(args[0], _SUM)
        for sign, arg in zip(value, args[1:], strict=True):
            text += f" {sign.lstrip(chr(92))} {_at(arg, _SUM)}"
        return text, _LOOSE
    joint = {"and": " and ", "or": " or ", "union": " U "}[op]
    return joint.join(_at(arg, _SUM if op == "union" else _LOOSE) for arg in args), _LOOSE


def _add(args: tuple[Node, ...]) -> tuple[str, int]:
    left, right = args
    if right.op == "neg":
        return f"{_at(left, _SUM)} - {_at(right.args[0], _PRODUCT)}", _SUM
    return f"{_at(left, _SUM)} + {_at(right, _PRODUCT)}", _SUM


def _call(name: str, args: tuple[Node, ...]) -> str:
    if name == "abs":
        return f"|{show(args[0])}|"
    if name == "hadamard":
        return f"({_at(args[0], _POWER)} .* {_at(args[1], _POWER)})"
    return f"{_FUNCTIONS.get(name, name)}({_list(args)})"


def _cases(args: tuple[Node, ...]) -> str:
    lines = [f"{show(args[i])} if {show(args[i + 1])}" for i in range(0, len(args) - 1, 2)]
    if len(args) % 2:
        lines.append(f"{show(args[-1])} otherwise")
    return "{" + ", ".join(lines) + "}"
