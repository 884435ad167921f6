"""Reverse sweep through a scalar graph.

Trap: dropping the upstream gradient, not swapping at a product, keeping one branch of several.
Reference: Rumelhart, Hinton and Williams (1986); Baydin et al. (2018), section 3.2.
Source: S0-52, S0-53, S0-54, S0-55.
"""

from functools import cache, lru_cache

from partialcredit import engine
from partialcredit.engine.tensor import apply
from partialcredit.family import Family
from partialcredit.figures import Graph, Node
from partialcredit.grading import Array, Expression, Real
from partialcredit.notation import factor, number
from partialcredit.solvers import graph

family = Family(
    conventions=[
        r"{% if 'sigmoid' in nodes|string %}$\sigma(t) = 1/(1 + e^{-t})${% endif %}",
        "Gradient descent changes all inputs at once, against the gradient, and then stops",
    ],
    hidden=["nodes"],
)

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
    for name, slot, *letters in shape:
        arguments = [names.get(letter, letter) for letter in letters]
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
            *draw.by_level(("0.1", "0.5", "1"), ("0.1", "0.01"), ("0.1", "0.05", "0.2"))
        ),
    }


def named(inputs, nodes, forward):
    return dict(zip(["x", "y", "z", *(n[0] for n in nodes)], (*inputs, *forward), strict=True))


def sweep(inputs, nodes, forward, rules=graph.LOCAL, **how):
    local = graph.local_gradients(nodes, named(inputs, nodes, forward), rules)
    found = graph.backward(nodes, local, {"f": 1}, **how)
    return tuple(found[name] for name in "xyz")


@family.part(lambda nodes: Array(shape=(len(nodes),), digits=4))
def forward(inputs, nodes):
    return tuple(graph.forward(nodes, dict(zip("xyz", inputs, strict=True))).values())[3:]


@family.part(Array(shape=(3,), digits=4), marks=3)
def gradient(inputs, nodes, forward):
    return sweep(inputs, nodes, forward)


@cache
def symbolic(nodes):
    """The inputs as letters, and all values of the graph in them."""
    from sympy import symbols  # the hard level alone pays for it

    inputs = symbols("x y z", positive=True)
    known = graph.forward(nodes, dict(zip("xyz", inputs, strict=True)))
    return inputs, tuple(known.values())[3:]


@cache
def formula_of(nodes, slip=""):
    from sympy import sympify

    inputs, known = symbolic(nodes)
    rules = UNSWAPPED if slip == "unswapped" else graph.LOCAL
    merge = {"merge": lambda first, _second: first} if slip == "one branch" else {}
    return sympify(sweep(inputs, nodes, known, rules, **merge)[0])


@family.part(Expression(symbols=dict.fromkeys("xyz", "positive")), marks=2, levels=["hard"])
def formula(nodes):
    return formula_of(nodes)


@family.part(Array(shape=(3,), digits=4))
def step(inputs, gradient, eta):
    return tuple(v - eta * g for v, g in zip(inputs, gradient, strict=True))


@family.part(Real(digits=4), levels=["easy", "medium"])
def value_after(nodes, step):
    return graph.forward(nodes, dict(zip("xyz", step, strict=True)))["f"]


@family.condition
def _(inputs, nodes, forward, gradient, step):
    after = graph.forward(nodes, dict(zip("xyz", step, strict=True)))
    numbers = [*forward, *gradient, *after.values()]
    tied = any(
        n[1] == "maximum" and len({known[a] for a in n[2:]}) == 1
        for known in (named(inputs, nodes, forward), after)
        for n in nodes
    )
    return not tied and all(abs(float(v)) < 2000 for v in numbers) and 0 not in gradient


UNSWAPPED = {**graph.LOCAL, "multiply": lambda _f, a, b: (a, b)}
SCALING_SUM = {**graph.LOCAL, "add": lambda _f, a, b: (a, b)}


@gradient.mistake("product not swapped", "Each factor receives the other factor, not itself.")
def _(inputs, nodes, forward):
    return sweep(inputs, nodes, forward, UNSWAPPED)


@gradient.mistake("sum scaled by its terms", "A sum passes the gradient on unchanged.")
def _(inputs, nodes, forward):
    return sweep(inputs, nodes, forward, SCALING_SUM)


@gradient.mistake(
    "no upstream gradient", "Multiply each local gradient by the gradient that arrives from above."
)
def _(inputs, nodes, forward):
    return sweep(inputs, nodes, forward, chain=lambda _upstream, slope: slope)


@gradient.mistake("one branch only", "A value used more than once adds up all its branches.")
def _(inputs, nodes, forward):
    return sweep(inputs, nodes, forward, merge=lambda first, _second: first)


@formula.mistake("one branch only", "A value used more than once adds up all its branches.")
def _(nodes):
    return formula_of(nodes, "one branch")


@formula.mistake("product not swapped", "Each factor receives the other factor, not itself.")
def _(nodes):
    return formula_of(nodes, "unswapped")


@step.mistake("went up", "Descent subtracts the learning rate times the gradient.")
def _(inputs, gradient, eta):
    return tuple(v + eta * g for v, g in zip(inputs, gradient, strict=True))


@step.mistake("learning rate left out", "Multiply the gradient by the learning rate first.")
def _(inputs, gradient):
    return tuple(v - g for v, g in zip(inputs, gradient, strict=True))


@value_after.mistake(
    "first-order estimate", "That is the linear estimate; put the new inputs into the graph."
)
def _(forward, gradient, eta):
    return forward[-1] - eta * sum(g * g for g in gradient)


@value_after.mistake("value before the step", "Use the new inputs.")
def _(forward):
    return forward[-1]


def run(inputs, nodes, letters="xyz"):
    """The graph on the engine's tape: its leaves and all its values, by name."""
    leaves = [engine.Tensor(float(v), requires_grad=True) for v in inputs]
    known = dict(zip(letters, leaves, strict=False))
    for name, gate, *names in nodes:
        t = [known[n] for n in names]
        known[name] = t[0] ** 2 if gate == "square" else apply(gate, tuple(t))
    return leaves, known


@lru_cache(maxsize=4)
def differentiated(inputs, nodes):
    leaves, known = run(inputs, nodes)
    known["f"].backward()
    return [leaf.grad for leaf in leaves]


def stepped(inputs, nodes, eta):
    slopes = differentiated(inputs, nodes)
    return [v - float(eta) * g for v, g in zip(inputs, slopes, strict=True)]


@forward.witness
def _(inputs, nodes):
    _leaves, known = run(inputs, nodes)
    return [known[n[0]].data for n in nodes]


@gradient.witness
def _(inputs, nodes):
    return differentiated(inputs, nodes)


@formula.witness
def _(nodes, point):
    return differentiated(tuple(point[name] for name in "xyz"), nodes)[0]


@step.witness
def _(inputs, nodes, eta):
    return stepped(inputs, nodes, eta)


@value_after.witness
def _(inputs, nodes, eta):
    return run(stepped(inputs, nodes, eta), nodes)[1]["f"].data


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


@family.figure
def _(nodes, inputs):
    return drawing(nodes, inputs)


def uses(nodes, local, found, name):
    """Where a value is used: the user, the gradient that arrives there, the local gradient."""
    steps = zip(graph.edges(nodes), local, strict=True)
    return [(target, found[target], slope) for (source, target), slope in steps if source == name]


def partial(f, x):
    return rf"\frac{{\partial {f}}}{{\partial {x}}}"


def lines(nodes, local, found, names, top="f"):
    """The chain rule at every name as TeX: in letters, with the numbers put in, and the sum."""
    written = {}
    for name in names:
        used = uses(nodes, local, found, name)
        letters = " + ".join(
            rf"{partial(top, t)} \cdot {partial(t, name)}" for t, _upstream, _slope in used
        )
        numbers = " + ".join(rf"{factor(u, 5)} \cdot {factor(slope, 5)}" for _t, u, slope in used)
        total = number(found[name], 5)
        written[name] = f"$$ {partial(top, name)} = {letters} = {numbers} = {total}. $$"
    return written


def put_in(node, known):
    """The right side of a step with the numbers put in."""
    write = number if node[1] in ("exp", "sigmoid", "maximum", "minimum", "divide") else factor
    return graph.expression(node[1], *[write(known[a], 5) for a in node[2:]])


@cache
def branches(nodes):
    """The uses of x with everything in letters, as TeX."""
    inputs, known = symbolic(nodes)
    local = graph.local_gradients(nodes, named(inputs, nodes, known))
    found = uses(nodes, local, graph.backward(nodes, local, {"f": 1}), "x")
    return [(target, number(upstream), number(slope)) for target, upstream, slope in found]


@family.working
def _(inputs, nodes, forward, level):
    known = named(inputs, nodes, forward)
    local = graph.local_gradients(nodes, known)
    found = graph.backward(nodes, local, {"f": 1})
    order = [*(n[0] for n in nodes[-2::-1]), "x", "y", "z"]
    return {
        "equations": [graph.equation(n) for n in nodes],
        "numbers": [put_in(n, known) for n in nodes],
        "lines": lines(nodes, local, found, order).values(),
        "branches": branches(nodes) if level == "hard" else (),
    }
