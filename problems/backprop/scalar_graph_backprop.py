"""Reverse sweep through a scalar graph.

Trap: dropping the upstream gradient, not swapping at a product, keeping one branch of several.
Reference: Rumelhart, Hinton and Williams (1986); Baydin et al. (2018), section 3.2.
Source: S0-52, S0-53, S0-54, S0-55.
"""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.notation import factor, number
from partialcredit.numbers.vectors import dot
from partialcredit.problems.backprop._graphs import (
    SCALING_SUM,
    UNSWAPPED,
    drawing,
    lines,
    rules,
    run,
    uses,
)
from partialcredit.solvers import graph, letters

family = Family(
    version=3,
    conventions=[
        r"{% if 'sigmoid' in nodes|string %}$\sigma(t) = 1/(1 + e^{-t})${% endif %}",
        "Gradient descent changes all inputs at once, against the gradient, and then stops",
    ],
    hidden=["nodes"],
)

#: Shapes without reuse (? a gate of one input, * of two) and shapes that use values again.
TREES = (
    ("u*ab", "v?u", "f*vc"),
    ("u?a", "v*ub", "f*vc"),
    ("u*ab", "v*uc", "f?v"),
    ("u?a", "v*bc", "f*uv"),
    ("u*ab", "v?u", "r?c", "f*vr"),
)

SHARED = (
    ("u add x y", "v multiply x z", "r divide u v", "s ? r", "f * s u"),
    ("u multiply x y", "v add x z", "r divide u v", "s ? r", "f * s x"),
    ("u ? x", "v add u y", "r multiply x z", "s divide r v", "f * s r"),
    ("u divide x y", "v ? u", "r multiply x v", "s add v z", "f * r s"),
    ("u multiply x y", "v add u z", "r divide u v", "s ? r", "f * s v"),
)


def tree(draw, inputs):
    """A tree whose gates suit the values that reach them, with at least one product."""
    shape, names = draw.choice(TREES), dict(zip("abc", draw.shuffle("xyz"), strict=True))
    product = draw.choice([node[0] for node in shape if node[1] == "*"])
    known, nodes = dict(zip("xyz", inputs, strict=True)), []
    for name, slot, *places in shape:
        arguments = [names.get(place, place) for place in places]
        size = abs(float(known[arguments[0]]))
        if slot == "?":
            gate = draw.choice(["square", *["exp", "sigmoid"] * (0 < size <= 3)])
        else:
            gate = "multiply" if name == product else draw.choice(["add", "subtract", "maximum"])
        nodes.append((name, gate, *arguments))
        known = graph.forward(nodes[-1:], known)
    return nodes


@family.sample
def sample(draw):
    inputs = draw.by_level(
        lambda: draw.sample([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6], 3),
        lambda: draw.sample([-3, -2, -1, 1, 2, 3, 4, 5], 3),
        lambda: draw.integers(3, 1, 6),
    )()
    if draw.level == "easy":
        gates, (a, b, c) = draw.shuffle(["add", "multiply"]), draw.shuffle("xyz")
        nodes = [("u", gates[0], a, b), ("f", gates[1], "u", c)]
    elif draw.level == "medium":
        nodes = tree(draw, inputs)
    else:
        slots = {
            "?": draw.choice(["square", "exp", "sigmoid"]),
            "*": draw.choice(["add", "subtract", "multiply"]),
        }
        nodes = [tuple(slots.get(w, w) for w in node.split()) for node in draw.choice(SHARED)]
    return {
        "inputs": inputs,
        "nodes": nodes,
        "eta": draw.decimal(
            *draw.by_level(("0.1", "0.2", "0.5"), ("0.1", "0.01"), ("0.1", "0.05", "0.2"))
        ),
    }


def named(inputs, nodes, forward):
    return dict(zip(["x", "y", "z", *(n[0] for n in nodes)], (*inputs, *forward), strict=True))


def sweep(inputs, nodes, forward, rules=graph.LOCAL, **how):
    local = graph.local_gradients(nodes, named(inputs, nodes, forward), rules)
    found = graph.backward(nodes, local, {"f": 1}, **how)
    return [found[name] for name in "xyz"]


def computed(nodes, inputs):
    """The values of all nodes."""
    return [*graph.forward(nodes, dict(zip("xyz", inputs, strict=True))).values()][3:]


@family.run
def slopes(inputs, nodes):
    leaves, known = run(inputs, nodes)
    known["f"].backward()
    return np.array([leaf.grad for leaf in leaves])


def asked(nodes):
    """Sums, products and squares of whole numbers are whole; the other gates ask for digits."""
    return 3 if {gate for _name, gate, *_places in nodes} & {"exp", "sigmoid", "divide"} else None


@family.part(lambda nodes: Array(shape=(len(nodes),), digits=asked(nodes)))
def forward(inputs, nodes):
    return computed(nodes, inputs)


@forward.witness
def _(inputs, nodes):
    _leaves, known = run(inputs, nodes)
    return [known[n[0]].data for n in nodes]


@family.part(lambda nodes: Array(shape=(3,), digits=asked(nodes)), marks=3)
def gradient(inputs, nodes, forward):
    return sweep(inputs, nodes, forward)


gradient.slips = rows(
    ("product not swapped", "Each factor receives the other factor, not itself.",
     lambda inputs, nodes, forward: sweep(inputs, nodes, forward, UNSWAPPED)),
    ("sum scaled by its terms", "A sum passes the gradient on unchanged.",
     lambda inputs, nodes, forward: sweep(inputs, nodes, forward, SCALING_SUM)),
    ("no upstream gradient",
     "Multiply each local gradient by the gradient that arrives from above.",
     lambda inputs, nodes, forward:
         sweep(inputs, nodes, forward, chain=lambda _upstream, slope: slope)),
    ("one branch only", "A value used more than once adds up all its branches.",
     lambda inputs, nodes, forward:
         sweep(inputs, nodes, forward, merge=lambda first, _second: first)),
    ("value of f", "What goes back is a gradient, not the value of f.",
     lambda forward: (forward[-1],) * 3),
)  # fmt: skip
gradient.witness(lambda slopes: slopes)


def in_letters(x, y, z, nodes, slip):
    """The derivative by x, as one who makes this slip finds it."""
    inputs = (x, y, z)
    rules = UNSWAPPED if slip == "unswapped" else graph.LOCAL
    merge = {"merge": lambda first, _second: first} if slip == "one branch" else {}
    return 0 * x + sweep(inputs, nodes, computed(nodes, inputs), rules, **merge)[0]


def derivative(nodes, slip=""):
    return letters.formula(in_letters, nodes=nodes, slip=slip)


@family.part(Expression(symbols=dict.fromkeys("xyz", "positive")), marks=2, levels=["hard"])
def formula(nodes):
    return derivative(nodes)


formula.slips = rows(
    ("one branch only", "A value used more than once adds up all its branches.",
     lambda nodes: derivative(nodes, "one branch")),
    ("product not swapped", "Each factor receives the other factor, not itself.",
     lambda nodes: derivative(nodes, "unswapped")),
)  # fmt: skip
formula.witness(lambda nodes, point: slopes([point[name] for name in "xyz"], nodes)[0])


@family.part(lambda nodes: Array(shape=(3,), digits=asked(nodes)))
def step(inputs, gradient, eta):
    return inputs - eta * gradient


step.slips = rows(
    ("went up", "Descent subtracts the learning rate times the gradient.",
     lambda inputs, gradient, eta: inputs + eta * gradient),
    ("learning rate left out", "Multiply the gradient by the learning rate first.",
     lambda inputs, gradient: inputs - gradient),
)  # fmt: skip
step.witness(lambda inputs, slopes, eta: inputs - eta * slopes)


@family.part(Real(digits=4), levels=["easy", "medium"])
def value_after(nodes, step):
    return computed(nodes, step)[-1]


value_after.slips = rows(
    ("first-order estimate", "That is the linear estimate; put the new inputs into the graph.",
     lambda forward, gradient, eta: forward[-1] - eta * dot(gradient, gradient)),
    ("value before the step", "Use the new inputs.", lambda forward: forward[-1]),
)  # fmt: skip
value_after.witness(
    lambda inputs, nodes, slopes, eta: run(inputs - eta * slopes, nodes)[1]["f"].data
)


@family.condition
def _(inputs, nodes, forward, gradient, step):
    after = computed(nodes, step)
    tied = any(
        n[1] == "maximum" and len({known[a] for a in n[2:]}) == 1
        for known in (named(inputs, nodes, forward), named(step, nodes, after))
        for n in nodes
    )
    numbers = [*forward, *gradient, *step, *after]
    return not tied and all(abs(float(v)) < 2000 for v in numbers) and 0 not in gradient


@family.figure
def _(nodes, inputs):
    return drawing(nodes, inputs)


def put_in(node, known):
    """The right side of a step with the numbers put in."""
    write = number if node[1] in ("exp", "sigmoid", "maximum", "minimum", "divide") else factor
    return graph.expression(node[1], *[write(known[a], 5) for a in node[2:]])


def branches(nodes):
    """The uses of x with everything in letters, as TeX."""
    inputs = letters.symbols("x y z")
    known = named(inputs, nodes, computed(nodes, inputs))
    local = graph.local_gradients(nodes, known)
    found = uses(nodes, local, graph.backward(nodes, local, {"f": 1}), "x")
    return [(target, written(upstream, slope)) for target, upstream, slope in found]


def written(*factors):
    """A product in letters as TeX, factors of 1 left out."""
    used = [v for v in factors if v != 1] or [1]
    texts = [number(v) for v in used]
    bare = [len(used) == 1 or not getattr(v, "is_Add", False) for v in used]
    for i, text in enumerate(texts):
        if not bare[i] or (i and text.startswith("-")):
            texts[i] = rf"\left( {text} \right)"
    return r" \cdot ".join(texts)


@family.working
def _(inputs, nodes, forward, level):
    known = named(inputs, nodes, forward)
    local = graph.local_gradients(nodes, known)
    found = graph.backward(nodes, local, {"f": 1})
    order = [*(n[0] for n in nodes[-2::-1]), "x", "y", "z"]
    return {
        "equations": [graph.equation(n) for n in nodes],
        "rules": rules(nodes),
        "numbers": [put_in(n, known) for n in nodes],
        "lines": lines(nodes, local, found, order).values(),
        "branches": branches(nodes) if level == "hard" else (),
    }
