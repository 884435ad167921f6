"""Backpropagation by hand in a small network.

Trap: the sign of the output error, a slope left out or used at the output.
Reference: Rumelhart, Hinton and Williams (1986); Nielsen (2015), equations BP1 to BP4.
Source: S4-01, S4-05, S4-06, S4-07, S4-08, S4-09, S4-11, S4-12.
"""

import math
from itertools import accumulate, chain, pairwise

from partialcredit.engine import SGD
from partialcredit.engine.functional import sigmoid
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import in_floats
from partialcredit.numbers.vectors import columns, dot
from partialcredit.problems._kinds import shaped
from partialcredit.problems._tape import tensor
from partialcredit.problems.backprop._examples import by_row, flat
from partialcredit.problems.backprop._graphs import ACTIVATIONS, network
from partialcredit.problems.backprop._mlp_run import tape
from partialcredit.solvers import backprop, letters

family = Family(
    version=3,
    conventions=[
        r"$\mathbf{a}^{(1)} = \mathbf{x}$, $\mathbf{z}^{(l+1)} = \Theta^{(l)} \mathbf{a}^{(l)}$ "
        r"without biases, and $\boldsymbol{\delta}^{(l)} = \partial L / \partial \mathbf{z}^{(l)}$"
        r"{% if x|length > 1 %} of one example{% endif %}",
        r"the loss of an example is $L = -y \ln a - (1 - y) \ln(1 - a)$ with the natural "
        r"logarithm, where $a$ is the output",
        r"$\sigma(t) = 1/(1 + e^{-t})$",
    ],
)


@family.sample
def sample(draw):
    def quarters(rows, columns):
        return [[rational(draw.nonzero(-8, 8), 4) for _ in range(columns)] for _ in range(rows)]

    n = draw.by_level(10, 2, 2)
    shape, batch = draw.by_level(((1, 1, 1), 1), ((2, 2, 1), 1), ((1, 2, 1), 2))
    return {
        "x": [
            [rational(draw.nonzero(-3 * n, 3 * n), n) for _ in range(shape[0])]
            for _ in range(batch)
        ],
        "y": draw.shuffle([0, 1])[:batch],
        "weights": [quarters(rows, columns) for columns, rows in pairwise(shape)],
        "activation": draw.by_level("sigmoid", "sigmoid", draw.choice(["tanh", "relu"])),
    } | draw.by_level({}, *[{"eta": draw.decimal("0.1", "0.2", "0.25", "0.5")}] * 2)


@family.condition
def _(x):
    """An input of ones would hide that it is a factor."""
    return any(v != 1 for row in x for v in row)


@family.condition
def _(x):
    """No example is another one, or its mirror image."""
    return len({tuple(abs(v) for v in row) for row in x}) == len(x)


@family.condition
def _(gradient):
    return all(0.0005 < abs(float(v)) < 50 for v in chain(*gradient))


#: Each activation in floats, and up to which pre-activation rounded values still give its slope.
UNSATURATED = {
    "sigmoid": (lambda z: 1 / (1 + math.exp(-z)), 4),
    "tanh": (math.tanh, 2.3),
    "relu": (lambda z: max(z, 0.0), 50),
}


@family.condition
def _(x, weights, activation):
    """No unit is saturated, no layer dead; in floats, as it comes before the exact keys."""
    for a in in_floats(x):
        for i, W in enumerate(in_floats(weights), 1):
            name = "sigmoid" if i == len(weights) else activation
            function, limit = UNSATURATED[name]
            z = [dot(row, a) for row in W]
            if max(map(abs, z)) > limit or (name == "relu" and (max(z) < 0 or 0 in z)):
                return False
            a = [*map(function, z)]
    return True


@family.derive
def sizes(weights):
    """How many units every layer has."""
    return [*map(len, weights)]


family.run(tape)


def split(row, sizes):
    """One example's units, layer by layer."""
    return [row[end - n : end] for n, end in zip(sizes, accumulate(sizes), strict=True)]


def joined(layers):
    return [*chain(*layers)]


def per_unit(x, sizes):
    return Array(shape=(sum(sizes),) if len(x) == 1 else (len(x), sum(sizes)), digits=3)


def first(weights):
    return shaped(weights[0], 4)


@family.part(per_unit, marks=2)
def activations(x, weights, activation):
    return flat([joined(backprop.network(weights, v, activation)) for v in x])


def hidden_units_not_activated(x, weights):
    def sums(v):
        *hidden, top = [v := backprop.affine(W, v) for W in weights]
        return joined([*hidden, backprop.activate("sigmoid", top)])

    return flat([*map(sums, x)])


def logistic(x, weights):
    return flat([joined(backprop.network(weights, v, "sigmoid")) for v in x])


activations.slips = rows(
    ("hidden units not activated", "Every hidden unit applies its activation.",
     hidden_units_not_activated),
    ("logistic hidden units", "The hidden units have another activation here.",
     lambda x, weights, activation: None if activation == "sigmoid" else logistic(x, weights)),
)  # fmt: skip
activations.witness(lambda tape: tape[0])


def errors(weights, sizes, activations, y, activation):
    """The errors of every example, its units in a row."""
    pairs = zip(by_row(activations), y, strict=True)
    return flat([
        joined(backprop.network_deltas(weights, split(row, sizes), (t,), activation))
        for row, t in pairs
    ])  # fmt: skip


@family.part(per_unit, marks=3)
def deltas(weights, sizes, activations, y, activation):
    return errors(weights, sizes, activations, y, activation)


def without_slopes(weights, deltas):
    def returned(row):
        tops = [row[-1:]]
        for W in weights[:0:-1]:
            tops.insert(0, backprop.through_weights(W, tops[0]))
        return joined(tops)

    return flat([*map(returned, by_row(deltas))])


def with_top_slope(deltas, activations):
    pairs = zip(by_row(deltas), by_row(activations), strict=True)
    return flat([row * a[-1] * (1 - a[-1]) for row, a in pairs])


deltas.slips = rows(
    ("wrong sign", "For a loss the output error is a - y; y - a belongs to a likelihood.",
     lambda deltas: -deltas),
    ("slope left out", "Multiply what comes back by the slope of the hidden unit.", without_slopes),
    ("slope at the output", "With cross-entropy the slope of the output cancels.", with_top_slope),
    ("logistic slope", "The slope a(1 - a) belongs to the logistic function.",
     lambda weights, sizes, activations, y: errors(weights, sizes, activations, y, "sigmoid")),
)  # fmt: skip
deltas.witness(lambda tape: tape[1])


def first_gradient(x, sizes, deltas):
    return backprop.mean_outer([split(row, sizes)[0] for row in by_row(deltas)], x)


@family.part(first, marks=2)
def gradient(x, sizes, deltas):
    return first_gradient(x, sizes, deltas)


gradient.slips = rows(
    ("sum over the batch", "The loss is the mean, so divide by the batch size.",
     lambda x, gradient: len(x) * gradient),
    ("transposed", "Row i belongs to unit i: the error times the input transposed.",
     lambda gradient: columns(gradient) if len(gradient[0]) > 1 else None),
    ("input left out", "Multiply the error of the unit by the input of the weight.",
     lambda x, sizes, deltas: first_gradient(0 * x + 1, sizes, deltas)),
)  # fmt: skip
gradient.witness(lambda tape: tape[2])


@family.part(first, levels=["medium", "hard"])
def updated(weights, gradient, eta):
    return backprop.descend(weights[0], gradient, eta)


updated.slips = rows(
    ("went up", "Descent subtracts the learning rate times the gradient.",
     lambda weights, gradient, eta: backprop.descend(weights[0], gradient, -eta)),
    ("learning rate left out", "Multiply the gradient by the learning rate.",
     lambda weights, gradient: backprop.descend(weights[0], gradient, 1)),
)  # fmt: skip


@updated.witness
def _(weights, tape, eta):
    theta = tensor(weights[0], requires_grad=True)
    theta.grad = tape[2]
    SGD([theta], lr=eta).step()
    return theta.data


def spelled(x, y, h, a, theta_2):
    """The gradient by the first weight of a chain of one hidden unit and one output."""
    output = backprop.cross_entropy_delta([a], [y])
    (hidden,) = backprop.hidden_delta([[theta_2]], output, backprop.slopes("sigmoid", [h], [h]))
    return hidden * x


@family.part(
    Expression(symbols={"x": "real", "y": "unit", "h": "unit", "a": "unit", "theta_2": "real"}),
    marks=2,
    levels=["hard"],
)
def formula():
    return letters.formula(spelled)


formula.slips = rows(
    ("wrong sign", "For a loss the output error is a - y.", lambda formula: -formula),
    ("slope left out", "Multiply by the slope h(1 - h) of the hidden unit.",
     lambda formula: formula / letters.formula(lambda h: h * (1 - h))),
    ("slope at the output", "With cross-entropy the slope a(1 - a) cancels.",
     lambda formula: formula * letters.formula(lambda a: a * (1 - a))),
)  # fmt: skip


@formula.witness
def _(point):
    """Biases that no question has let h and a be any numbers."""
    x, y, h, a, theta = (point[name] for name in ("x", "y", "h", "a", "theta_2"))
    weight = tensor(1.0, requires_grad=True)
    hidden = sigmoid(weight * x + (logit(h) - x))
    output = sigmoid(hidden * theta + (logit(a) - theta * h))
    (-(y * output.log() + (1 - y) * (1 - output).log())).backward()
    return weight.grad


def logit(v):
    return math.log(v / (1 - v))


@family.figure
def _(weights, sizes, activation):
    return network([len(weights[0][0]), *sizes], activation)


@family.working
def _(x, y, weights, sizes, activation, activations, deltas):
    depth = len(weights)

    def written(mark, x, y, a, d):
        """One example: how its layers follow from each other, and its errors."""
        layers, marks = split(a, sizes), split(d, sizes)
        inputs = [x, *layers[:-1]]
        steps = [*map(backprop.affine, weights, inputs)]
        return {
            "mark": mark,
            "x": x,
            "y": y,
            "output": layers[-1][0],
            "forward": [*zip(range(2, depth + 2), weights, inputs, steps, layers, strict=True)],
            "top": marks[-1][0],
            "first": marks[0],
            "back": [
                (
                    n + 2,
                    backprop.through_weights(weights[n + 1], marks[n + 1]),
                    backprop.slopes(activation, layers[n], layers[n]),
                    marks[n],
                )
                for n in reversed(range(depth - 1))
            ],
        }

    marks = [f"Example {i + 1}: " if len(x) > 1 else "" for i in range(len(x))]
    return {
        "examples": [*map(written, marks, x, y, by_row(activations), by_row(deltas))],
        "hidden": ACTIVATIONS[activation],
        "slope": {"sigmoid": "a (1 - a)", "tanh": "1 - a^2", "relu": ""}[activation],
        "layers": depth + 1,
        "names": [
            f"^{{({n})}}" + (f"_{i + 1}" if size > 1 else "")
            for n, size in enumerate(sizes, 2)
            for i in range(size)
        ],
    }
