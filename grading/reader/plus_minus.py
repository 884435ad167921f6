"""Both values of ``1 ± sqrt(2)``."""

from __future__ import annotations

from partialcredit.grading.tree import Node, walk

__all__ = ["both_values"]


def both_values(tree: Node) -> list[Node]:
    """The tree with plus, then with minus, in every ``±`` at once; the tree alone without one."""
    if all(node.op != "both" for node in walk(tree)):
        return [tree]
    return [_with(tree, upper=True), _with(tree, upper=False)]


def _with(tree: Node, *, upper: bool) -> Node:
    if not tree.args:
        return tree
    args = tuple(_with(arg, upper=upper) for arg in tree.args)
    if tree.op != "both":
        return tree._replace(args=args)
    return Node("add", (args[0], args[1] if upper else Node("neg", (args[1],))))
