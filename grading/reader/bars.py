"""Absolute values and norms."""

from __future__ import annotations

from partialcredit.grading.reader.parser import Parser, arithmetic
from partialcredit.grading.reader.subscripts import subscript
from partialcredit.grading.tree import Node, call

__all__ = ["bars"]


def bars(parser: Parser) -> Node:
    """``|x|`` and ``||x||_2``."""
    opening = parser.next().text
    kind = "|" if opening == "|" else "||"
    parser.bars.append(kind)
    parser.enter()
    grouping, parser.grouping = parser.grouping, False
    inside = arithmetic(parser.sum())
    parser.grouping = grouping
    if kind == "|" and parser.is_sign("||"):  # |a||b|: close one, leave one open
        parser.tokens[parser.at] = parser.token._replace(text="|")
    elif kind == "||" and parser.is_sign("|") and parser.peek().text == "|":
        parser.next()
        parser.next()
    elif not (parser.take("|") if kind == "|" else parser.take("||", "\\|")):
        parser.fail(f"'{kind}' to close '{kind}'")
    parser.depth -= 1
    parser.bars.pop()
    if kind == "|":
        return call("abs", inside)
    return Node("norm", (inside,), _which_norm(parser))


def _which_norm(parser: Parser) -> str:
    if not parser.is_sign("_"):
        return "2"
    index = subscript(parser)
    name = str(index.value) if index.op in ("number", "symbol", "constant", "text") else ""
    name = {"infinity": "inf", "infty": "inf", "oo": "inf", "max": "inf"}.get(name, name)
    if name not in ("1", "2", "inf", "F"):
        parser.fail("the norm 1, 2, inf or F")
    return name
