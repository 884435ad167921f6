"""TeX mathematics as tokens, each with its column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from partialcredit.errors import MathError

__all__ = ["Kind", "Token", "tokenize"]

Kind: TypeAlias = Literal["command", "number", "char", "special", "end"]

LONGEST = 20_000

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | \\(?P<command>[A-Za-z]+|\s|[^A-Za-z\s])
  | (?P<number>[0-9]+(?:\{,\}[0-9]{3})*(?:\.[0-9]+)?|\.[0-9]+)
  | (?P<special>[{}^_&'~])
  | (?P<char>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """``text`` is a command without its backslash, digits, or one character."""

    kind: Kind
    text: str
    column: int
    end: int


def tokenize(source: str) -> list[Token]:
    """All tokens of ``source`` with an end mark; spaces are dropped as TeX drops them.

    Raises:
        MathError: a lone backslash at the end, or a source beyond any page.

    """
    if len(source) > LONGEST:
        raise MathError(
            source[:40] + "…", LONGEST, f"mathematics of over {LONGEST} characters ends"
        )
    tokens = []
    for match in _TOKEN.finditer(source):
        kind = match.lastgroup
        if kind == "space":
            continue
        text = match[kind or 0]
        if kind == "char" and text == "\\":
            raise MathError(source, match.start(), "a backslash without a command")
        if kind == "command" and text.isspace():
            text = " "
        tokens.append(Token(kind, text, match.start(), match.end()))  # type: ignore[arg-type]
    tokens.append(Token("end", "", len(source), len(source)))
    return tokens
