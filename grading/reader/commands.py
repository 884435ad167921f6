"""TeX commands: fractions, roots, accents, fonts, rounding brackets."""

from __future__ import annotations

from collections.abc import Callable

from partialcredit.grading.reader.brackets import group
from partialcredit.grading.reader.identifiers import push_back, subscripted
from partialcredit.grading.reader.nodes import arithmetic
from partialcredit.grading.reader.parser import Parser
from partialcredit.grading.reader.subscripts import label_of, subscript
from partialcredit.grading.tree import Node, call, number, symbol

__all__ = [
    "accent",
    "between",
    "binomial",
    "boxed",
    "font",
    "fraction",
    "infinity",
    "root",
    "short",
]

ONE = number(1)


def fraction(parser: Parser) -> Node:
    r"""``\frac{a}{b}``, ``\frac12``."""
    parser.next()
    return Node("div", (arithmetic(short(parser)), arithmetic(short(parser))))


def binomial(parser: Parser) -> Node:
    r"""``\binom{n}{k}``."""
    parser.next()
    return call("binomial", short(parser), short(parser))


def short(parser: Parser) -> Node:
    r"""A TeX argument: a group, or one digit or one name: ``\frac13``, ``\frac\lambda2``."""
    token = parser.token
    if token.kind == "number" and len(token.text) > 1 and token.text.isdigit():
        parser.tokens[parser.at] = token._replace(text=token.text[1:])
        return number(int(token.text[0]))
    if parser.is_sign("{"):
        return group(parser)
    if token.kind == "name" and token.text.isascii() and token.text.isalpha():
        pieces = parser.names.split(token.text)
        if len(pieces) > 1:  # \frac ab is a over b
            push_back(parser, parser.next(), pieces, "")
    return parser.atom()


def root(parser: Parser) -> Node:
    r"""``\sqrt{x}``, ``\sqrt[3]{x}``, ``√x``: of the next atom only."""
    parser.next()
    degree = None
    if parser.is_sign("["):
        parser.next()
        degree = parser.sum()
        parser.expect("]")
    if parser.is_sign("{"):
        inside = group(parser)
    else:
        parser.enter()
        inside = parser.atom()
        parser.depth -= 1
    if degree is None:
        return call("sqrt", arithmetic(inside))
    if degree == number(3):
        return call("cbrt", arithmetic(inside))
    return Node("pow", (arithmetic(inside), Node("div", (ONE, degree))))


def between(function: str, close: str) -> Callable[[Parser], Node]:
    """Brackets that round: floor and ceiling."""

    def read(parser: Parser) -> Node:
        parser.next()
        inside = arithmetic(parser.sum())
        parser.expect(close)
        return call(function, inside)

    return read


def accent(parser: Parser) -> Node:  # noqa: RET503 - `fail` raises
    r"""``\hat{y}_i`` is the name y_hat with the index i."""
    command = parser.next().text.lstrip("\\")
    mark = {"widehat": "hat", "overline": "bar", "widetilde": "tilde"}.get(command, command)
    inside = short(parser)
    if inside.op == "symbol":
        name = f"{inside.value}_{mark}"
        if parser.is_sign("_"):
            return subscripted(parser, name)
        return symbol(parser.names.declared(name) or name)
    if inside.op == "index":
        declared = parser.names.declared(inside.value, mark, *map(label_of, inside.args))
        return symbol(declared) if declared else inside._replace(value=f"{inside.value}_{mark}")
    parser.fail(f"a name under the {mark}")


def font(parser: Parser) -> Node:
    r"""``\mathbf{W}`` is W; ``\mathbb{1}`` is the indicator."""
    token = parser.next()
    braces = parser.take("{")
    inner = parser.token
    if inner.kind == "number" and inner.text == "1":
        parser.next()
        node = ONE
        if braces:
            parser.expect("}")
        if parser.is_sign("_"):
            condition = subscript(parser)
            return Node("indicator", (condition,)) if condition.op == "compare" else node
        if parser.is_sign("[", "(", "\\{"):
            factor = arithmetic(parser.atom())
            return factor if factor.op == "indicator" else Node("mul", (node, factor))
        return node
    if inner.text == "\\top" or (inner.text == "T" and token.text == "\\mathsf"):
        parser.next()
        if braces:
            parser.expect("}")
        return Node("transpose_mark")
    if not braces:
        return parser.atom()
    if inner.kind in ("name", "text") and parser.peek().text == "}":
        parser.next()
        parser.expect("}")
        parser.at -= 1  # the name stands where its closing brace was
        parser.tokens[parser.at] = inner._replace(kind="name")
        return parser.atom()
    node = parser.statement()
    parser.expect("}")
    return node


def boxed(parser: Parser) -> Node:
    r"""``\boxed{x}`` is x."""
    parser.next()
    return group(parser)


def infinity(parser: Parser) -> Node:
    r"""``\infty``."""
    parser.next()
    return Node("constant", (), "infinity")
