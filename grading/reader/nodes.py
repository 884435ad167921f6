"""What a tree that has just been read can stand for."""

from __future__ import annotations

from partialcredit.grading.tree import Node

__all__ = ["CONDITIONS", "arithmetic", "is_region"]

CONDITIONS = frozenset({"compare", "and", "or", "not"})


def arithmetic(node: Node) -> Node:
    """A condition used as a number counts 1 where it holds and 0 where it does not."""
    return Node("indicator", (node,)) if node.op in CONDITIONS else node


def is_region(node: Node) -> bool:
    """Whether intervals, sets or their unions may be joined to it."""
    return node.op in ("interval", "tuple", "list", "set", "minus", "reals", "union")
