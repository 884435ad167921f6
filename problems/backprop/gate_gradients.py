"""Gradients at gates.

Trap: not swapping at a product, sending a maximum's gradient both ways, scaling it at a sum.
Reference: Baydin et al. (2018), "Automatic differentiation in machine learning", section 3.2.
Source: S0-56.
"""

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Integer
from partialcredit.problems.backprop._graphs import (
    BOTH_WAYS,
    SCALING_SUM,
    UNSWAPPED,
    drawing,
    lines,
    rules,
    run,
)
from partialcredit.solvers import graph, letters

family = Family(
    version=3,
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


@family.derive
def known(nodes, inputs):
    return graph.forward(nodes, dict(zip("abcd", inputs, strict=False)))


@family.derive
def names(inputs):
    return "abcd"[: len(inputs)]


@family.derive
def outputs(nodes, upstream):
    """What arrives at the outputs, by name."""
    return dict(zip([n[0] for n in nodes][-len(upstream) :], upstream, strict=True))


@family.run
def tape(nodes, inputs, upstream):
    """The engine's leaves, its values, and the sum of the outputs weighted by what arrives."""
    leaves, known = run(inputs, nodes, "abcd")
    return leaves, known, sum(g * known[f] for f, g in outputs(nodes, upstream).items())


@family.condition
def _(nodes, known):
    apart = nodes[:1] if len(nodes) > 2 else nodes
    return all(known[n[2]] != known[n[3]] for n in apart)


def array(count, nodes):
    return Array(shape=(count,), digits=3 if len(nodes) > 2 else None)


@family.part(lambda nodes: array(2 * len(nodes), nodes))
def local(nodes, known):
    return graph.local_gradients(nodes, known)


local.slips = rows(
    ("product not swapped", "Each factor receives the other factor, not itself.",
     lambda nodes, known: graph.local_gradients(nodes, known, UNSWAPPED)),
    ("both ways", "A maximum or minimum passes the gradient to the input it picks.",
     lambda nodes, known: graph.local_gradients(nodes, known, BOTH_WAYS)),
    ("sum scaled by its terms", "A sum passes the gradient on unchanged.",
     lambda nodes, known: graph.local_gradients(nodes, known, SCALING_SUM)),
)  # fmt: skip


@local.witness
def _(nodes, tape):
    slopes = []
    for gate in nodes:
        pair, out = run([tape[1][n].data for n in gate[2:]], [(*gate[:2], "a", "b")], "ab")
        slopes += engine.grad(out[gate[0]], pair)
    return [slope.data for slope in slopes]


def sent(nodes, local, outputs, names, **how):
    """What the reverse sweep sends to these values."""
    found = graph.backward(nodes, local, outputs, **how)
    return [found[name] for name in names]


def at_inner(nodes, local, outputs, **how):
    """What arrives at the inner values: a number where there is one of them."""
    found = sent(nodes, local, outputs, [n[0] for n in nodes][: len(nodes) // 2], **how)
    return found if len(found) > 1 else found[0]


def slope_alone(_upstream, slope):
    return slope


def second_alone(_first, second):
    return second


@family.part(
    lambda nodes: Array(shape=(2,), digits=3) if len(nodes) > 2 else Integer(),
    levels=["medium", "hard"],
)
def arriving(nodes, local, outputs):
    return at_inner(nodes, local, outputs)


arriving.slips = rows(
    ("no upstream gradient", "Multiply by the gradient that arrives from above.",
     lambda nodes, local, outputs: at_inner(nodes, local, outputs, chain=slope_alone)),
    ("one branch only", "A value sent to two gates adds up what comes back.",
     lambda nodes, local, outputs: at_inner(nodes, local, outputs, merge=second_alone)),
    ("the other branch only", "A value sent to two gates adds up what comes back.",
     lambda nodes, local, outputs:
         at_inner(nodes, local, outputs, merge=lambda first, _second: first)),
)  # fmt: skip


@arriving.witness
def _(nodes, tape):
    _leaves, known, total = tape
    inner = [known[n[0]] for n in nodes][: len(nodes) // 2]
    slopes = [slope.data for slope in engine.grad(total, inner)]
    return slopes if len(slopes) > 1 else slopes[0]


@family.part(lambda nodes, inputs: array(len(inputs), nodes), marks=2)
def outgoing(nodes, names, local, outputs):
    return sent(nodes, local, outputs, names)


outgoing.slips = rows(
    ("no upstream gradient", "Multiply by the gradient that arrives from above.",
     lambda nodes, names, local, outputs: sent(nodes, local, outputs, names, chain=slope_alone)),
    ("one branch only", "A value sent to two gates adds up what comes back.",
     lambda nodes, names, local, outputs: sent(nodes, local, outputs, names, merge=second_alone)),
    ("passed on unchanged", "Only a sum passes the gradient on unchanged.",
     lambda nodes, names, outputs: sent(nodes, [1] * (2 * len(nodes)), outputs, names)),
)  # fmt: skip


@outgoing.witness
def _(tape):
    leaves, _known, total = tape
    return [slope.data for slope in engine.grad(total, leaves)]


@family.part(
    Expression(symbols={"a": "real", "b": "positive", "g": "real"}), marks=2, levels=["hard"]
)
def formula():
    return letters.formula(lambda a, b, g: g * graph.LOCAL["divide"](a / b, a, b)[1])


formula.slips = rows(
    ("lost the sign", "A larger denominator makes the quotient smaller: minus.",
     lambda formula: -formula),
    ("denominator not squared", "The derivative of 1/b is -1/b^2.",
     lambda formula: formula * letters.symbols("b")),
    ("gradient of the numerator", "That is what the numerator receives.",
     lambda: letters.formula(lambda b, g: g / b)),
)  # fmt: skip


@formula.witness
def _(point):
    (_a, b), known = run([point["a"], point["b"]], [("q", "divide", "a", "b")], "ab")
    known["q"].backward(point["g"])
    return b.grad


@family.figure
def _(nodes, inputs):
    return drawing(nodes, inputs, "abcd")


@family.working
def _(nodes, inputs, names, outputs, local):
    found = graph.backward(nodes, local, outputs)
    inner = [n[0] for n in nodes if n[0] not in outputs]
    return {
        "named": list(zip(names, inputs, strict=True)),
        "equations": [graph.equation(n) for n in nodes],
        "rules": rules(nodes),
        "slopes": list(zip(graph.edges(nodes), local, strict=True)),
        "inner": inner,
        "lines": lines(nodes, local, found, (*inner, *names), "L"),
    }
