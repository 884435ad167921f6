r"""The left-hand side: ``E[v_t] =``, ``\frac{\partial L}{\partial W} =``, ``(p, q) =``.

A side that only names the asked quantity costs nothing. A side that is a value counts: in
``1.5 = 1.298`` and ``2x = 1.298`` the left side says something.
"""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.grading.reader.label_shapes import Label
from partialcredit.grading.reader.lexer import Token
from partialcredit.grading.reader.names import Names
from partialcredit.grading.reader.quantity_names import CLOSE, OPEN
from partialcredit.grading.tree import Node, names_in, walk

__all__ = ["ASSIGNMENTS", "claims", "label_length", "without_label"]

#: Signs that give a name its value; the first two say so without doubt.
ASSIGNMENTS = frozenset({":=", "\\leftarrow", "\\gets"})
_EQUALS = ASSIGNMENTS | {"=", "\\approx", "\\in"}
#: Tokens in a label; what is longer is a formula.
_LONGEST = 80


def label_length(tokens: Sequence[Token], at: int, names: Names, *, arrays: bool) -> int:
    """How many tokens from ``at`` on name the asked quantity before a sign of equality; else 0."""
    end = _side(tokens, at)
    if tokens[at].text == "#" and at < end:  # the number of something
        return end - at if tokens[end].text in _EQUALS else 0
    if end == at or tokens[end].text not in _EQUALS:
        return 0
    side = tokens[at:end]
    sure = tokens[end].text in ASSIGNMENTS
    own = len(side) == 1 and side[0].text in names.symbols and not sure
    if own and (at > 0 or any(token.text == side[0].text for token in tokens[end:])):
        return 0  # x = 2x + 1 is an equation
    return end - at if Label(side, names, arrays=arrays).found(sure=sure) else 0


def _side(tokens: Sequence[Token], at: int) -> int:
    """Where the side that begins here ends."""
    depth = 0
    for i in range(at, min(len(tokens), at + _LONGEST)):
        token = tokens[i]
        if token.kind == "end":
            return i
        if token.kind != "sign":
            continue
        if token.text in OPEN:
            depth += 1
        elif token.text in CLOSE:
            depth -= 1
            if depth < 0:
                return i
        elif depth == 0 and (
            token.text in _EQUALS or token.text in ("<", ">", "<=", ">=", "!=", ",", ";")
        ):
            return i
    return at


def without_label(tree: Node) -> Node:
    """What is left of ``label = value`` with a single value; any other tree as it is."""
    if tree.op == "compare" and len(tree.args) == 2 and tree.args[0].op == "label":
        return tree.args[1]
    return tree


def claims(tree: Node, names: Names, *, numbers: bool = False) -> list[Node]:
    r"""The sides of ``y = a = b \approx c`` that claim to be the answer, from left to right.

    None where the tree is no such chain but an equation to solve (``2x = 1.3``) or an inequality.
    With ``numbers`` a side with a name has no value: it may follow a label, as the second does in
    ``L = (y - t)^2 = 0.04``, but is an equation to solve where it begins.
    """
    if tree.op in ("and", "or"):
        return []
    if tree.op != "compare":
        return [tree]
    if set(tree.value) - {"=", "\\approx"}:
        return []
    sides = [side for side in tree.args if not _names_only(side, names, numbers=numbers)]
    labelled = len(sides) < len(tree.args)
    if not numbers:
        if labelled and names.symbols:
            known = [s for s in sides if not names_in(s) - _known(names)]
            return known or sides
        return sides
    valued = [side for side in sides if not _strangers(side)]
    if labelled:
        return valued or sides
    return valued if len(valued) == len(sides) else []


def _names_only(side: Node, names: Names, *, numbers: bool) -> bool:
    if side.op == "label":
        return True
    if side.op in ("symbol", "index"):
        return numbers or side.value not in names.symbols
    return side.op == "apply" and side.value.rstrip("'") not in names.functions


def _known(names: Names) -> set[str]:
    return set(names.symbols) | {f"{n}" for n in names.functions} | {"I"}


def _strangers(side: Node) -> bool:
    return bool(names_in(side)) or any(node.op == "apply" for node in walk(side))
