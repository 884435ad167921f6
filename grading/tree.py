"""The tree an answer is read into.

=========== ============================ =====================================================
op          args                         value
=========== ============================ =====================================================
number                                   ``flint.fmpq``
constant                                 ``"e"``, ``"pi"``, ``"i"`` or ``"infinity"``
symbol                                   name
index       indices                      name of the indexed symbol
neg         a
add mul     a, b                         ``"beside"`` for 1.25 (5/4)
div pow     a, b
percent     a
call        arguments                    a known function, see ``grading.reader.names``
apply       arguments                    an unknown function
transpose   a
norm        a                            ``"1"``, ``"2"``, ``"inf"`` or ``"F"``
compare     a, b, c, ...                 the relations between neighbours, ``("<=", "<")``
and or not  conditions
label                                    the asked quantity's name, as typed
indicator   condition
cases       value, condition, ...        a last value without condition is "otherwise"
sum prod    body, low, high              the bound name
list tuple  items
set         items
reals                                    all real numbers
interval    low, high                    ``(low_closed, high_closed)``
union       parts
minus       a, b                         what of a is not in b
intersection parts
both        a, b                         a + b and a - b
=========== ============================ =====================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from flint import fmpq

from partialcredit.numbers.rationals import Rational

__all__ = [
    "RELATIONS",
    "Node",
    "call",
    "names_in",
    "number",
    "symbol",
    "walk",
    "with_plain_indices",
]


#: Whether a relation holds, from the sign of its left side less its right side.
RELATIONS: Mapping[str, Callable[[int], bool]] = MappingProxyType(
    {
        "<": lambda s: s < 0,
        "<=": lambda s: s <= 0,
        ">": lambda s: s > 0,
        ">=": lambda s: s >= 0,
        "=": lambda s: s == 0,
        "!=": lambda s: s != 0,
    }
)


class Node(NamedTuple):
    """One operation on smaller trees."""

    op: str
    args: tuple[Node, ...] = ()
    value: Any = None


def number(value: int | Rational) -> Node:
    """A rational number."""
    return Node("number", (), fmpq(value))


def symbol(name: str) -> Node:
    """A named unknown."""
    return Node("symbol", (), name)


def call(name: str, *args: Node) -> Node:
    """A known function applied."""
    return Node("call", args, name)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(top.args)


def with_plain_indices(node: Node, depth: int = 0) -> Node:
    """Bound indices renamed by their depth, so that a sum over j is the sum over i."""
    if node.op not in ("sum", "prod"):
        if not node.args:
            return node
        return node._replace(args=tuple(with_plain_indices(arg, depth) for arg in node.args))
    name = f"index{depth}"
    body, *bounds = node.args
    body = with_plain_indices(_renamed(body, node.value, name), depth + 1)
    return Node(node.op, (body, *(with_plain_indices(b, depth) for b in bounds)), name)


def _renamed(node: Node, old: str, new: str) -> Node:
    if node.op == "symbol":
        return symbol(new) if node.value == old else node
    if node.op in ("sum", "prod") and node.value == old:
        return node
    return node._replace(args=tuple(_renamed(arg, old, new) for arg in node.args))


def names_in(node: Node) -> set[str]:
    """Every symbol that is not bound by a sum or product."""
    if node.op == "symbol":
        return {node.value}
    found: set[str] = set()
    for arg in node.args:
        found |= names_in(arg)
    if node.op == "index":
        found.add(node.value)
    if node.op in ("sum", "prod"):
        found -= {node.value}
    return found
