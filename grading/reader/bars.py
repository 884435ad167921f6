"""Absolute values and norms."""

from __future__ import annotations

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.reader.nodes import arithmetic
from partialcredit.grading.reader.parser import Parser
from partialcredit.grading.reader.subscripts import subscript
from partialcredit.grading.tree import Node, call

#: How often ``||`` may be read again as two bars: each time costs a second reading.
_RETRIES = 4

__all__ = ["bars", "which_norm"]


def bars(parser: Parser) -> Node:
    """``|x|`` and ``||x||_2``; ``||x|+y|`` is an absolute value inside another."""
    if not parser.is_sign("||") or parser.retries >= _RETRIES:
        return _bars(parser)
    parser.retries += 1
    state = (parser.at, parser.depth, parser.grouping, list(parser.bars), list(parser.tokens))
    try:
        return _bars(parser)
    except UnreadableAnswer:
        parser.at, parser.depth, parser.grouping, parser.bars, parser.tokens = state
    one = parser.token._replace(text="|")
    parser.tokens[parser.at : parser.at + 1] = [one, one._replace(touching=True)]
    return _bars(parser)


def _bars(parser: Parser) -> Node:
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
    return Node("norm", (inside,), which_norm(parser))


def which_norm(parser: Parser) -> str:
    """The index of a norm: 1, 2, inf or F."""
    if not parser.is_sign("_"):
        return "2"
    index = subscript(parser)
    name = str(index.value) if index.op in ("number", "symbol", "constant", "text") else ""
    name = {"infinity": "inf", "infty": "inf", "oo": "inf", "max": "inf"}.get(name, name)
    if name not in ("1", "2", "inf", "F"):
        parser.fail("the norm 1, 2, inf or F")
    return name
