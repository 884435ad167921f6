"""From text to tree, for every kind of answer."""

from __future__ import annotations

import re

from partialcredit.grading.limits import MAX_NESTING
from partialcredit.grading.reader.brackets import has_comma, rows
from partialcredit.grading.reader.names import Names, names_for
from partialcredit.grading.reader.parser import Parser
from partialcredit.grading.tree import Node

__all__ = ["read_items", "read_tree"]

_NONE = names_for()
_WRAPPED = re.compile(r"(?:(?:np|numpy|torch)\.)?(?:array|tensor|Tensor|matrix)\s*\(")


def read_tree(text: str, names: Names = _NONE, *, sets: bool = False) -> Node:
    """One expression, relation or region; raises ``UnreadableAnswer``."""
    parser = Parser(text, names, sets=sets)
    return _shallow(parser, parser.everything())


def read_items(
    text: str, names: Names = _NONE, *, arrays: bool = False, sets: bool = False
) -> Node:
    """A list, which needs no brackets of its own: ``2, -1, 3`` or ``1 2; 3 4``."""
    parser = Parser(_by_line(_round(text)) if arrays else text, names, arrays=arrays, sets=sets)
    if parser.token.kind == "end":
        parser.fail("an answer, not an empty line")
    parser.grouping = False
    parser.spaced = arrays and not has_comma(parser)
    parser.skip_name()
    found = rows(parser)
    if parser.token.kind != "end":
        parser.leftover()
    if len(found) > 1:
        return _shallow(parser, Node("list", tuple(Node("list", tuple(row)) for row in found)))
    return _shallow(parser, found[0][0] if len(found[0]) == 1 else Node("list", tuple(found[0])))


def _shallow(parser: Parser, tree: Node) -> Node:  # noqa: RET503 - `fail` raises
    """Refuse what later steps could not walk through, such as a sum of a thousand terms."""
    level = [tree]
    for _ in range(MAX_NESTING):
        level = [arg for node in level for arg in node.args]
        if not level:
            return tree
    parser.fail(
        f"at most {MAX_NESTING} operations inside one another", "simplify", parser.tokens[0]
    )


def _by_line(text: str) -> str:
    """Bare numbers on several lines are the rows of a matrix."""
    if any(sign in text for sign in "[({\\;"):
        return text
    return text.strip().replace("\n", ";")


def _round(text: str) -> str:
    """``<1, 2>`` and ``np.array([1, 2])`` are how some write a vector."""
    bare = text.strip()
    wrapped = _WRAPPED.match(bare)
    if wrapped and bare.endswith(")"):
        return text.replace(wrapped[0], " " * (len(wrapped[0]) - 1) + "(", 1)
    if bare.startswith("<") and bare.endswith(">"):
        return text.replace("<", "(", 1)[::-1].replace(">", ")", 1)[::-1]
    return text
