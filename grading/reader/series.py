"""Sums and products over an index."""

from __future__ import annotations

from partialcredit.grading.reader.brackets import arguments
from partialcredit.grading.reader.lexer import Token
from partialcredit.grading.reader.nodes import arithmetic
from partialcredit.grading.reader.parser import Parser
from partialcredit.grading.reader.powers import exponent
from partialcredit.grading.reader.subscripts import subscript
from partialcredit.grading.tree import Node, call, number, symbol

__all__ = ["big_operator", "sum_call"]


def big_operator(parser: Parser, op: str) -> Node:
    r"""``\sum_{i=1}^{n} body``; without bounds the index runs over the question's own range."""
    bound, low, high = "", None, None
    while parser.is_sign("_", "^"):
        if parser.is_sign("^"):
            parser.next()
            short = parser.token.kind in ("name", "number") and parser.peek().text == "_"
            high = _short(parser.next()) if short else exponent(parser)  # \sum^n_{i=1}
            continue
        below = subscript(parser)
        if below.op == "compare" and below.value == ("=",) and below.args[0].op == "symbol":
            bound, low = below.args[0].value, below.args[1]
        elif below.op == "symbol":
            bound = below.value
        else:
            parser.fail("an index below the sum", "write \\sum_{i=1}^{n}")
    if not bound:
        parser.fail("an index below the sum", "write \\sum_{i=1}^{n}")
    body = arithmetic(parser.term())
    bounds = (low, high) if low is not None and high is not None else ()
    if bool(bounds) != (low is not None or high is not None):
        parser.fail("both bounds of the sum", "write \\sum_{i=1}^{n}")
    return Node(op, (body, *bounds), bound)


def _short(token: Token) -> Node:
    return symbol(token.text) if token.kind == "name" else number(int(token.text))


def sum_call(parser: Parser, op: str) -> Node:
    """``sum(body, i, 1, n)`` and ``Sum(body, (i, 1, n))``."""
    start = parser.token
    items = arguments(parser)
    if len(items) == 2 and items[1].op == "tuple":
        items = [items[0], *items[1].args]
    if len(items) == 1:
        return call("total", items[0])
    if len(items) != 4 or items[1].op != "symbol":
        parser.fail(f"{op}(body, index, first, last)", f"write {op}(w_i*x_i, i, 1, n)", start)
    return Node(op, (arithmetic(items[0]), items[2], items[3]), items[1].value)
