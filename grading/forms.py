"""The form a question may ask a formula to have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import gcd
from types import MappingProxyType

from partialcredit.grading.tree import Node, names_in, walk

__all__ = ["FORMS", "form_fault"]

#: Each form and the sentence a question prints for it.
FORMS: Mapping[str, str] = MappingProxyType({
    "fraction": "Give a fraction in lowest terms.",
    "decimal": "Give a decimal number.",
    "factored": "Give a product of factors.",
    "expanded": "Multiply all brackets out.",
    "closed": "Give a closed form without a sum or product sign.",
    "exponentials": "Write every function in exponentials.",
})  # fmt: skip


def form_fault(tree: Node, form: str) -> str:
    """Why an equivalent answer does not have the asked form; empty when it has."""
    while tree.op == "compare":
        tree = tree.args[-1]
    return (
        "" if _CHECKS[form](tree) else f"Equivalent, but not in the form asked for. {FORMS[form]}"
    )


def _is_fraction(tree: Node) -> bool:
    tree = _unsigned(tree)
    if tree.op == "number":
        return bool(tree.value.q == 1)
    if tree.op != "div":
        return False
    top, bottom = _unsigned(tree.args[0]), tree.args[1]
    if top.op != "number" or bottom.op != "number" or top.value.q != 1 or bottom.value.q != 1:
        return False
    return bottom.value > 1 and gcd(int(top.value.p), int(bottom.value.p)) == 1


def _is_decimal(tree: Node) -> bool:
    return _unsigned(tree).op == "number"


def _unsigned(tree: Node) -> Node:
    return tree.args[0] if tree.op == "neg" else tree


def _is_factored(tree: Node) -> bool:
    """A product or power at the top; a single sum is not factored."""
    tree = _unsigned(tree)
    if tree.op == "div":
        return _is_factored(tree.args[0])
    return tree.op != "add"


def _is_expanded(tree: Node) -> bool:
    """No product or whole power of a sum."""
    for node in walk(tree):
        if node.op == "mul" and any(_has_sum(arg) for arg in node.args):
            return False
        if node.op == "pow" and node.args[0].op == "add" and not names_in(node.args[1]):
            return False
        if node.op == "div" and _has_sum(node.args[0]) and names_in(node.args[0]):
            return False
    return True


def _has_sum(node: Node) -> bool:
    return _unsigned(node).op == "add"


def _is_closed(tree: Node) -> bool:
    return all(node.op not in ("sum", "prod") for node in walk(tree))


def _is_in_exponentials(tree: Node) -> bool:
    return all(node.op != "call" or node.value == "exp" for node in walk(tree))


_CHECKS: Mapping[str, Callable[[Node], bool]] = MappingProxyType({
    "fraction": _is_fraction,
    "decimal": _is_decimal,
    "factored": _is_factored,
    "expanded": _is_expanded,
    "closed": _is_closed,
    "exponentials": _is_in_exponentials,
})  # fmt: skip
