"""Signs that mean more than one thing: ``±``, the letter x, the minus of sets, a raised dot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partialcredit.grading.reader.lexer import Token
from partialcredit.grading.reader.nodes import arithmetic
from partialcredit.grading.tree import Node, call, number

if TYPE_CHECKING:
    from partialcredit.grading.reader.parser import Parser

__all__ = ["dotted", "is_cross", "of_both_signs", "plus_minus", "removes", "take_plus_minus"]

#: What may follow an x that multiplies.
_CROSSED = frozenset({"(", "[", "\\frac", "\\sqrt", "-"})


def plus_minus(parser: Parser) -> bool:
    """Whether ``±``, ``+-`` or ``+/-`` comes next."""
    if parser.is_sign("\\pm", "\\mp"):
        return True
    if not parser.is_sign("+"):
        return False
    ahead = parser.peek()
    if ahead.text == "/":
        return parser.peek(2).text == "-"
    return parser.sets and ahead.text == "-" and ahead.touching


def take_plus_minus(parser: Parser) -> bool:
    """Take the sign; False where minus stands on top."""
    token = parser.next()
    if token.text == "+":
        parser.take("/")
        parser.next()
    return token.text != "\\mp"


def of_both_signs(parser: Parser) -> Node:
    """``±2``: two values."""
    upper = take_plus_minus(parser)
    parser.enter()
    value = arithmetic(parser.factor())
    parser.depth -= 1
    while parser.multiplies() or parser.is_sign("*", "/"):
        sign = parser.next().text if parser.is_sign("*", "/") else "*"
        value = Node("mul" if sign == "*" else "div", (value, arithmetic(parser.power())))
    return Node("both", (number(0), value if upper else Node("neg", (value,))))


def is_cross(parser: Parser) -> bool:
    """Whether an ``x`` is a multiplication sign: ``2.5 x 10^-7``, ``8x148``, ``(1+2) x 4``."""
    token = parser.token
    if token.kind != "name" or token.text[0] not in "xX" or "x" in parser.names.symbols:
        return False
    before = parser.tokens[parser.at - 1]
    if before.kind != "number" and not (parser.numeric and before.text in (")", "}", "]")):
        return False
    if not parser.numeric and parser.depth > 0:
        return False
    if token.text in "xX":
        return parser.peek().kind == "number" or (parser.numeric and parser.peek().text in _CROSSED)
    if not token.text[1:].isdigit() or not (parser.numeric or token.text[1:] == "10"):
        return False
    digits = Token("number", token.text[1:], token.column + 1, True)
    parser.tokens[parser.at : parser.at + 1] = [token._replace(text="x"), digits]
    after = parser.peek(2)
    if after.kind == "number" and after.text.startswith(".") and after.touching:
        joined = digits._replace(text=digits.text + after.text)
        parser.tokens[parser.at + 1 : parser.at + 3] = [joined]
    return True


def removes(parser: Parser) -> bool:
    """Whether ``R - {3}`` takes a set away."""
    return parser.sets and parser.is_sign("-") and parser.peek().text in ("{", "\\{")


def dotted(parser: Parser, left: Node, right: Node) -> Node:
    """A raised dot is a product; between two vectors it is the inner product."""
    return call("dot", left, right) if parser.names.has_matrices else Node("mul", (left, right))
