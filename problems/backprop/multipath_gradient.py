"""Gradient of a value that is used more than once.

Trap: following one path only, or multiplying or averaging the paths.
Reference: Baydin et al. (2018), "Automatic differentiation in machine learning", section 3.2.
Source: S0-57.
"""

from itertools import combinations, pairwise
from math import prod

from partialcredit.engine.tensor import apply
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Real
from partialcredit.numbers.notation import factor, number
from partialcredit.numbers.rationals import rational
from partialcredit.problems._kinds import shaped
from partialcredit.problems._tape import tensor
from partialcredit.problems.backprop._graphs import UNSWAPPED, drawing, partial, rules, run
from partialcredit.solvers import graph
from partialcredit.solvers.letters import symbols

family = Family(version=3, hidden=["nodes"])

#: Graphs by level, the value that is used more than once first; * is a sum or a difference.
GRAPHS = {
    "easy": (
        "u multiply x y; v square x; s * u v; f multiply s z",
        "u multiply x y; s * u x; f multiply s z",
        "u square x; v multiply u y; s multiply x z; f * v s",
        "u * x y; v multiply u x; f multiply v z",
    ),
    "medium": (
        "u multiply x y; v square x; r multiply x z; s * u v; f multiply s r",
        "u * x y; v multiply u x; r multiply v x; f add r z",
        "u square x; v multiply x y; r * u v; s multiply r x; f add s z",
        "u * x y; v * x z; r multiply u v; f multiply r x",
    ),
    "hard": (
        "r multiply x y; u add x r; s multiply u z; f * u s",  # two residual blocks
        "r square x; u * x r; s multiply u y; v add u s; f multiply v z",
        "h multiply w x; p multiply w h; q * p y; r multiply w q; f add r z",  # a recurrence
        "u multiply w x; v multiply w y; r multiply w z; s multiply u v; f * s r",  # a filter
    ),
}


@family.sample
def sample(draw):
    sign = draw.choice(["add", "subtract"])
    text = draw.choice(GRAPHS[draw.level]).replace("*", sign)
    letters = "wxyz" if " w " in text else "xyz"
    size = draw.by_level(8, 8, 6)
    return {
        "nodes": [node.split() for node in text.split("; ")],
        "letters": letters,
        "inputs": [draw.choice([-1, 1]) * draw.integer(2, size) for _ in letters],
    }


@family.condition
def _(contributions):
    small = all(0 < abs(part) < 5000 for part in contributions)
    return small and 0 != abs(sum(contributions)) < 5000


def slopes(nodes, letters, inputs, rules=graph.LOCAL):
    """For every path the local gradients met on it."""
    values = graph.forward(nodes, dict(zip(letters, inputs, strict=True)))
    local = graph.local_gradients(nodes, values, rules)
    return [graph.along(nodes, local, p) for p in graph.paths(nodes, letters[0], "f")]


@family.derive
def met(nodes, letters, inputs):
    return slopes(nodes, letters, inputs)


@family.derive
def terms(nodes, letters):
    """The contributions of the paths with the inputs as letters."""
    return [*map(prod, slopes(nodes, letters, symbols(" ".join(letters))))]


@family.part(lambda contributions: shaped(contributions), marks=2)
def contributions(met):
    return [*map(prod, met)]


contributions.slips = rows(
    ("product not swapped", "Each factor receives the other factor.",
     lambda nodes, letters, inputs: [*map(prod, slopes(nodes, letters, inputs, UNSWAPPED))]),
    ("first gate only", "Multiply the local gradients all the way up to f.",
     lambda met: [slopes[0] for slopes in met]),
    ("last gate only", "Multiply the local gradients all the way down.",
     lambda met: [slopes[-1] for slopes in met]),
)  # fmt: skip


@contributions.witness
def _(nodes, letters, inputs):
    uses = {n[0]: n[2:] for n in nodes}
    inner = [n[0] for n in nodes[:-1]]
    order = {name: i for i, name in enumerate((letters[0], *inner, "f"))}
    tried = [
        (letters[0], *chosen, "f") for k in range(len(nodes)) for chosen in combinations(inner, k)
    ]
    tried.sort(key=lambda path: [order[name] for name in path])
    paths = [p for p in tried if all(a in uses[b] for a, b in pairwise(p))]
    return [along(path, nodes, letters, inputs) for path in paths]


@family.part(Real())
def total(contributions):
    return sum(contributions)


total.slips = rows(
    ("one path only", "Every path contributes: add them all.",
     lambda contributions: contributions[0]),
    ("last path only", "Every path contributes: add them all.",
     lambda contributions: contributions[-1]),
    ("product of the paths", "Multiply along a path, but add the paths.",
     lambda contributions: prod(contributions)),
    ("average of the paths", "The paths are added, not averaged.",
     lambda contributions: rational(1, len(contributions)) * sum(contributions)),
    ("signs ignored", "The contributions are added with their signs.",
     lambda contributions: sum(map(abs, contributions))),
    ("first path left out", "Every path contributes: add them all.",
     lambda contributions: sum(contributions[1:])),
    ("last path left out", "Every path contributes: add them all.",
     lambda contributions: sum(contributions[:-1])),
)  # fmt: skip
total.witness(lambda nodes, letters, inputs: differentiated(nodes, letters, inputs))


@family.part(
    lambda letters: Expression(symbols=dict.fromkeys(letters, "real")), marks=2, levels=["hard"]
)
def formula(terms):
    return sum(terms)


formula.slips = rows(
    ("one path only", "Every path contributes: add them all.", lambda terms: terms[0]),
    ("average of the paths", "The paths are added, not averaged.",
     lambda formula, terms: formula / len(terms)),
)  # fmt: skip
formula.witness(
    lambda nodes, letters, point: differentiated(nodes, letters, [point[name] for name in letters])
)


def along(path, nodes, letters, inputs):
    """The engine's gradient when every edge off one path is cut."""
    leaves = [tensor(v, requires_grad=True) for v in inputs]
    known, kept = dict(zip(letters, leaves, strict=True)), set(pairwise(path))
    for name, gate, *names in nodes:
        t = [known[n] if (n, name) in kept else known[n].detach() for n in names]
        known[name] = t[0] ** 2 if gate == "square" else apply(gate, tuple(t))
    known["f"].backward()
    return leaves[0].grad


def differentiated(nodes, letters, inputs):
    leaves, known = run(inputs, nodes, letters)
    known["f"].backward()
    return leaves[0].grad


@family.figure
def _(nodes, letters, inputs):
    return drawing(nodes, inputs, letters)


@family.working
def _(nodes, letters, inputs, met, contributions, level, terms):
    values = graph.forward(nodes, dict(zip(letters, inputs, strict=True)))
    paths = graph.paths(nodes, letters[0], "f")
    return {
        "named": list(zip(letters, inputs, strict=True)),
        "equations": [graph.equation(n) for n in nodes],
        "rules": rules(nodes),
        "values": [(n[0], values[n[0]]) for n in nodes],
        "paths": [r" \to ".join(path) for path in paths],
        "lines": [
            " ".join(partial(b, a) for a, b in pairwise(path))
            + " = "
            + r" \cdot ".join(map(factor, slopes))
            + f" = {number(part)}"
            if len(slopes) > 1  # one partial derivative would look like the total one
            else rf"\text{{the local gradient alone, }} {number(part)}"
            for path, slopes, part in zip(paths, met, contributions, strict=True)
        ],
        "terms": [*map(number, terms)] if level == "hard" else (),
    }
