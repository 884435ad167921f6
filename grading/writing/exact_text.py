"""Exact numbers as text that reads back, and as TeX."""

from __future__ import annotations

from partialcredit.grading.tree import Node, call, number
from partialcredit.grading.writing.show import show
from partialcredit.grading.writing.tex import tex
from partialcredit.numbers.exact import Exact, Number
from partialcredit.numbers.rationals import Rational, ratio

__all__ = ["exact_tex", "exact_text", "exact_tree"]


def exact_tree(value: Number) -> Node:
    """The tree of an exact number."""
    if isinstance(value, int):
        return number(value)
    if isinstance(value, Rational):
        numerator, denominator = ratio(abs(value))
        if denominator == 1:
            return number(value)
        node = Node("div", (number(numerator), number(denominator)))
        return Node("neg", (node,)) if value < 0 else node
    return _operation(value)


def _operation(value: Exact) -> Node:
    op, args = value.op, value.args
    if op == "pi":
        return Node("constant", (), "pi")
    if op == "exp" and args[0] == 1:
        return Node("constant", (), "e")
    trees = [exact_tree(arg) for arg in args]
    if op == "-":
        negated = Node("neg", (trees[1],))
        return negated if args[0] == 0 else Node("add", (trees[0], negated))
    names = {"+": "add", "*": "mul", "/": "div", "pow": "pow"}
    return Node(names[op], tuple(trees)) if op in names else call(op, *trees)


def exact_text(value: Number) -> str:
    """An exact number as students may type it.

    >>> exact_text(rational(-1, 3))
    '-1/3'
    """
    return show(exact_tree(value))


def exact_tex(value: Number) -> str:
    """An exact number as TeX."""
    return tex(exact_tree(value))
