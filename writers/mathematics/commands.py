"""Commands with arguments: each reads what follows it from the parser and returns a node."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from partialcredit.writers.mathematics.environments import begin, substack
from partialcredit.writers.mathematics.nodes import (
    Accent,
    Brace,
    Delimiter,
    Fenced,
    Fraction,
    Node,
    Operator,
    Role,
    Root,
    Stack,
    Styled,
    Text,
)
from partialcredit.writers.mathematics.symbols import (
    ACCENTS,
    BIG_SIZES,
    DELIMITERS,
    STYLES,
)
from partialcredit.writers.mathematics.tokens import Token

if TYPE_CHECKING:
    from partialcredit.writers.mathematics.parser import Parser

__all__ = ["COMMANDS"]

_TEXT = re.compile(r"\\[%_{}$&#, ]|[^\\^_&#$%]")
_IN_TEXT = {r"\,": "\u2009", "~": "\u00a0"}


def _words(parser: Parser, command: Token) -> str:
    raw = parser.raw(command)
    out, position = [], 0
    while position < len(raw.text):
        match = _TEXT.match(raw.text, position)
        if match is None:
            fault = Token("char", raw.text[position], raw.column + position, raw.end)
            parser.fail(f"{raw.text[position]!r} inside '\\{command.text}'", fault)
        out.append(_IN_TEXT.get(match[0], match[0][-1]))
        position = match.end()
    return "".join(out)


def _text(parser: Parser, command: Token) -> Node:
    return Text(_words(parser, command))


def _styled_text(style: str) -> Callable[[Parser, Token], Node]:
    return lambda parser, command: Styled(style, _text(parser, command))


def _operator(parser: Parser, command: Token) -> Node:
    limits = parser.at("char", "*")
    if limits:
        parser.take()
    return Operator(_words(parser, command), limits)


def _fraction(
    style: Literal["", "display", "text"], bar: bool = True
) -> Callable[[Parser, Token], Node]:
    def read(parser: Parser, command: Token) -> Node:
        numerator = parser.argument(command)
        return Fraction(numerator, parser.argument(command), style, bar)

    return read


def _root(parser: Parser, command: Token) -> Node:
    index = None
    if parser.at("char", "["):
        opener = parser.take()
        index = parser.row(closing="]")
        parser.expect("char", "]", "a '[' without its ']'", opener)
    return Root(parser.argument(command), index)


def _accent(parser: Parser, command: Token) -> Node:
    return Accent(command.text, parser.argument(command))


def _style(parser: Parser, command: Token) -> Node:
    return Styled(STYLES[command.text], parser.argument(command))


def _display(parser: Parser, command: Token) -> Node:  # noqa: ARG001 - the signature of every command
    return Styled("display", parser.row())


def _brace(side: Literal["over", "under"]) -> Callable[[Parser, Token], Node]:
    return lambda parser, command: Brace(side, parser.argument(command), None)


def _stack(above: bool) -> Callable[[Parser, Token], Node]:
    def read(parser: Parser, command: Token) -> Node:
        small = parser.argument(command)
        base = parser.argument(command)
        return Stack(base, small if above else None, None if above else small)

    return read


def _delimiter(parser: Parser, command: Token) -> str:
    token = parser.take()
    name = f"\\{token.text}" if token.kind == "command" else token.text
    if token.kind == "end" or name not in DELIMITERS:
        parser.fail(f"'\\{command.text}' needs a delimiter, not {name!r}", token)
    return DELIMITERS[name]


def _left(parser: Parser, command: Token) -> Node:
    opening = _delimiter(parser, command)
    parser.fences += 1
    body = parser.row()
    parser.fences -= 1
    parser.expect("command", "right", "a '\\left' without its '\\right'", command)
    return Fenced(opening, body, _delimiter(parser, command))


def _middle(parser: Parser, command: Token) -> Node:
    if not parser.fences:
        parser.fail("a '\\middle' outside '\\left' and '\\right'", command)
    return Delimiter(_delimiter(parser, command), "relation", 0)


def _big(size: float, role: Role) -> Callable[[Parser, Token], Node]:
    return lambda parser, command: Delimiter(_delimiter(parser, command), role, size)


_BIG_ROLES: dict[str, Role] = {"": "ordinary", "l": "open", "r": "close", "m": "relation"}

COMMANDS: dict[str, Callable[[Parser, Token], Node]] = {
    "frac": _fraction(""),
    "dfrac": _fraction("display"),
    "tfrac": _fraction("text"),
    "binom": _fraction("", bar=False),
    "sqrt": _root,
    "text": _text,
    "textrm": _text,
    "mbox": _text,
    "textbf": _styled_text("bold"),
    "textit": _styled_text("italic"),
    "texttt": _styled_text("monospace"),
    "operatorname": _operator,
    "displaystyle": _display,
    "overbrace": _brace("over"),
    "underbrace": _brace("under"),
    "overset": _stack(above=True),
    "stackrel": _stack(above=True),
    "underset": _stack(above=False),
    "left": _left,
    "middle": _middle,
    "begin": begin,
    "substack": substack,
    **dict.fromkeys(ACCENTS, _accent),
    **dict.fromkeys(STYLES, _style),
    **{
        name + suffix: _big(size, role)
        for name, size in BIG_SIZES.items()
        for suffix, role in _BIG_ROLES.items()
    },
}
