"""What stands above a name without being a power: layer and example indices."""

from __future__ import annotations

from partialcredit.grading.reader.lexer import Token
from partialcredit.grading.reader.parser import Parser
from partialcredit.grading.reader.powers import below, power_of
from partialcredit.grading.reader.subscripts import label_of
from partialcredit.grading.tree import Node, number, symbol

__all__ = ["index_above", "raised_first"]

_CLOSING = {"(": ")", "[": "]"}


def index_above(parser: Parser, base: Node) -> Node | None:
    """``W^{[2]}`` and ``x^{(i)}`` as the names they are, or nothing where a power stands.

    Square brackets are always an index. Round ones are where the question declares the name with
    this index, or does not declare the bare name; an example's letter that the question never
    uses falls away.
    """
    if base.op not in ("symbol", "index"):
        return None
    inside, length, bracket = _above(parser)
    if not inside:
        return None
    names = parser.names
    label = "".join(token.text for token in inside)
    if base.op == "index":
        return _with_second(parser, base, inside, length, bracket)
    declared = names.declared(base.value, label)
    own = base.value in names.symbols
    if not bracket:
        if own or declared is None or not label.isalpha():
            return None
    elif declared is None and bracket == "(":
        if own and (len(inside) > 1 or inside[0].kind == "number"):
            return None
        if not own and len(inside) > 1:
            return None
        if own and not _sums(parser) and label not in names.symbols:
            parser.at += length
            return base
        if not own and not names.symbols:
            return None
    elif declared is None and own and inside[0].kind != "number" and not _sums(parser):
        parser.at += length
        return base
    parser.at += length
    if declared:
        return symbol(declared)
    return Node("index", (_index(inside),), base.value)


def _with_second(
    parser: Parser, base: Node, inside: list[Token], length: int, bracket: str
) -> Node | None:
    """``a_1^{[2]}``: a layer above, a unit below."""
    label = "".join(token.text for token in inside)
    below = "".join(map(label_of, base.args))
    declared = parser.names.declared(base.value, label, below) if bracket and below else None
    if declared is None and bracket != "[":
        return None
    parser.at += length
    return symbol(declared) if declared else base._replace(args=(*base.args, _index(inside)))


def _index(inside: list[Token]) -> Node:
    first = inside[0]
    if len(inside) == 1 and first.kind == "number" and first.text.isdigit():
        return number(int(first.text))
    return symbol("".join(token.text for token in inside))


def _above(parser: Parser) -> tuple[list[Token], int, str]:
    """The tokens of an index, how many to take for it, and the bracket around it."""
    tokens, at = parser.tokens, parser.at
    braced = tokens[at].text == "{"
    start = at + braced
    bracket = tokens[start].text if tokens[start].text in _CLOSING else ""
    if not braced and bracket != "[":
        return [], 0, ""
    end = start + bool(bracket)
    while tokens[end].kind in ("name", "number", "text") and end - start < 4:
        end += 1
    inside = list(tokens[start + bool(bracket) : end])
    closing = ([_CLOSING[bracket]] if bracket else []) + (["}"] if braced else [])
    fits = [token.text for token in tokens[end : end + len(closing)]] == closing
    return (inside, end + len(closing) - at, bracket) if fits and inside else ([], 0, "")


def _sums(parser: Parser) -> bool:
    """Whether an index may be bound by a sum."""
    return any(t.text in ("\\sum", "\\prod", "sum", "prod", "Sigma") for t in parser.tokens)


def raised_first(parser: Parser, base: Node) -> Node | None:
    """``x^2_1``: the square of x_1, as TeX sets it."""
    token = parser.token
    if parser.peek().text != "_" or token.kind not in ("name", "number"):
        return None
    if base.op not in ("symbol", "norm") or len(token.text) > 1:
        return None
    after = parser.peek(2)
    own = parser.names.declared(token.text, after.text) if token.kind == "name" else None
    if own and base.op == "symbol" and not parser.names.declared(base.value, after.text):
        return None
    parser.next()
    exponent = number(int(token.text)) if token.kind == "number" else symbol(token.text)
    indexed = below(parser, base)
    return power_of(parser, indexed, exponent)
