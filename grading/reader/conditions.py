"""Values under conditions, as they are typed: ``a if c else b``, ``c ? a : b``, ``2x, x > 0``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partialcredit.grading.reader.nodes import arithmetic
from partialcredit.grading.tree import Node

if TYPE_CHECKING:
    from partialcredit.grading.reader.parser import Parser

__all__ = ["cases_in_brackets", "conditional", "is_case", "skip_condition", "ternary"]

_LABELS = frozenset({"label", "apply"})


def is_case(node: Node) -> bool:
    """Whether this is ``x (x > 0)``."""
    return node.op == "mul" and node.args[1].op == "indicator"


def cases_in_brackets(parser: Parser, first: Node) -> Node:
    """``x (x > 0), 0 (x <= 0)``."""
    at, found = parser.at, [first]
    while parser.take(",", ";"):
        found.append(parser.sum())
    if not all(map(is_case, found)):
        parser.at = at
        return first
    pairs = [part for case in found for part in (case.args[0], case.args[1].args[0])]
    return Node("cases", tuple(pairs))


def skip_condition(parser: Parser) -> None:
    """Take ``, x > 0`` and ``for x > 0``; another formula after a comma stays a fault."""
    at = parser.at
    parser.next()
    while parser.is_word("for", "where", "with", "when", "if", "all"):
        parser.next()
    if parser.token.kind == "end":
        parser.at = at
        return
    condition = parser.conjunction()
    single = condition.args[:1] if condition.op == "and" else (condition,)
    if not all(c.op == "compare" and set(c.value) - {"=", "\\approx"} for c in single):
        parser.at = at


def conditional(parser: Parser, value: Node) -> Node:
    """``a if condition else b``."""
    parser.next()
    sides = value.args[:-1] if value.op == "compare" and value.args[0].op in _LABELS else ()
    parts = [arithmetic(value.args[-1] if sides else value), parser.conjunction()]
    while parser.take(",", ";") and not parser.is_word("else", "otherwise"):
        parts.append(arithmetic(parser.sum()))
        if not parser.is_word("if", "for", "when", "otherwise"):
            return Node("cases", tuple(parts))
        if parser.next().text == "otherwise":
            return Node("cases", tuple(parts))
        parts.append(parser.conjunction())
    if parser.is_word("else", "otherwise"):
        parser.next()
        parser.take(",", ":")
        parts.append(arithmetic(parser.statement()))
    elif len(parts) < 4:
        parser.fail("'else' and the value where the condition does not hold")
    cases = Node("cases", tuple(parts))
    return value._replace(args=(*sides, cases)) if sides else cases


def ternary(parser: Parser, condition: Node) -> Node:
    """``x > 0 ? x : 0``."""
    parser.next()
    parser.enter()
    yes = arithmetic(parser.sum())
    parser.expect(":")
    no = arithmetic(parser.statement())
    parser.depth -= 1
    return Node("cases", (yes, condition, no))
