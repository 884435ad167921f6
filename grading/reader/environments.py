"""TeX environments: cases and matrices."""

from __future__ import annotations

from partialcredit.grading.limits import MAX_NODES
from partialcredit.grading.reader.nodes import arithmetic
from partialcredit.grading.reader.parser import Parser
from partialcredit.grading.tree import Node

__all__ = ["environment"]

_MATRICES = frozenset(
    {"matrix", "bmatrix", "pmatrix", "vmatrix", "Bmatrix", "smallmatrix", "array"}
)


def environment(parser: Parser) -> Node:
    r"""``\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}`` and ``\begin{cases} ... \end{cases}``."""
    start = parser.next()
    name = _name(parser)
    if name not in _MATRICES and name not in ("cases", "aligned", "array"):
        parser.fail("a matrix or cases", f"{name!r} is not known here", start)
    if name == "array":
        _skip_columns(parser)
    state = (parser.grouping, parser.spaced, parser.bars)
    parser.grouping, parser.spaced, parser.bars = False, False, []
    parser.enter()
    node = _cases(parser) if name == "cases" else _matrix(parser)
    if not parser.is_sign("\\end"):
        parser.fail(f"\\end{{{name}}}")
    parser.next()
    if _name(parser) != name:
        parser.fail(f"\\end{{{name}}}")
    parser.depth -= 1
    parser.grouping, parser.spaced, parser.bars = state
    return node


def _name(parser: Parser) -> str:
    parser.expect("{", "the environment's name in braces")
    token = parser.next()
    parser.expect("}", "the environment's name in braces")
    return token.text


def _skip_columns(parser: Parser) -> None:
    if parser.take("{"):
        while not parser.take("}"):
            if parser.token.kind == "end":
                parser.fail("'}'")
            parser.next()


def _matrix(parser: Parser) -> Node:
    found: list[tuple[Node, ...]] = []
    entries = 0
    while not parser.is_sign("\\end"):
        cells = [arithmetic(parser.sum())]
        while parser.take("&"):
            cells.append(arithmetic(parser.sum()))
        found.append(tuple(cells))
        entries += len(cells)
        if entries > MAX_NODES or not parser.take("\\\\"):
            break
    if not found:
        parser.fail("the entries of the matrix")
    return Node("list", tuple(Node("list", cells) for cells in found), "matrix")


def _cases(parser: Parser) -> Node:
    parts: list[Node] = []
    while not parser.is_sign("\\end"):
        parts.append(arithmetic(parser.sum()))
        parser.take(",")
        parser.take("&")
        parser.take(",")
        while parser.is_word("if", "for", "when", "wenn", "falls", "für", "where"):
            parser.next()
        if parser.is_word("otherwise", "else", "sonst", "elsewhere", "ansonsten"):
            parser.next()
            parser.take(".", ",")
            parser.take("\\\\")
            break
        parts.append(parser.statement())
        parser.take(".", ",")
        if not parser.take("\\\\"):
            break
    if len(parts) < 2:
        parser.fail("a value and a condition in every line of the cases")
    return Node("cases", tuple(parts))
