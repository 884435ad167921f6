"""What one threshold neuron can compute, and what needs two layers.

Trap: firing at zero, leaving out the bias, taking exclusive or for separable, firing where the
neuron should be silent.
Reference: Rosenblatt (1958), "The perceptron"; Minsky and Papert (1969), "Perceptrons".
Source: S0-05, S0-06.
"""

from functools import cache, partial
from itertools import combinations_with_replacement, product

import numpy as np

from partialcredit.engine import Tensor
from partialcredit.engine.functional import linear, relu
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Interval, Satisfies, Text, TrueFalse
from partialcredit.numbers.values import Span
from partialcredit.numbers.vectors import dot
from partialcredit.solvers import backprop, perceptrons

family = Family(
    conventions=[
        "a threshold neuron fires (its output is 1) when $w^\\top x + b > 0$; otherwise its output "
        "is 0",
        "{% if level == 'medium' %}binary inputs are taken in the order 000, 001, 010, 011, 100, "
        "101, 110, 111{% else %}two binary inputs are taken in the order 00, 01, 10, 11{% endif %}"
        "{% if level == 'hard' %}, and three in the order 000, 001, 010, 011, 100, 101, 110, 111"
        "{% endif %}",
    ],
    version=3,
)

XOR, XNOR = (0, 1, 1, 0), (1, 0, 0, 1)


def table(draw, n):
    if n == 2 and draw.chance(0.4):
        return draw.choice(["0110", "1001"])
    return "".join(str(draw.integer(0, 1)) for _ in range(2**n))


@family.sample
def sample(draw):
    tables = [table(draw, draw.by_level(2, 3, 3)) for _ in range(3)]
    if draw.level == "hard":
        units = [[draw.nonzero(-3, 3)] * 2 for _ in range(2)]
        v = [draw.nonzero(-4, 4) for _ in range(2)]
        return {"W": units, "c": draw.integers(2, -4, 4), "v": v, "tables": tables}
    w = [draw.nonzero(-7, 7) for _ in range(draw.by_level(2, 3, 0))]
    scores = perceptrons.scores(w)
    b = draw.integer(1 - max(scores), -min(scores))  # fires somewhere, but not everywhere
    target = draw.choice([t for t in teachable(len(w)) if t not in tables])
    return {"W": [w], "b": b, "c": (0,), "v": (1,), "tables": tables, "target": target}


@cache
def teachable(n):
    """The tables that a neuron can compute, without the two that ignore their inputs."""
    tables = ["".join(bits) for bits in product("01", repeat=2**n)]
    return tuple(t for t in tables if len(set(t)) == 2 and perceptrons.separable(t))


@family.condition
def _(W, c, v, tables):
    if len(set(tables)) < len(tables):
        return False
    if len(W) == 1:
        return True
    found = perceptrons.network_scores(W, c, v)
    return found[1] > max(found[0], found[3]) or found[1] < min(found[0], found[3])


@family.derive
def sums(W):
    """The values w^T x of a single neuron at all inputs."""
    return perceptrons.scores(W[0])


@family.run
def fired(W, b):
    unit = linear(*(Tensor(a, dtype="float64") for a in (corners(len(W[0])), W, [b])))
    return (unit.data[:, 0] > 0).astype(int)


@family.run
def network(W, c, v):
    """The engine's two layers at all inputs."""
    hidden = linear(*(Tensor(a, dtype="float64") for a in (corners(2), W, c)))
    return linear(relu(hidden), Tensor([v], dtype="float64")).data[:, 0]


@family.part(lambda W: Array(shape=(2 ** len(W[0]),)), levels=["easy", "medium"])
def outputs(sums, b):
    return perceptrons.firing(sums, b)


outputs.slips = rows(
    ("fires at zero", "At w^T x + b = 0 the neuron does not fire.",
     lambda sums, b: [int(s + b >= 0) for s in sums]),
    ("bias left out", "Add b before comparing with 0.", lambda sums: perceptrons.firing(sums, 0)),
    ("reversed", "The neuron fires where w^T x + b is positive.", lambda outputs: 1 - outputs),
    ("values instead of outputs", "The output is 0 or 1.", lambda sums, b: sums + b),
    ("bias subtracted", "Add b before comparing with 0.",
     lambda sums, b: perceptrons.firing(sums, -b)),
)  # fmt: skip
outputs.witness(lambda fired: fired)


@family.part(Interval(), marks=2, levels=["easy", "medium"])
def biases(sums, outputs):
    return spanned(perceptrons.bias_interval(sums, outputs))


def ends_exchanged(spans):
    return (spans[0]._replace(low_closed=True, high_closed=False),)


def sign_lost(spans):
    return (Span(-spans[0].high, -spans[0].low, True, False),)


def both_excluded(spans):
    return (spans[0]._replace(high_closed=False),)


biases.slips = rows(
    ("ends exchanged", "At w^T x + b = 0 the neuron does not fire: check the ends.",
     lambda biases: ends_exchanged(biases)),
    ("sign lost", "The bias is added: b > -w^T x where the neuron fires.",
     lambda biases: sign_lost(biases)),
    ("both ends excluded", "With w^T x + b = 0 the neuron is silent, as it should be.",
     lambda biases: both_excluded(biases)),
)  # fmt: skip


@biases.witness
def _(W, fired):
    values = corners(len(W[0])) @ np.array(W[0])
    return scanned(values, lambda fires: (fires == fired[:, None]).all(axis=0))


@family.part(Array(shape=(4,)), marks=2, levels=["hard"])
def scores(W, c, v):
    return perceptrons.network_scores(W, c, v)


scores.slips = rows(
    ("no ReLU", "Negative values of the hidden units become 0.",
     lambda W, c, v: [dot(backprop.affine(W, x, c), v) for x in perceptrons.inputs(2)]),
    ("biases left out", "Add the biases of the hidden units before the ReLU.",
     lambda W, v: perceptrons.network_scores(W, (0, 0), v)),
    ("hidden units added", "Weight the hidden units by v.",
     lambda W, c: perceptrons.network_scores(W, c, (1, 1))),
)  # fmt: skip
scores.witness(lambda network: network)


@family.part(Interval(), marks=2, levels=["hard"])
def thresholds(scores):
    return spanned(perceptrons.bias_interval(scores, wanted(scores)))


thresholds.slips = rows(
    ("ends exchanged", "At v^T h + b = 0 the network does not fire.",
     lambda thresholds: ends_exchanged(thresholds)),
    ("sign lost", "The bias is added: b > -v^T h where the network fires.",
     lambda thresholds: sign_lost(thresholds)),
    ("both ends excluded", "With v^T h + b = 0 the network is silent, as it should be.",
     lambda thresholds: both_excluded(thresholds)),
)  # fmt: skip
thresholds.witness(
    lambda network: scanned(network, lambda f: (f[0] == f[3]) & (f[1] == f[2]) & (f[0] != f[1]))
)


@family.part(TrueFalse(statements=3), marks=2)
def separable(tables):
    return [perceptrons.separable(table) for table in tables]


separable.slips = rows(
    ("everything is separable", "One line or plane has to part the ones from the zeros.",
     lambda: [True] * 3),
    ("nothing is separable", "Look for weights and a bias; often there are some.",
     lambda: [False] * 3),
)  # fmt: skip
separable.witness(lambda tables: [t in computable(len(t).bit_length() - 1) for t in tables])


def computes(target):
    """Any neuron with this truth table; a slip is told by the table that it leads to."""
    return Satisfies(
        Array(shape=(len(target).bit_length(),)),
        condition=lambda neuron: perceptrons.computed(neuron) == target,
        effect=perceptrons.computed,
        fault=partial(first_fault, target),
        spoilt=lambda neuron: (*neuron[:-1], bias_range(neuron, target)[0]),
    )


def first_fault(target, neuron):
    """The first input at which the output is not the wanted one."""
    outputs = perceptrons.computed(neuron)
    inputs = ["".join(map(str, x)) for x in perceptrons.inputs(len(neuron) - 1)]
    x, out = next(
        (x, o) for x, o, wanted in zip(inputs, outputs, target, strict=True) if o != wanted
    )
    return f"At the input {x} the output of your neuron is {out}."


def bias_range(neuron, target):
    return perceptrons.bias_interval(perceptrons.scores(neuron[:-1]), tuple(map(int, target)))


@family.part(computes, marks=2, levels=["easy", "medium"])
def neuron(target):
    return perceptrons.learned(target)


neuron.slips = rows(
    ("silent where it should fire", "It fires where w^T x + b is positive: reverse all signs.",
     lambda target: perceptrons.learned(target.translate(str.maketrans("01", "10")))),
    ("weights in reverse order", "The first weight belongs to the first digit of the input.",
     lambda neuron: (*neuron[-2::-1], neuron[-1])),
    ("fires at zero", "At w^T x + b = 0 the neuron does not fire: raise the bias.",
     lambda neuron, target: (*neuron[:-1], bias_range(neuron, target)[0])),
    ("bias left out", "Weights alone do not do it: choose the bias, too.",
     lambda neuron: (*neuron[:-1], 0)),
)  # fmt: skip


@neuron.witness
def _(target):
    return lambda neuron: list(fired([neuron[:-1]], neuron[-1])) == list(map(int, target))


def spanned(ends):
    return (Span(*ends, low_closed=False, high_closed=True),)


def wanted(scores):
    """The function that a last neuron can make of a network's scores."""
    return XOR if scores[1] > max(scores[0], scores[3]) else XNOR


def corners(n):
    return np.indices((2,) * n).reshape(n, -1).T.astype(float)


def scanned(sums, fits):
    """The biases for which a neuron fires as wanted, found by trying whole and half numbers.

    All borders are whole numbers, and which of them belong is seen by trying them.
    """
    reach = int(abs(sums).max()) + 1
    tried = np.arange(-2 * reach, 2 * reach + 1) / 2
    good = tried[fits((sums + tried[:, None] > 0).T)].tolist()
    low, high = good[0], good[-1]
    ends = [low if low == round(low) else low - 0.5, high if high == round(high) else high + 0.5]
    return (Span(*ends, low == round(low), high == round(high)),)


@cache
def computable(n):
    """The truth tables of all neurons with small whole weights, each with its smallest neuron.

    For n < 4 these are all there are.
    """
    found = {}
    neurons = product(product(range(-2, 3), repeat=n), range(-6, 8))
    for w, b in sorted(neurons, key=lambda unit: sum(map(abs, (*unit[0], unit[1])))):
        fires = (corners(n) @ w + b > 0).astype(int)
        found.setdefault("".join(map(str, fires)), (w, b))
    return found


@family.working
def _(W, tables):
    points = perceptrons.inputs(len(tables[0]).bit_length() - 1)
    return {
        "w": W[0],
        "wanted": wanted,
        "conflicts": [conflict(dict(zip(points, t, strict=True))) for t in tables],
        "inputs": ["".join(map(str, x)) for x in points],
        "pairs": ["00", "01", "10", "11"],
        "neurons": computable(len(points[0])),
        "binary": perceptrons.inputs,
        "scores_of": perceptrons.scores,
    }


def conflict(table):
    """Two inputs with output 1 and two with output 0 that have the same sum, as text."""
    groups = {"0": {}, "1": {}}
    for (x, out), (y, other) in combinations_with_replacement(table.items(), 2):
        if out == other:
            text = tuple("".join(map(str, point)) for point in (x, y))
            groups[out].setdefault(tuple(map(int.__add__, x, y)), text)
    shared = groups["0"].keys() & groups["1"].keys()
    return [(groups["1"][s], groups["0"][s]) for s in sorted(shared)][:1]


@family.part(Text(), marks=2, levels=["hard"])
def why():
    return (
        "00 and 11 have the same sum as 01 and 10, so w^T x + b cannot be above 0 at both of one "
        "pair and at most 0 at both of the other."
    )
