"""Gradients at gates.

Trap: not swapping at a product, sending a maximum's gradient both ways, scaling it at a sum.
Reference: Baydin et al. (2018), "Automatic differentiation in machine learning", section 3.2.
Source: S0-56.
"""

from functools import cache

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Integer
from partialcredit.problems.backprop._graphs import drawing, lines, rules, run
from partialcredit.solvers import graph

family = Family(
    conventions=[
        "{% if nodes|length > 2 %}Equal inputs of a maximum or a minimum receive half of the "
        "gradient each{% endif %}"
    ],
    hidden=["nodes"],
)


@family.sample
def sample(draw):
    if draw.level == "hard":
        c = draw.nonzero(-4, 6)
        d = c if draw.chance(0.5) else draw.nonzero(-4, 6)
        m, r = draw.choice(["maximum", "minimum"]), draw.choice(["add", "subtract"])
        nodes = [("q", "divide", "a", "b"), ("m", m, "c", "d")]
        nodes += [("p", "multiply", "q", "m"), ("r", r, "q", "m")]
        inputs = (draw.nonzero(-9, 9), draw.choice([-5, -4, -2, 2, 4, 5]), c, d)
        return {"nodes": nodes, "inputs": inputs, "upstream": draw.sample((-3, -2, 2, 3, 4, 5), 2)}
    gates = draw.shuffle(["add", "multiply", "multiply", "maximum"])
    nodes = [("f", gates[0], "a", "b")]
    if draw.level == "medium":
        nodes = [("q", gates[0], "a", "b"), ("f", gates[1], "q", "c")]
    inputs = draw.sample([*range(-12, -1), *range(2, 13)], len(nodes) + 1)
    return {
        "nodes": nodes,
        "inputs": inputs,
        "upstream": (draw.choice([*range(-9, -1), *range(2, 10)]),),
    }


@family.condition
def _(nodes, inputs):
    known = values(nodes, inputs)
    apart = nodes[:1] if len(nodes) > 2 else nodes
    return all(known[n[2]] != known[n[3]] for n in apart)


def values(nodes, inputs):
    return graph.forward(nodes, dict(zip("abcd", inputs, strict=False)))


def outputs(nodes, upstream):
    return dict(zip([n[0] for n in nodes][-len(upstream) :], upstream, strict=True))


def sent(nodes, local, upstream, names, **how):
    found = graph.backward(nodes, local, outputs(nodes, upstream), **how)
    return tuple(found[name] for name in names)


def array(count, nodes):
    return Array(shape=(count,), digits=4 if len(nodes) > 2 else None)


@family.part(lambda nodes: array(2 * len(nodes), nodes))
def local(nodes, inputs):
    return graph.local_gradients(nodes, values(nodes, inputs))


def unswapped(nodes, inputs):
    rules = {**graph.LOCAL, "multiply": lambda _f, a, b: (a, b)}
    return graph.local_gradients(nodes, values(nodes, inputs), rules)


def both_ways(nodes, inputs):
    rules = {**graph.LOCAL, **dict.fromkeys(("maximum", "minimum"), lambda _f, _a, _b: (1, 1))}
    return graph.local_gradients(nodes, values(nodes, inputs), rules)


def scaled_sum(nodes, inputs):
    rules = {**graph.LOCAL, "add": lambda _f, a, b: (a, b)}
    return graph.local_gradients(nodes, values(nodes, inputs), rules)


local.slips = rows(
    ("product not swapped", "Each factor receives the other factor, not itself.", unswapped),
    ("both ways", "A maximum or minimum passes the gradient to the input it picks.", both_ways),
    ("sum scaled by its terms", "A sum passes the gradient on unchanged.", scaled_sum),
)  # fmt: skip


@local.witness
def _(nodes, inputs):
    _leaves, known = run(inputs, nodes, "abcd")
    slopes = []
    for gate in nodes:
        pair, out = run([known[n].data for n in gate[2:]], [(*gate[:2], "a", "b")], "ab")
        slopes += engine.grad(out[gate[0]], pair)
    return [slope.data for slope in slopes]


def at_inner(nodes, local, upstream, **how):
    """What arrives at the inner values: a number where there is one of them."""
    found = sent(nodes, local, upstream, [n[0] for n in nodes][: len(nodes) // 2], **how)
    return found if len(found) > 1 else found[0]


@family.part(
    lambda nodes: Array(shape=(2,), digits=4) if len(nodes) > 2 else Integer(),
    levels=["medium", "hard"],
)
def arriving(nodes, local, upstream):
    return at_inner(nodes, local, upstream)


arriving.slips = rows(
    ("no upstream gradient",
     "Multiply by the gradient that arrives from above.",
     lambda nodes, local, upstream: at_inner(nodes, local, upstream, chain=lambda _upstream, slope: slope)),
    ("one branch only",
     "A value sent to two gates adds up what comes back.",
     lambda nodes, local, upstream: at_inner(nodes, local, upstream, merge=lambda _first, second: second)),
    ("the other branch only",
     "A value sent to two gates adds up what comes back.",
     lambda nodes, local, upstream: at_inner(nodes, local, upstream, merge=lambda first, _second: first)),
)  # fmt: skip


@arriving.witness
def _(nodes, inputs, upstream):
    _leaves, known, total = tape(nodes, inputs, upstream)
    inner = [known[n[0]] for n in nodes][: len(nodes) // 2]
    slopes = [slope.data for slope in engine.grad(total, inner)]
    return slopes if len(slopes) > 1 else slopes[0]


@family.part(lambda nodes, inputs: array(len(inputs), nodes), marks=2)
def outgoing(nodes, inputs, local, upstream):
    return sent(nodes, local, upstream, "abcd"[: len(inputs)])


def no_upstream_gradient(nodes, inputs, local, upstream):
    names = "abcd"[: len(inputs)]
    return sent(nodes, local, upstream, names, chain=lambda _upstream, slope: slope)


def one_branch_only(nodes, inputs, local, upstream):
    names = "abcd"[: len(inputs)]
    return sent(nodes, local, upstream, names, merge=lambda _first, second: second)


outgoing.slips = rows(
    ("product not swapped",
     "Each factor receives the other factor, not itself.",
     lambda nodes, inputs, upstream: sent(nodes, unswapped(nodes, inputs), upstream, "abcd"[: len(inputs)])),
    ("both ways",
     "A maximum or minimum passes the gradient to the input it picks.",
     lambda nodes, inputs, upstream: sent(nodes, both_ways(nodes, inputs), upstream, "abcd"[: len(inputs)])),
    ("sum scaled by its terms",
     "A sum passes the gradient on unchanged.",
     lambda nodes, inputs, upstream: sent(nodes, scaled_sum(nodes, inputs), upstream, "abcd"[: len(inputs)])),
    ("no upstream gradient", "Multiply by the gradient that arrives from above.",
     no_upstream_gradient),
    ("one branch only", "A value sent to two gates adds up what comes back.", one_branch_only),
    ("passed on unchanged",
     "Only a sum passes the gradient on unchanged.",
     lambda nodes, inputs, upstream: sent(nodes, [1] * (2 * len(nodes)), upstream, "abcd"[: len(inputs)])),
)  # fmt: skip


@outgoing.witness
def _(nodes, inputs, upstream):
    leaves, _known, total = tape(nodes, inputs, upstream)
    total.backward()
    return [leaf.grad for leaf in leaves]


@cache
def letters():
    from sympy import symbols

    return symbols("a b g", real=True)


@family.part(
    Expression(symbols={"a": "real", "b": "positive", "g": "real"}), marks=2, levels=["hard"]
)
def formula():
    return formula_of()


def gradient_of_the_numerator():
    _a, b, g = letters()
    return g / b


formula.slips = rows(
    ("lost the sign", "A larger denominator makes the quotient smaller: minus.",
     lambda formula: -formula),
    ("denominator not squared", "The derivative of 1/b is -1/b^2.",
     lambda formula: formula * letters()[1]),
    ("gradient of the numerator", "That is what the numerator receives.",
     gradient_of_the_numerator),
)  # fmt: skip


@formula.witness
def _(point):
    (_a, b), known = run([point["a"], point["b"]], [("q", "divide", "a", "b")], "ab")
    known["q"].backward(point["g"])
    return b.grad


@cache
def formula_of():
    a, b, g = letters()
    return g * graph.LOCAL["divide"](a / b, a, b)[1]


def tape(nodes, inputs, upstream):
    """The engine's leaves, its values, and the sum of the outputs weighted by what arrives."""
    leaves, known = run(inputs, nodes, "abcd")
    return leaves, known, sum(g * known[f] for f, g in outputs(nodes, upstream).items())


@family.figure
def _(nodes, inputs):
    return drawing(nodes, inputs, "abcd")


@family.working
def _(nodes, inputs, local, upstream):
    known = values(nodes, inputs)
    found = graph.backward(nodes, local, outputs(nodes, upstream))
    inner = [n[0] for n in nodes if n[0] not in outputs(nodes, upstream)]
    return {
        "named": list(zip("abcd", inputs, strict=False)),
        "equations": [graph.equation(n) for n in nodes],
        "outputs": outputs(nodes, upstream),
        "known": known,
        "rules": rules(nodes),
        "slopes": list(zip(graph.edges(nodes), local, strict=True)),
        "inner": inner,
        "lines": lines(nodes, local, found, (*inner, *"abcd"[: len(inputs)]), "L"),
    }
