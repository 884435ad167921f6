"""Scalar computational graphs: forward values, local gradients, the reverse sweep, paths.

A graph is a sequence of nodes ``(name, operation, *arguments)`` in an order in which every argument
is known; arguments name inputs or earlier nodes. The *edges* run over the nodes in order and over
each node's arguments in order, and so do the local gradients. Reference: Rumelhart, Hinton and
Williams (1986), "Learning representations by back-propagating errors"; Baydin et al. (2018),
"Automatic differentiation in machine learning: a survey", section 3.2.

Every function takes exact numbers or, where no maximum or minimum stands in the graph, SymPy
symbols.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from operator import add, mul, sub
from typing import Any

from partialcredit.numbers.exact import exp
from partialcredit.numbers.rationals import rational

__all__ = [
    "FORWARD",
    "LOCAL",
    "along",
    "backward",
    "edges",
    "equation",
    "expression",
    "forward",
    "local_gradients",
    "paths",
    "per_node",
]

Node = Sequence[str]
Rule = Callable[..., tuple[Any, ...]]


def _divide(a: Any, b: Any) -> Any:
    return (rational(a) if isinstance(a, int) else a) / b


def _winner(a: Any, b: Any, larger: bool) -> tuple[Any, Any]:
    if a == b:
        return rational(1, 2), rational(1, 2)
    return (1, 0) if (a > b) == larger else (0, 1)


#: What each operation computes from its arguments.
FORWARD: dict[str, Callable[..., Any]] = {
    "add": add,
    "subtract": sub,
    "multiply": mul,
    "divide": _divide,
    "maximum": lambda a, b: a if a >= b else b,
    "minimum": lambda a, b: a if a <= b else b,
    "square": lambda a: a * a,
    "exp": exp,
    "sigmoid": lambda a: _divide(1, 1 + exp(-a)),
}

#: The derivative of each operation by each argument, from its value and its arguments. Equal
#: arguments of a maximum or minimum share the gradient, as central differences (and PyTorch) do.
LOCAL: dict[str, Rule] = {
    "add": lambda _f, _a, _b: (1, 1),
    "subtract": lambda _f, _a, _b: (1, -1),
    "multiply": lambda _f, a, b: (b, a),
    "divide": lambda _f, a, b: (_divide(1, b), -_divide(a, b * b)),
    "maximum": lambda _f, a, b: _winner(a, b, True),
    "minimum": lambda _f, a, b: _winner(a, b, False),
    "square": lambda _f, a: (2 * a,),
    "exp": lambda f, _a: (f,),
    "sigmoid": lambda f, _a: (f * (1 - f),),
}

_TEX = {
    "add": "{} + {}",
    "subtract": "{} - {}",
    "multiply": r"{} \cdot {}",
    "divide": r"\frac{{ {} }}{{ {} }}",
    "maximum": r"\max({}, {})",
    "minimum": r"\min({}, {})",
    "square": "{}^2",
    "exp": "e^{{ {} }}",
    "sigmoid": r"\sigma({})",
}


def expression(operation: str, *arguments: str) -> str:
    r"""An operation as TeX, its arguments written as they are.

    >>> expression("divide", "x", "3")
    '\\frac{ x }{ 3 }'
    """
    return _TEX[operation].format(*arguments)


def equation(node: Node) -> str:
    r"""A node as TeX.

    >>> equation(("u", "multiply", "x", "y"))
    'u = x \\cdot y'
    """
    name, operation, *arguments = node
    return f"{name} = {expression(operation, *arguments)}"


def edges(nodes: Sequence[Node]) -> list[tuple[str, str]]:
    """All edges as ``(argument, node)``.

    >>> edges([("u", "add", "x", "y"), ("f", "square", "u")])
    [('x', 'u'), ('y', 'u'), ('u', 'f')]
    """
    return [(argument, name) for name, _operation, *arguments in nodes for argument in arguments]


def forward(nodes: Sequence[Node], inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The value of every input and node, by name.

    >>> forward([("u", "add", "x", "y"), ("f", "multiply", "u", "z")], {"x": 2, "y": 3, "z": 1})
    {'x': 2, 'y': 3, 'z': 1, 'u': 5, 'f': 5}
    """
    values = dict(inputs)
    for name, operation, *arguments in nodes:
        values[name] = FORWARD[operation](*[values[a] for a in arguments])
    return values


def local_gradients(
    nodes: Sequence[Node], values: Mapping[str, Any], rules: Mapping[str, Rule] = LOCAL
) -> tuple[Any, ...]:
    """The derivative of every node by each of its arguments, in the order of the edges.

    >>> local_gradients([("f", "multiply", "x", "y")], {"x": 2, "y": 3, "f": 6})
    (3, 2)
    """
    return tuple(
        slope
        for name, operation, *arguments in nodes
        for slope in rules[operation](values[name], *[values[a] for a in arguments])
    )


def per_node(nodes: Sequence[Node], local: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The local gradients, grouped by node.

    >>> per_node([("u", "add", "x", "y"), ("f", "square", "u")], (1, 1, 10))
    [(1, 1), (10,)]
    """
    rest = iter(local)
    return [tuple(next(rest) for _ in node[2:]) for node in nodes]


def backward(
    nodes: Sequence[Node],
    local: Sequence[Any],
    upstream: Mapping[str, Any],
    *,
    chain: Callable[[Any, Any], Any] = mul,
    merge: Callable[[Any, Any], Any] = add,
) -> dict[str, Any]:
    """The reverse sweep: every node's gradient is the sum over the edges that leave it.

    ``local`` are the local gradients in the order of the edges, ``upstream`` the gradients that
    arrive from outside (1 at the output itself). ``chain`` joins upstream and local gradient,
    ``merge`` joins the branches where a value is used more than once; other choices than product
    and sum are what students do wrong.

    >>> nodes = [("u", "add", "x", "y"), ("f", "multiply", "u", "z")]
    >>> backward(nodes, (1, 1, 1, 5), {"f": 1})
    {'f': 1, 'u': 1, 'z': 5, 'x': 1, 'y': 1}
    """
    gradients = dict(upstream)
    for (name, _operation, *arguments), slopes in reversed(
        list(zip(nodes, per_node(nodes, local), strict=True))
    ):
        for argument, slope in zip(arguments, slopes, strict=True):
            part = chain(gradients[name], slope)
            gradients[argument] = (
                merge(gradients[argument], part) if argument in gradients else part
            )
    return gradients


def paths(nodes: Sequence[Node], source: str, target: str) -> list[tuple[str, ...]]:
    """Every path from ``source`` to ``target``, in the order of the nodes.

    >>> nodes = [("u", "multiply", "x", "y"), ("v", "square", "x"), ("f", "add", "u", "v")]
    >>> paths(nodes, "x", "f")
    [('x', 'u', 'f'), ('x', 'v', 'f')]
    """
    if source == target:
        return [(target,)]
    following = [name for argument, name in edges(nodes) if argument == source]
    return [(source, *path) for name in following for path in paths(nodes, name, target)]


def along(nodes: Sequence[Node], local: Sequence[Any], path: Sequence[str]) -> tuple[Any, ...]:
    """The local gradients met on one path; their product is the path's contribution.

    >>> nodes = [("u", "multiply", "x", "y"), ("v", "square", "x"), ("f", "add", "u", "v")]
    >>> along(nodes, (2, 3, 6, 1, 1), ("x", "v", "f"))
    (6, 1)
    """
    slopes = dict(zip(edges(nodes), local, strict=True))
    return tuple(slopes[step] for step in pairwise(path))
