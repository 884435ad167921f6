"""Scalar graphs as the families of this topic run, draw and write them."""

from itertools import pairwise

from partialcredit.engine.tensor import apply
from partialcredit.figures import Graph, Node
from partialcredit.numbers.notation import factor, number
from partialcredit.problems._tape import tensor
from partialcredit.solvers import graph

__all__ = [
    "ACTIVATIONS", "BOTH_WAYS", "SCALING_SUM", "UNSWAPPED",
    "drawing", "lines", "network", "partial", "rules", "run", "uses",
]  # fmt: skip

SYMBOLS = {
    "add": "+",
    "subtract": "-",
    "multiply": r"\times",
    "divide": r"\div",
    "maximum": r"\max",
    "minimum": r"\min",
    "square": r"(\,)^2",
    "exp": r"\exp",
    "sigmoid": r"\sigma",
}

#: The local gradients of every gate, as a sentence.
RULES = {
    "add": "a sum has the local gradients 1 and 1",
    "subtract": "a difference has the local gradients 1 and $-1$",
    "multiply": "at a product, the local gradient of each factor is the other factor",
    "divide": r"a quotient has $\frac{\partial}{\partial a} \frac{a}{b} = \frac{1}{b}$ and "
    r"$\frac{\partial}{\partial b} \frac{a}{b} = -\frac{a}{b^2}$",
    "maximum": "a maximum has the local gradient 1 for the input it picks and 0 for the other",
    "minimum": "a minimum has the local gradient 1 for the input it picks and 0 for the other",
    "square": "a square $a^2$ has the local gradient $2a$",
    "exp": "an exponential $e^a$ has the local gradient $e^a$",
    "sigmoid": r"the sigmoid $s = \sigma(a)$ has the local gradient $s (1 - s)$",
}

#: Rules of those who do not swap at a product, scale at a sum, or send a maximum's gradient twice.
UNSWAPPED = graph.LOCAL | {"multiply": lambda _f, a, b: (a, b)}
SCALING_SUM = graph.LOCAL | {"add": lambda _f, a, b: (a, b)}
BOTH_WAYS = graph.LOCAL | dict.fromkeys(("maximum", "minimum"), lambda _f, _a, _b: (1, 1))

#: Activations as TeX.
ACTIVATIONS = {"sigmoid": r"\sigma", "tanh": r"\tanh", "relu": r"\mathrm{ReLU}"}


def run(inputs, nodes, letters="xyz"):
    """The graph on the engine's tape: its leaves and all its values, by name."""
    leaves = [tensor(v, requires_grad=True) for v in inputs]
    known = dict(zip(letters, leaves, strict=False))
    for name, gate, *names in nodes:
        t = [known[n] for n in names]
        known[name] = t[0] ** 2 if gate == "square" else apply(gate, tuple(t))
    return leaves, known


def rules(nodes):
    """What the gates of a graph do to a gradient, as a sentence."""
    gates = {node[1] for node in nodes}
    text = "; ".join(rule for gate, rule in RULES.items() if gate in gates)
    return f"{text[0].upper()}{text[1:]}."


def drawing(nodes, inputs, letters="xyz"):
    """A graph of gates: inputs with their values, gates with their symbols."""
    given = dict(zip(letters, map(str, inputs), strict=False))
    listed = "; ".join(f"{n[0]} = {n[1]}({', '.join(n[2:])})" for n in nodes)
    inner = {n[0] for n in nodes}
    used = {a for n in nodes for a in n[2:]}
    ends = [n[0] for n in nodes if n[0] not in used]
    return Graph(
        alt=f"A computational graph: {listed}.",
        nodes=(
            *(Node(a, a, "input", given.get(a, "")) for a in sorted(used - inner)),
            *(Node(n[0], SYMBOLS[n[1]]) for n in nodes),
            *(Node(f"{name} end", name, "output") for name in ends),
        ),
        edges=(
            *((a, n[0], a if a in inner else "") for n in nodes for a in n[2:]),
            *((name, f"{name} end", "") for name in ends),
        ),
    )


def network(widths, activation):
    """A fully connected network with a sigmoid output: how wide its input and its layers are."""
    names = [["x"] if widths[0] == 1 else [f"x_{i + 1}" for i in range(widths[0])]]
    names += [[f"a^{{({n})}}_{i + 1}" for i in range(w)] for n, w in enumerate(widths[1:], 2)]
    units = [(name, ACTIVATIONS[activation]) for column in names[1:-1] for name in column]
    outputs = [(name, ACTIVATIONS["sigmoid"]) for name in names[-1]]
    return Graph(
        alt=f"A fully connected network without biases, {' to '.join(map(str, widths))} units; "
        f"the hidden units are {activation} and the output is sigmoid.",
        nodes=(
            *(Node(name, name, "input") for name in names[0]),
            *(Node(name, gate, "operation") for name, gate in units),
            *(Node(name, gate, "output") for name, gate in outputs),
        ),
        edges=tuple(
            (source, target, "")
            for before, after in pairwise(names)
            for target in after
            for source in before
        ),
    )


def uses(nodes, local, found, name):
    """Where a value is used: the user, the gradient that arrives there, the local gradient."""
    steps = zip(graph.edges(nodes), local, strict=True)
    return [(target, found[target], slope) for (source, target), slope in steps if source == name]


def partial(f, x):
    """The partial derivative of f with respect to x, as TeX."""
    return rf"\frac{{\partial {f}}}{{\partial {x}}}"


def lines(nodes, local, found, names, top=""):
    """The chain rule at every name as TeX: in letters, with the numbers put in, and the sum.

    What arrives at v is written as the derivative of ``top`` with respect to v, or as v with a bar.
    """

    def arriving(name):
        return partial(top, name) if top else rf"\bar{{{name}}}"

    written = {}
    for name in names:
        used = uses(nodes, local, found, name)
        letters = " + ".join(
            rf"{arriving(t)} \cdot {partial(t, name)}" for t, _upstream, _slope in used
        )
        numbers = " + ".join(rf"{factor(u, 5)} \cdot {factor(slope, 5)}" for _t, u, slope in used)
        total = number(found[name], 5)
        written[name] = f"$$ {arriving(name)} = {letters} = {numbers} = {total}. $$"
    return written
