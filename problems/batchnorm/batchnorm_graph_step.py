"""Batch normalisation backward, one node at a time.

Trap: the gradient of a node further up in place of the upstream one, the 1/2 of the root, a sign.
Reference: Ioffe and Szegedy (2015), section 3.
Source: S0-74, S0-76, S0-77, S0-78, S0-79.
"""

from functools import cache
from itertools import permutations
from types import SimpleNamespace

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.figures import Graph, Node
from partialcredit.grading import Array, Choice, Expression, Order, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import freeze
from partialcredit.solvers import batchnorm_graph, letters, ordering

family = Family(
    version=3,
    conventions=[
        r"the steps are $a_i = x_i - \mu$, $e = \sigma^2 + \epsilon$, $c = \sqrt{e}$, $b = 1/c$ "
        r"and $\hat{x}_i = a_i b$; $b$, $c$ and $e$ belong to the whole batch",
        r"$\sigma^2$ is computed from $x$ and $\mu$ directly, so that $a_i$ is used for "
        r"$\hat{x}_i$ alone",
    ],
    hidden=["shown"],
)

#: The nodes to order, and the ones whose gradients each needs: those computed from it.
NODES = ("b", "c", r"\sigma^2", "a", r"\mu", "x")

NEEDS = {0: (), 1: (0,), 2: (1,), 3: (), 4: (2, 3), 5: (2, 3, 4)}

#: Nodes with the one node that uses each, in the order of the options.
USED_BY = (("b", r"\hat{x}"), ("c", "b"), ("e", "c"), (r"\sigma^2", "e"))

OPTIONS = tuple(rf"$\frac{{\partial L}}{{\partial {n}}}$" for _, n in USED_BY)


@family.sample
def sample(draw):
    if draw.level == "easy":
        a = (draw.choice([-1, 1]) * rational(draw.integer(1, 12), 2),)
        v = rational(draw.integer(2, 60), 4)
    else:
        a = draw.integers(draw.integer(2, 3), -5, 5)
        a = freeze([*map(rational, a), -rational(sum(a))])
        v = rational(1, len(a)) * sum(a**2)
    return {
        "a": a,
        "v": v,
        "eps": draw.decimal("0.01", "0.1", "0.5", "1"),
        "g": [rational(draw.nonzero(-12, 12), 4) for _ in a],
    } | draw.by_level(
        {}, {"node": draw.choice(USED_BY)[0]}, {"shown": draw.shuffle(range(len(NODES)))}
    )


@family.condition
def _(a, v, d_b):
    return v != 0 and d_b != 0 and a[0] != 0


@family.run
def run(a, v, eps, g):
    return tape(a, v, eps, g)


@family.part(Array(shape=(3,), digits=3))
def nodes(v, eps):
    return batchnorm_graph.forward(v, eps)


nodes.slips = rows(
    ("root left out", "c is the root of e, and b the reciprocal of c.",
     lambda nodes: (nodes[0], nodes[0], rational(1) / nodes[0])),
    ("eps left out", "The stabiliser is added to the variance.",
     lambda v: batchnorm_graph.forward(v, 0)),
    ("squared instead of rooted", "c is the root of e, and b the reciprocal of c.",
     lambda nodes: (nodes[0], nodes[0] ** 2, 1 / (rational(1) * nodes[0] ** 2))),
    ("eps added to the root", "The stabiliser is added before the root is taken.",
     lambda nodes, v, eps: (nodes[0], sqrt(v) + eps, 1 / (sqrt(v) + eps))),
)  # fmt: skip
nodes.witness(lambda run: run.nodes)


@family.part(Real(digits=3))
def d_b(a, g):
    return batchnorm_graph.reciprocal_gradient(a, g)


d_b.slips = rows(
    ("distances left out", "b multiplies a_i, so the local derivative is a_i.", lambda g: sum(g)),
    ("first example only", "b is used for every example: add them.",
     lambda a, g: a[0] * g[0] if len(a) > 1 else None),
    ("gradient of x hat left out", "Multiply by the gradient that arrives at x hat.",
     lambda a: sum(a**2)),
    ("mean over the examples", "b is used for every example: add, do not average.",
     lambda d_b, a: d_b * rational(1, len(a)) if len(a) > 1 else None),
    ("signs ignored", "Add the products with their signs.", lambda a, g: sum(abs(a * g))),
)  # fmt: skip
d_b.witness(lambda run: run.by_b)


@family.part(lambda a: Array(shape=(len(a),), digits=3), levels=["medium", "hard"])
def d_a(g, nodes):
    return batchnorm_graph.centred_gradient(g, nodes[2])


d_a.slips = rows(
    ("divided by b", "The local derivative of a b with respect to a is b.",
     lambda g, nodes: batchnorm_graph.centred_gradient(g, nodes[1])),
    ("local derivative left out", "The local derivative of a b with respect to a is b.",
     lambda g: g),
    ("multiplied by a", "The local derivative of a b with respect to a is b.", lambda a, g: a * g),
    ("squared", "The local derivative of a b with respect to a is b.",
     lambda g, nodes: g * nodes[2] ** 2),
)  # fmt: skip
d_a.witness(lambda run: run.by_a)


@family.part(Choice(OPTIONS), levels=["medium"])
def upstream(node):
    return [user for user, _used in USED_BY].index(node)


upstream.slips = rows(
    ("gradient of x hat", "x hat is further up: go through the node between.", lambda: 0),
    ("one node too far", "Take the gradient of the node that uses this one directly.",
     lambda upstream: upstream - 1 if upstream else None),
    ("its own gradient", "That is what is sought.",
     lambda upstream: upstream + 1 if upstream < 3 else None),
)  # fmt: skip
upstream.witness(lambda node: arriving(node))


@family.part(Real(digits=3))
def d_c(d_b, nodes):
    return batchnorm_graph.root_gradient(d_b, nodes[1])


d_c.slips = rows(
    ("gradient of x hat", "What arrives at c is the gradient of b, not that of x hat.",
     lambda g, nodes: batchnorm_graph.root_gradient(sum(g), nodes[1])),
    ("wrong sign", "The derivative of 1/c is -1/c^2.", lambda d_c: -d_c),
    ("not squared", "The derivative of 1/c is -1/c^2.", lambda d_c, nodes: d_c * nodes[1]),
    ("multiplied by the square", "The derivative of 1/c is -1/c^2.",
     lambda d_b, nodes: -d_b * nodes[1] ** 2),
    ("gradient of b", "1/c has a derivative, too: multiply by -1/c^2.", lambda d_b: d_b),
)  # fmt: skip
d_c.witness(lambda run: run.by_c)


@family.part(Real(digits=3))
def d_e(d_c, nodes):
    return batchnorm_graph.shifted_gradient(d_c, nodes[1])


d_e.slips = rows(
    ("gradient of x hat", "What arrives at e is the gradient of c, not that of x hat.",
     lambda g, nodes: batchnorm_graph.shifted_gradient(sum(g), nodes[1])),
    ("1/2 left out", "The derivative of a root is 1 over twice the root.", lambda d_e: 2 * d_e),
    ("gradient of b", "What arrives at e is the gradient of c.",
     lambda d_b, nodes: batchnorm_graph.shifted_gradient(d_b, nodes[1])),
    ("wrong sign", "The gradient of c keeps its sign: the slope of a root is positive.",
     lambda d_e: -d_e),
    ("gradient of c", "The root has a derivative, too: multiply by 1 over twice the root.",
     lambda d_c: d_c),
    ("multiplied by the root", "The derivative of a root is 1 over twice the root.",
     lambda d_c, nodes: rational(1, 2) * d_c * nodes[1]),
    ("divided by e", "The derivative of a root is 1 over twice the root.",
     lambda d_c, nodes: rational(1, 2) * d_c / nodes[0]),
)  # fmt: skip
d_e.witness(lambda run: run.by_e)


@family.part(Expression(symbols={"s": "real", "e": "positive"}), levels=["hard"], marks=2)
def formula():
    return letters.formula(batchnorm_graph.shifted_gradient_at)


formula.slips = rows(
    ("1/2 left out", "The derivative of a root is 1 over twice the root.",
     lambda formula: 2 * formula),
    ("wrong sign", "The derivative of 1/c is -1/c^2.", lambda formula: -formula),
    ("power -1/2", "Differentiating e^(-1/2) lowers the power to -3/2.",
     lambda formula: formula * letters.symbols("e")),
)  # fmt: skip
formula.witness(lambda point: tape([point["s"]], point["e"], 0, [1.0]).by_e)


@family.derive
def dependencies(shown):
    return ordering.restricted(NEEDS, shown)


@family.part(Order(steps=len(NODES)), levels=["hard"], marks=2)
def order(dependencies):
    return ordering.orders(len(NODES), dependencies)


def reversed_at(*pairs):
    """The orders in which one of these pairs of nodes stands the wrong way round."""

    def wrong(shown, dependencies):
        faults = [(shown.index(a), shown.index(b)) for a, b in pairs]
        return ordering.with_one_reversed(len(shown), dependencies, faults) or None

    return wrong


order.slips = rows(
    ("mean before its users", "The mean enters the variance and the distances: wait.",
     reversed_at((2, 4), (3, 4))),
    ("against the chain", "The gradient of a node needs those of all that use it.",
     reversed_at((0, 1), (1, 2))),
    ("input before the mean", "The input reaches the loss through the mean, too.",
     reversed_at((4, 5))),
)  # fmt: skip
order.witness(lambda shown: frozenset(tuple(shown.index(n) for n in whole) for whole in possible()))


def tape(a, v, eps, g):
    """The engine's nodes e, c and b, and the gradients that arrive at a and at them."""
    centred = engine.Tensor(a, dtype="float64", requires_grad=True)
    e = engine.Tensor(v, requires_grad=True) + eps
    c = e.sqrt()
    b = 1 / c
    loss = (centred * b * np.array(g)).sum()
    found = (t.data for t in engine.grad(loss, [centred, b, c, e]))
    gradients = dict(zip(("by_a", "by_b", "by_c", "by_e"), found, strict=True))
    return SimpleNamespace(nodes=(e.data, c.data, b.data), **gradients)


@cache
def arriving(node):
    """Which gradient gives the node's own when multiplied by its local derivative."""
    known = tape((1.3, -0.4), 2.0, 0.7, (0.9, 2.1))
    (e, c, _b), found = known.nodes, (known.by_b, known.by_c, known.by_e)
    if node == "b":
        return OPTIONS.index(r"$\frac{\partial L}{\partial \hat{x}}$")
    at, function = {
        "c": (c, lambda t: 1 / t),
        "e": (e, lambda t: t**0.5),
        r"\sigma^2": (2.0, lambda t: t + 0.7),
    }[node]
    slope = (function(at * (1 + 1e-6)) - function(at * (1 - 1e-6))) / (2e-6 * at)
    own = found["bce".find(node)]  # the last one for the variance, which e only shifts
    gaps = [abs(above * slope - own) for above in (0.9, *found)]
    return int(np.argmin(gaps))


@cache
def possible():
    """The orders in which each node comes after all that the engine computed from it."""
    x = engine.Tensor(np.array([1.0, 4.0, -2.0]), requires_grad=True)
    mean = x.mean()
    variance = ((x - mean) ** 2).mean()
    c = (variance + 1.0).sqrt()
    b, a = 1 / c, x - mean
    tensors = (b, c, variance, a, mean, x)
    needs = [set() for _tensor in tensors]
    for n, tensor in enumerate(tensors):
        below = list(tensor._parents)
        for one in below:  # grows while it is read
            below.extend(one._parents)
            for found in (i for i, other in enumerate(tensors) if other is one):
                needs[found].add(n)
    return [
        candidate
        for candidate in permutations(range(len(tensors)))
        if all(needs[n] <= set(candidate[:i]) for i, n in enumerate(candidate))
    ]


@family.figure
def _():
    gates = (("a", "-"), ("v", r"\sigma^2"), ("e", "+"), ("c", r"\sqrt{\ }"), ("b", r"1/\cdot"))
    edges = [("x", "mu"), ("x", "a"), ("mu", "a"), ("x", "v"), ("mu", "v"), ("v", "e")]
    edges += [("eps", "e"), ("e", "c"), ("c", "b"), ("a", "xhat"), ("b", "xhat"), ("xhat", "end")]
    named = {name: name for name, _symbol in gates} | {"v": r"\sigma^2"}
    return Graph(
        alt="The graph: mu from x; a from x and mu; sigma^2 from x and mu; e from sigma^2 and eps; "
        "c from e; b from c; x hat from a and b.",
        nodes=(
            Node("x", "x", "input"),
            Node("eps", r"\epsilon", "input"),
            Node("mu", r"\mu"),
            *(Node(name, symbol) for name, symbol in gates),
            Node("xhat", r"\times"),
            Node("end", r"\hat{x}", "output"),
        ),
        edges=tuple((start, end, named.get(start, "")) for start, end in edges),
    )


@family.working
def _(a, g):
    return {
        "users": dict(USED_BY),
        "m": len(a),
        "names": NODES,
        "products": a * g,
    }
