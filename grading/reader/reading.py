"""From text to tree, for every kind of answer."""

from __future__ import annotations

import re
from collections.abc import Callable

from partialcredit.grading.limits import MAX_NESTING
from partialcredit.grading.reader.brackets import has_comma, rows
from partialcredit.grading.reader.characters import check_length
from partialcredit.grading.reader.dressing import undressed
from partialcredit.grading.reader.names import Names, names_for
from partialcredit.grading.reader.parser import Parser
from partialcredit.grading.reader.prose import without_prose
from partialcredit.grading.reader.quantities import split_unit, without_words
from partialcredit.grading.tree import Node

__all__ = ["read_formula", "read_items", "read_quantity", "read_tree", "with_decimal_comma"]

_NONE = names_for()
_WRAPPED = re.compile(r"(?:(?:np|numpy|torch)\.)?(?:array|tensor|Tensor|matrix)\s*\(")
_EMPTY = re.compile(
    r"(?:(?:the\s+)?empty\s+set|none|no\s+(?:real\s+)?(?:solutions?|values?)|nothing)",
    re.IGNORECASE,
)
#: ``R \\ {0}`` takes a set away; elsewhere a backslash before a blank is a TeX blank.
_WITHOUT = re.compile(r"((?:R|ℝ|\)|\]|\\R|\}) ?)\\(?= ?\\?\{)")
#: ``a: 4, b: -1``: a colon after a name is a sign of equality.
_COLON = re.compile(r"(?<![\w)}])[A-Za-z]\w{0,20} ?:(?= ?[-+−.\d(\[])")
#: A list whose commas are decimal: one entry begins with ``0,``.
_DECIMAL_COMMA = re.compile(r"(?:^|[(;\s+-])0,\d")
_BESIDE = re.compile(r"[-+−]?\d+[.,]\d+ {1,3}\([^()]*(?:\([^()]*\))?[^()]*\)")
_ENTRY = re.compile(r"[-+−]? ?\d+(?:,\d+)?")


def read_tree(text: str, names: Names = _NONE, *, sets: bool = False) -> Node:
    """One expression, relation or region; raises ``UnreadableAnswer``."""
    parser = Parser(text, names, sets=sets, bare=_bare(text, names))
    return _shallow(parser, parser.everything())


def read_formula(text: str, names: Names = _NONE) -> Node:
    """A formula, perhaps behind the name of what is asked; raises ``UnreadableAnswer``.

    A left side that only names the asked quantity is a node ``label``; see
    :func:`~partialcredit.grading.reader.labels.claims` for the sides that count.
    """
    parser = Parser(text, names, labels=True, bare=_bare(text, names))
    return _shallow(parser, parser.answer())


def read_quantity(text: str, names: Names = _NONE) -> tuple[Node, str]:
    """A number as for :func:`read_formula`, in words or with a unit; the tree and the unit."""
    bare = without_words(_bare(text, names))
    bare, unit = split_unit(bare, _known(names))
    parser = Parser(text, names, labels=True, numeric=True, bare=bare)
    tree = _shallow(parser, parser.answer())
    if tree.op == "mul" and _BESIDE.fullmatch(bare.strip()):
        tree = tree._replace(value="beside")  # 1.25 (5/4): perhaps one number in two forms
    return tree, unit


def read_items(
    text: str, names: Names = _NONE, *, arrays: bool = False, sets: bool = False
) -> Node:
    """A list, which needs no brackets of its own: ``2, -1, 3`` or ``1 2; 3 4``."""
    bare = _bare(text, names)
    if sets and len(bare) < 60 and _EMPTY.fullmatch(bare.strip()):
        return Node("set")
    if sets:
        bare = _WITHOUT.sub(lambda match: f"{match[1]}∖", bare)
    if "{" not in bare:
        bare = _COLON.sub(lambda match: f"{match[0][:-1]}=", bare)
    parser = Parser(
        text,
        names,
        arrays=arrays,
        sets=sets,
        numeric=not names.symbols,
        labels=True,
        bare=_by_line(_round(bare)) if arrays else bare,
    )
    if parser.token.kind == "end":
        parser.fail("an answer, not an empty line")
    parser.decimal_commas = _commas_are_decimal(bare)
    parser.grouping = False
    parser.spaced = arrays and not has_comma(parser)
    parser.skip_name()
    found = rows(parser)
    if parser.token.text in (".", ",", ";") and parser.peek().kind == "end":
        parser.next()
    if parser.token.kind != "end":
        parser.leftover()
    if parser.decimal_commas and len(found) > 1:
        found = [[row[0] for row in found]]
    if len(found) > 1:
        return _shallow(parser, Node("list", tuple(Node("list", tuple(row)) for row in found)))
    return _shallow(parser, found[0][0] if len(found[0]) == 1 else Node("list", tuple(found[0])))


def with_decimal_comma(text: str) -> str:
    """``1,386`` as ``1.386``, where thousands do not fit; empty for any other text."""
    match = re.fullmatch(r"([-+−]?\d{1,3}),(\d{3})", text.strip()) if len(text) < 40 else None
    return f"{match[1]}.{match[2]}" if match else ""


def _bare(text: str, names: Names) -> str:
    """The text without what stands around the answer."""
    check_length(text)
    bare = without_prose(undressed(text), _known(names))
    return bare if bare.strip() else text


def _known(names: Names) -> Callable[[str], bool]:
    """Whether a word is a name of the question, a function or a Greek letter."""

    def known(word: str) -> bool:
        return names.known(word) or names.declared(word) is not None or len(word) == 1

    return known


def _commas_are_decimal(text: str) -> bool:
    """``(0,5; 0,25)``: a semicolon separates, and the commas stand inside numbers."""
    inside = text.strip().strip("(){}$ ")
    if ";" not in inside or not _DECIMAL_COMMA.search(inside):
        return False
    entries = [entry.rpartition("=")[2] for entry in inside.split(";")]
    return all(_ENTRY.fullmatch(entry.strip()) for entry in entries)


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
    return text.rstrip().replace("\n", ";")


def _round(text: str) -> str:
    """``<1, 2>`` and ``np.array([1, 2])`` are how some write a vector."""
    bare = text.strip()
    wrapped = _WRAPPED.match(bare)
    if wrapped and bare.endswith(")"):
        return text.replace(wrapped[0], " " * (len(wrapped[0]) - 1) + "(", 1)
    pointed = bare.count("<") == bare.count(">") == 1 and bare.endswith(">")
    if pointed and "=" not in bare[bare.index("<") :]:
        return text.replace("<", "(", 1)[::-1].replace(">", ")", 1)[::-1]
    return text
