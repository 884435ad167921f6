"""The smallest readable pieces, each read by the module that knows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from partialcredit.grading.reader.bars import bars
from partialcredit.grading.reader.brackets import angles, braces, round_bracket, square_bracket
from partialcredit.grading.reader.commands import (
    accent,
    between,
    binomial,
    boxed,
    font,
    fraction,
    infinity,
    root,
)
from partialcredit.grading.reader.environments import environment
from partialcredit.grading.reader.identifiers import identifier, subscripted, text_name
from partialcredit.grading.reader.lexer import Token
from partialcredit.grading.reader.numerals import numeral
from partialcredit.grading.reader.parser import Parser
from partialcredit.grading.reader.series import big_operator
from partialcredit.grading.tree import Node

__all__ = ["atom"]


def atom(parser: Parser) -> Node:
    """Read one atom."""
    token = parser.token
    if token.kind == "number":
        return numeral(parser)
    if token.kind == "name":
        return identifier(parser)
    if token.kind == "text":
        return text_name(parser)
    reader = _SIGNS.get(token.text) if token.kind == "sign" else None
    if reader is None:
        _refuse(parser, token)
    return reader(parser)


def _braced(parser: Parser) -> Node:
    """Braces; ``{w}_{i}`` is w with an index."""
    node = braces(parser)
    if node.op == "symbol" and parser.is_sign("_"):
        return subscripted(parser, node.value)
    return node


def _refuse(parser: Parser, token: Token) -> NoReturn:
    if token.kind == "end":
        parser.fail("a number, a name or a bracket", "the answer stops too early")
    if token.text in _HINTS:
        parser.fail(*_HINTS[token.text])
    if token.text.startswith("\\"):
        parser.fail(f"mathematics that can be read; {token.text[:30]} is not known here")
    if token.text in ("*", "/", "^", "=", "<", ">", "<=", ">=", ",", ";"):
        parser.fail(f"a number or a name before '{token.text}'", "something is missing here")
    parser.fail(f"a number, a name or a bracket, not '{token.text}'")


_HINTS = {
    "\\pm": ("one value", "write the two values as a list"),
    "\\int": ("a formula without an integral sign", "work the integral out"),
    "\\partial": ("a formula without a derivative sign", "work the derivative out"),
    "\\nabla": ("a formula without a derivative sign", "work the derivative out"),
    "\\lim": ("a formula without a limit sign", "work the limit out"),
    "\\ldots": ("a formula without dots", "write the sum as \\sum_{i=1}^{n}"),
    "\\dots": ("a formula without dots", "write the sum as \\sum_{i=1}^{n}"),
    "\\cdots": ("a formula without dots", "write the sum as \\sum_{i=1}^{n}"),
}

_SIGNS: dict[str, Callable[[Parser], Node]] = {
    "(": round_bracket,
    "[": square_bracket,
    "]": square_bracket,
    "{": _braced,
    "\\langle": angles,
    "\\{": braces,
    "|": bars,
    "||": bars,
    "\\|": bars,
    "\\frac": fraction,
    "\\binom": binomial,
    "\\sqrt": root,
    "\\sum": lambda parser: (parser.next(), big_operator(parser, "sum"))[1],
    "\\prod": lambda parser: (parser.next(), big_operator(parser, "prod"))[1],
    "\\lfloor": between("floor", "\\rfloor"),
    "\\lceil": between("ceil", "\\rceil"),
    "\\infty": infinity,
    "\\R": lambda parser: (parser.next(), Node("reals"))[1],
    "\\emptyset": lambda parser: (parser.next(), Node("set"))[1],
    "\\boxed": boxed,
    "\\begin": environment,
    **dict.fromkeys(
        ("\\hat", "\\bar", "\\tilde", "\\dot", "\\overline", "\\widehat", "\\widetilde"), accent
    ),
    **dict.fromkeys(
        (
            "\\mathbb", "\\mathbf", "\\mathrm", "\\mathit", "\\mathsf", "\\mathcal", "\\boldsymbol",
            "\\bm", "\\bf", "\\operatorname", "\\text", "\\vec", "\\underline",
        ),
        font,
    ),
}  # fmt: skip
