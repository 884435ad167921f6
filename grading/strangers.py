"""Names that a question does not know."""

from __future__ import annotations

from partialcredit.grading.reader.names import Names, dimensions
from partialcredit.grading.tree import Node

__all__ = ["strangers"]


def strangers(tree: Node, names: Names) -> list[str]:
    """The names in a tree that are neither declared nor follow from what is, in order.

    The sizes of declared arrays follow, the identity ``I`` beside matrices, and the family
    ``w_j`` where ``w_0`` and ``w_1`` are declared.
    """
    known = names.symbols.keys() | names.functions
    for domain in names.symbols.values():
        known |= set(dimensions(domain))
    if names.has_matrices:
        known |= {"I"}
    stems = {name.partition("_")[0] for name in known if "_" in name}
    return sorted(_unknown(tree, known, known | stems))


def _unknown(node: Node, known: set[str], indexed: set[str]) -> set[str]:
    if node.op == "symbol":
        return {node.value} - known
    found = {node.value} - indexed if node.op == "index" else set()
    for arg in node.args:
        found |= _unknown(arg, known, indexed)
    return found - {node.value} if node.op in ("sum", "prod") else found
