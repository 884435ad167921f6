"""What stands after an underscore."""

from __future__ import annotations

from flint import fmpq

from partialcredit.grading.limits import MAX_EXPONENT
from partialcredit.grading.reader.brackets import items
from partialcredit.grading.reader.lexer import Token
from partialcredit.grading.reader.names import ACCENTS
from partialcredit.grading.reader.parser import Parser
from partialcredit.grading.tree import Node, symbol

__all__ = ["label_of", "rational", "subscript"]


def subscript(parser: Parser) -> Node:
    """What stands after ``_``: a braced group, a number, or _letters that belong together."""
    parser.next()
    parser.enter()
    node = _subscript(parser)
    parser.depth -= 1
    return node


def _subscript(parser: Parser) -> Node:
    token = parser.token
    if parser.is_sign("{", "("):
        parser.next()
        closing = ")" if token.text == "(" else "}"
        grouping, parser.grouping = parser.grouping, False
        inner = parser.token
        if inner.kind == "text" and parser.peek().text == closing:
            parser.next()
            node = Node("text", (), inner.text)
        elif inner.kind == "name" and parser.peek().text == closing:
            parser.next()
            node = _letters(parser, inner.text)
        else:
            found = items(parser)
            node = found[0] if len(found) == 1 else Node("tuple", tuple(found))
        parser.grouping = grouping
        parser.expect(closing)
        return node
    if token.kind == "name":
        return _typed_subscript(parser)
    if token.kind == "number":
        parser.next()
        return Node("number", (), rational(parser, token.text, token))
    return parser.atom()


def _typed_subscript(parser: Parser) -> Node:
    """``n_in``, ``w_i``; in ``w_ix_i`` the last letter begins the next name."""
    token = parser.next()
    text = token.text
    before = parser.tokens[parser.at - 3].text if parser.at >= 3 else ""
    if text in ACCENTS:
        return symbol(text)
    for end in range(len(text), 0, -1):
        if parser.names.declared(before, text[:end]):
            return _keep(parser, end)
    if len(text) > 1 and parser.is_sign("_") and parser.token.touching:
        return _keep(parser, len(text) - 1)
    return _letters(parser, text)


def _keep(parser: Parser, end: int) -> Node:
    """Use the first letters of a name as the subscript and give the rest back."""
    current = parser.tokens[parser.at - 1]
    if end < len(current.text):
        parser.at -= 1
        parser.tokens[parser.at] = current._replace(text=current.text[end:], touching=True)
    return _letters(parser, current.text[:end])


def _letters(_parser: Parser, text: str) -> Node:
    """Subscript _letters: a name, or two indices as in ``W_{ij}``."""
    if len(text) == 2 and text.islower() and text.isascii() and text not in ("in",):
        return Node("tuple", (symbol(text[0]), symbol(text[1])))
    return symbol(text)


def label_of(index: Node) -> str:
    """A subscript as it would stand in a declared name, or nothing for a computed one."""
    if index.op in ("symbol", "text"):
        return str(index.value)
    if index.op == "number":
        return str(index.value)
    if index.op == "tuple":
        labels = [label_of(part) for part in index.args]
        return "".join(labels) if all(labels) else ""
    return ""


def rational(parser: Parser, text: str, token: Token) -> fmpq:
    """A written number as the exact rational it denotes."""
    mantissa, _, exponent = text.lower().partition("e")
    if len(exponent) > 5 or abs(int(exponent or 0)) > MAX_EXPONENT:
        parser.fail(f"a number between 10^-{MAX_EXPONENT} and 10^{MAX_EXPONENT}", token=token)
    whole, _, places = mantissa.partition(".")
    shift = int(exponent or 0) - len(places)
    digits = int((whole + places) or "0")
    return fmpq(digits * 10**shift) if shift >= 0 else fmpq(digits, 10**-shift)
