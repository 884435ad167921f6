"""What stands after ``^``: a power, a transpose, an index, or the positive part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partialcredit.grading.reader.nodes import arithmetic
from partialcredit.grading.tree import Node, call, symbol

if TYPE_CHECKING:
    from partialcredit.grading.reader.parser import Parser

__all__ = ["below", "exponent", "power_of", "raised"]


def raised(parser: Parser, base: Node) -> Node:
    """Take ``^`` and its exponent, then what follows the power."""
    from partialcredit.grading.reader.superscripts import index_above, raised_first

    parser.next()

    if parser.is_sign("\\top") or _is_transposition(parser):
        parser.next()
        base = Node("transpose", (below(parser, base),))
    elif parser.is_sign("+") and parser.peek().text in ("", ")", "+", "-", "}", ","):
        parser.next()
        base = call("relu", arithmetic(base))  # x^+
    elif (indexed := index_above(parser, base)) is not None:
        base = indexed
    elif (swapped := raised_first(parser, base)) is not None:
        base = swapped
    else:
        base = power_of(parser, arithmetic(base), exponent(parser))
    if parser.is_sign("_") and base.op == "pow" and base.args[0].op in ("symbol", "norm"):
        base = power_of(parser, below(parser, base.args[0]), base.args[1])
    if parser.is_sign("^") and base.op in ("transpose", "pow"):
        return raised(parser, base)
    return parser.trailing(base)


def below(parser: Parser, base: Node) -> Node:
    """The index that follows an exponent: ``x^2_1`` is the square of x_1."""
    if not parser.is_sign("_"):
        return base
    from partialcredit.grading.reader.bars import which_norm
    from partialcredit.grading.reader.identifiers import subscripted

    if base.op == "norm":
        return base._replace(value=which_norm(parser))
    return subscripted(parser, base.value) if base.op == "symbol" else base


def _is_transposition(parser: Parser) -> bool:
    token = parser.token
    return (
        token.kind == "name"
        and token.text == "T"
        and "T" not in parser.names.symbols
        and (parser.names.has_matrices or parser.arrays)
    )


def exponent(parser: Parser) -> Node:
    """What stands after ``^``: a group, or one factor with its sign."""
    if parser.is_sign("'"):
        parser.next()
        return symbol("T")
    if parser.is_sign("+", "-"):
        minus = parser.next().text == "-"
        inner = parser.power()
        return Node("neg", (inner,)) if minus else inner
    if parser.is_sign("{"):
        from partialcredit.grading.reader.brackets import group

        return group(parser)
    return parser.power()


def power_of(parser: Parser, base: Node, above: Node) -> Node:
    """A power, or what looks like one: a transpose or an inverse transpose."""
    tensors = parser.names.has_matrices or parser.arrays
    transposes = above == symbol("T") or (above == symbol("t") and tensors)
    if transposes and tensors and above.value not in parser.names.symbols:
        return Node("transpose", (base,))
    if above == Node("neg", (symbol("T"),)) and parser.names.has_matrices:
        return Node("transpose", (call("inverse", base),))
    if above.op == "compare":
        parser.fail("an exponent")
    if above.op == "transpose_mark":
        return Node("transpose", (base,))
    return Node("pow", (base, arithmetic(above)))
