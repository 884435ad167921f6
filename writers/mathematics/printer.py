"""The walk that every output format shares."""

from __future__ import annotations

from partialcredit.writers.mathematics.nodes import Node

__all__ = ["Printer"]


class Printer:
    """Prints a tree: a format has a method for each kind of node, ``_fraction`` for a fraction."""

    def put(self, node: Node) -> str:
        """A node in this format."""
        printed: str = getattr(self, f"_{type(node).__name__.lower()}")(node)
        return printed
