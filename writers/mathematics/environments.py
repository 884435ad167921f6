r"""Environments: rows of cells between ``\begin`` and ``\end``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from partialcredit.writers.mathematics.nodes import Node, Row, Table
from partialcredit.writers.mathematics.symbols import ENVIRONMENTS
from partialcredit.writers.mathematics.tokens import Token

if TYPE_CHECKING:
    from partialcredit.writers.mathematics.parser import Parser

__all__ = ["begin", "substack"]


def begin(parser: Parser, command: Token) -> Node:
    r"""``\begin{name}`` to ``\end{name}``; only ``array`` chooses its columns."""
    name = parser.raw(command)
    if name.text not in ENVIRONMENTS:
        parser.fail(f"the environment {name.text!r} is not on the allow-list", name)
    opening, closing, align = ENVIRONMENTS[name.text]
    align, rules = (align, ()) if align else _columns(parser, command)
    rows = _rows(parser)
    parser.expect("command", "end", f"a '\\begin{{{name.text}}}' without its '\\end'", command)
    ended = parser.raw(command)
    if ended.text != name.text:
        parser.fail(f"'\\end{{{ended.text}}}' closes '\\begin{{{name.text}}}'", ended)
    width = max(map(len, rows), default=1)
    if name.text == "array" and width > len(align):
        parser.fail(f"a row of {width} cells in an array of {len(align)} columns", command)
    repeated = align if name.text == "array" else (align * width)[:width]
    equations = align == "rl" or name.text.startswith("gather")
    style: Literal["text", "display"] = "display" if equations else "text"
    return Table(opening, closing, repeated, rules, rows, style)


def _columns(parser: Parser, command: Token) -> tuple[str, tuple[int, ...]]:
    spec = parser.raw(command)
    if not re.fullmatch(r"[lcr|\s]*[lcr][lcr|\s]*", spec.text):
        parser.fail(f"array columns are l, c, r and |, not {spec.text!r}", spec)
    text = "".join(spec.text.split())
    rules = tuple(len(text[:i].replace("|", "")) for i, char in enumerate(text) if char == "|")
    return text.replace("|", ""), rules


def _rows(parser: Parser) -> tuple[tuple[Row, ...], ...]:
    rows, cells = [], [parser.row()]
    while True:
        if parser.at("special", "&"):
            parser.take()
        elif parser.at("command", "\\"):
            end = parser.take().end
            if parser.at("char", "[") and parser.peek.column == end:
                parser.fail("'\\\\[' starts a spacing in TeX; put a space before the '['")
            rows.append(tuple(cells))
            cells = []
        else:
            break
        cells.append(parser.row())
    if len(cells) > 1 or cells[0].items or not rows:
        rows.append(tuple(cells))
    return tuple(rows)


def substack(parser: Parser, command: Token) -> Node:
    r"""``\substack{a \\ b}``: lines under a sum."""
    if not parser.at("special", "{"):
        parser.fail("'\\substack' needs a braced argument", command)
    opener = parser.take()
    rows = _rows(parser)
    parser.expect("special", "}", "a '{' without its '}'", opener)
    return Table("", "", "c" * max(map(len, rows)), (), rows, "script")
