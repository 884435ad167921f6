"""Errors, gradients and one step in a small network.

Trap: the sign of the output error, a slope left out or used at the output, weights not transposed.
Reference: Rumelhart, Hinton and Williams (1986); Nielsen (2015), equations BP1 to BP4.
Source: S4-01, S4-05, S4-06, S4-07, S4-08, S4-09, S4-11, S4-12.
"""

import math
from functools import cache
from itertools import accumulate, chain, pairwise
from operator import mul

from partialcredit import engine
from partialcredit.engine.functional import sigmoid
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression
from partialcredit.numbers.rationals import rational
from partialcredit.problems.backprop._examples import by_row, flat, floats
from partialcredit.problems.backprop._graphs import ACTIVATIONS, network
from partialcredit.problems.backprop._mlp_run import testified
from partialcredit.solvers import backprop

family = Family(
    conventions=[
        r"$\mathbf{a}^{(1)} = \mathbf{x}$, $\mathbf{z}^{(l+1)} = \Theta^{(l)} \mathbf{a}^{(l)}$ "
        r"without biases, and $\boldsymbol{\delta}^{(l)} = \partial L / \partial \mathbf{z}^{(l)}$"
        r"{% if x|length > 1 %} of one example{% endif %}",
        r"the loss of an example is $L = -y \ln a - (1 - y) \ln(1 - a)$ with the natural "
        r"logarithm, where $a$ is the output",
        r"$\sigma(t) = 1/(1 + e^{-t})$",
    ]
)


def sizes(weights):
    return [len(W) for W in weights]


@family.sample
def sample(draw):
    def quarters(rows, columns):
        return [[rational(draw.nonzero(-8, 8), 4) for _ in range(columns)] for _ in range(rows)]

    shape, batch = draw.by_level(((1, 1, 1), 1), ((2, 2, 1), 1), ((1, 2, 2, 1), 2))
    return {
        "x": [[rational(draw.nonzero(-6, 6), 2) for _ in range(shape[0])] for _ in range(batch)],
        "y": draw.shuffle([0, 1])[:batch],
        "weights": [quarters(rows, columns) for columns, rows in pairwise(shape)],
        "activation": draw.by_level("sigmoid", "sigmoid", draw.choice(["tanh", "relu"])),
        "eta": draw.decimal("0.1", "0.2", "0.25", "0.5"),
    }


@family.condition
def _(x):
    """An input of ones would hide that it is a factor."""
    return any(v != 1 for row in x for v in row)


@family.condition
def _(gradient):
    return all(0.0005 < abs(float(v)) < 50 for row in gradient for v in row)


def rectified(z):
    return max(z, 0.0)


#: Each activation in floats, and up to which pre-activation rounded values still give its slope.
UNSATURATED = {
    "sigmoid": (lambda z: 1 / (1 + math.exp(-z)), 4),
    "tanh": (math.tanh, 2.3),
    "relu": (rectified, 50),
}


@family.condition
def _(x, weights, activation):
    """No unit is saturated, no layer dead; in floats, as it comes before the exact keys."""
    for example in x:
        a = floats(example)
        for i, W in enumerate(floats(weights), 1):
            function, limit = UNSATURATED["sigmoid" if i == len(weights) else activation]
            z = [sum(map(mul, row, a)) for row in W]
            if max(map(abs, z)) > limit or (function is rectified and (max(z) < 0 or 0 in z)):
                return False
            a = [function(v) for v in z]
    return True


def split(row, weights):
    """One example's units, layer by layer."""
    ends = list(accumulate(sizes(weights)))
    return [row[end - n : end] for n, end in zip(sizes(weights), ends, strict=True)]


def per_unit(x, weights):
    units = sum(sizes(weights))
    return Array(shape=(units,) if len(x) == 1 else (len(x), units), digits=4)


def first(weights):
    return Array(shape=(len(weights[0]), len(weights[0][0])), digits=4)


def joined(layers):
    return tuple(chain(*layers))


@family.part(per_unit, marks=2)
def activations(x, weights, activation):
    return flat([joined(backprop.network(weights, v, activation)) for v in x])


def hidden_units_not_activated(x, weights):
    def sums(v):
        *hidden, top = [v := backprop.affine(W, v) for W in weights]
        return joined([*hidden, backprop.activate("sigmoid", top)])

    return flat([sums(v) for v in x])


def logistic_hidden_units(x, weights, activation):
    if activation == "sigmoid":
        return None
    return flat([joined(backprop.network(weights, v, "sigmoid")) for v in x])


activations.slips = rows(
    ("hidden units not activated", "Every hidden unit applies its activation.",
     hidden_units_not_activated),
    ("logistic hidden units", "The hidden units have another activation here.",
     logistic_hidden_units),
)  # fmt: skip
activations.witness(
    lambda x, weights, activation, y, eta: testified(x, weights, activation, y, eta)[0]
)


def errors(weights, activations, y, activation):
    pairs = zip(by_row(activations), y, strict=True)
    return [
        backprop.network_deltas(weights, split(row, weights), (t,), activation) for row, t in pairs
    ]


@family.part(per_unit, marks=3)
def deltas(weights, activations, y, activation):
    return flat([joined(d) for d in errors(weights, activations, y, activation)])


def without_slopes(weights, deltas):
    def returned(row):
        layers = [split(row, weights)[-1]]
        for W in weights[:0:-1]:
            layers.insert(0, backprop.through_weights(W, layers[0]))
        return joined(layers)

    return flat([returned(row) for row in by_row(deltas)])


def with_top_slope(deltas, activations):
    pairs = zip(by_row(deltas), by_row(activations), strict=True)
    return flat([tuple(d * a[-1] * (1 - a[-1]) for d in row) for row, a in pairs])


def not_transposed(weights, activations, y, activation):
    if len(weights) < 3:
        return None
    swapped = [weights[0], backprop.transpose(weights[1]), weights[2]]
    return flat([joined(d) for d in errors(swapped, activations, y, activation)])


deltas.slips = rows(
    ("wrong sign", "For a loss the output error is a - y; y - a belongs to a likelihood.",
     lambda deltas: flat([tuple(-d for d in row) for row in by_row(deltas)])),
    ("slope left out", "Multiply what comes back by the slope of the hidden unit.", without_slopes),
    ("slope at the output", "With cross-entropy the slope of the output cancels.", with_top_slope),
    ("weights not transposed", "Going back, the weights are transposed.", not_transposed),
    ("logistic slope",
     "The slope a(1 - a) belongs to the logistic function.",
     lambda weights, activations, y: flat([joined(d) for d in errors(weights, activations, y, "sigmoid")])),
)  # fmt: skip
deltas.witness(lambda x, weights, activation, y, eta: testified(x, weights, activation, y, eta)[1])


@family.part(first, marks=2)
def gradient(x, weights, deltas):
    return first_gradient(x, weights, deltas)


def weights_not_transposed(x, weights, activations, y, activation):
    found = not_transposed(weights, activations, y, activation)
    return first_gradient(x, weights, found) if found else None


gradient.slips = rows(
    ("sum over the batch", "The loss is the mean, so divide by the batch size.",
     lambda x, gradient: tuple(tuple(len(x) * v for v in row) for row in gradient)),
    ("transposed", "Row i belongs to unit i: the error times the input transposed.",
     lambda gradient: backprop.transpose(gradient) if len(gradient[0]) > 1 else None),
    ("input left out", "Multiply the error of the unit by the input of the weight.",
     lambda x, weights, deltas: first_gradient([[1] * len(v) for v in x], weights, deltas)),
    ("wrong sign", "For a loss the output error is a - y.",
     lambda gradient: tuple(tuple(-v for v in row) for row in gradient)),
    ("slope left out", "Multiply what comes back by the slope of the hidden unit.",
     lambda x, weights, deltas: first_gradient(x, weights, without_slopes(weights, deltas))),
    ("slope at the output",
     "With cross-entropy the slope of the output cancels.",
     lambda x, weights, deltas, activations: first_gradient(x, weights, with_top_slope(deltas, activations))),
    ("weights not transposed", "Going back, the weights are transposed.", weights_not_transposed),
)  # fmt: skip
gradient.witness(
    lambda x, weights, activation, y, eta: testified(x, weights, activation, y, eta)[2]
)


def first_gradient(x, weights, deltas):
    return backprop.mean_outer([split(row, weights)[0] for row in by_row(deltas)], x)


@family.part(first)
def updated(weights, gradient, eta):
    return backprop.descend(weights[0], gradient, eta)


updated.slips = rows(
    ("went up", "Descent subtracts the learning rate times the gradient.",
     lambda weights, gradient, eta: backprop.descend(weights[0], gradient, -eta)),
    ("learning rate left out", "Multiply the gradient by the learning rate.",
     lambda weights, gradient: backprop.descend(weights[0], gradient, 1)),
)  # fmt: skip
updated.witness(lambda x, weights, activation, y, eta: testified(x, weights, activation, y, eta)[3])


@cache
def letters():
    from sympy import symbols  # the hard level alone pays for it

    return symbols("x y h a theta_2")


@cache
def formula_of():
    x, y, h, a, theta = letters()
    (output,) = backprop.cross_entropy_delta([a], [y])
    (hidden,) = backprop.hidden_delta([[theta]], [output], backprop.slopes("sigmoid", [h], [h]))
    return hidden * x


@family.part(
    Expression(symbols={"x": "real", "y": "unit", "h": "unit", "a": "unit", "theta_2": "real"}),
    marks=2,
    levels=["hard"],
)
def formula():
    return formula_of()


def slope_left_out(formula):
    h = letters()[2]
    return formula / (h * (1 - h))


def slope_at_the_output(formula):
    a = letters()[3]
    return formula * a * (1 - a)


formula.slips = rows(
    ("wrong sign", "For a loss the output error is a - y.", lambda formula: -formula),
    ("slope left out", "Multiply by the slope h(1 - h) of the hidden unit.", slope_left_out),
    ("slope at the output", "With cross-entropy the slope a(1 - a) cancels.", slope_at_the_output),
)  # fmt: skip


@formula.witness
def _(point):
    """Biases that no question has let h and a be any numbers."""
    x, y, h, a, theta = (point[name] for name in ("x", "y", "h", "a", "theta_2"))
    logit = {v: float(engine.Tensor(v / (1 - v)).log().data) for v in (h, a)}
    weight = engine.Tensor(1.0, requires_grad=True)
    hidden = sigmoid(weight * x + (logit[h] - x))
    output = sigmoid(hidden * theta + (logit[a] - theta * h))
    (-(y * output.log() + (1 - y) * (1 - output).log())).backward()
    return weight.grad


@family.figure
def _(weights, activation):
    return network([len(weights[0][0]), *sizes(weights)], activation)


@family.working
def _(x, y, weights, activation, activations, deltas):
    depth = len(weights)
    found = []
    for i, (a, d) in enumerate(zip(by_row(activations), by_row(deltas), strict=True)):
        layers, marks = split(a, weights), split(d, weights)
        inputs = [x[i], *layers]
        steps = [backprop.affine(W, v) for W, v in zip(weights, inputs, strict=False)]
        found.append(
            {
                "mark": f"Example {i + 1}: " if len(x) > 1 else "",
                "x": x[i],
                "y": y[i],
                "output": layers[-1][0],
                "forward": list(
                    zip(range(2, depth + 2), weights, inputs, steps, layers, strict=False)
                ),
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
        )
    return {
        "examples": found,
        "hidden": ACTIVATIONS[activation],
        "slope": {"sigmoid": "a (1 - a)", "tanh": "1 - a^2", "relu": ""}[activation],
        "layers": depth + 1,
        "names": [
            f"^{{({n + 2})}}" + (f"_{i + 1}" if len(W) > 1 else "")
            for n, W in enumerate(weights)
            for i in range(len(W))
        ],
    }
