"""Errors, gradients and one step in a small network.

Trap: the sign of the output error, a slope left out or used at the output, weights not transposed.
Reference: Rumelhart, Hinton and Williams (1986); Nielsen (2015), equations BP1 to BP4.
Source: S4-01, S4-05, S4-06, S4-07, S4-08, S4-09, S4-11, S4-12.
"""

import math
from fractions import Fraction
from functools import cache
from itertools import accumulate, chain, pairwise
from operator import mul

from partialcredit import engine
from partialcredit.engine.functional import sigmoid
from partialcredit.family import Family
from partialcredit.grading import Array, Expression
from partialcredit.problems.backprop._examples import flat, floats, rows
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
        return [[Fraction(draw.nonzero(-8, 8), 4) for _ in range(columns)] for _ in range(rows)]

    shape, batch = draw.by_level(((1, 1, 1), 1), ((2, 2, 1), 1), ((1, 2, 2, 1), 2))
    return {
        "x": [[Fraction(draw.nonzero(-6, 6), 2) for _ in range(shape[0])] for _ in range(batch)],
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


def errors(weights, activations, y, activation):
    pairs = zip(rows(activations), y, strict=True)
    return [
        backprop.network_deltas(weights, split(row, weights), (t,), activation) for row, t in pairs
    ]


@family.part(per_unit, marks=3)
def deltas(weights, activations, y, activation):
    return flat([joined(d) for d in errors(weights, activations, y, activation)])


@family.part(first, marks=2)
def gradient(x, weights, deltas):
    return first_gradient(x, weights, deltas)


def first_gradient(x, weights, deltas):
    return backprop.mean_outer([split(row, weights)[0] for row in rows(deltas)], x)


@family.part(first)
def updated(weights, gradient, eta):
    return backprop.descend(weights[0], gradient, eta)


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


@activations.mistake("hidden units not activated", "Every hidden unit applies its activation.")
def _(x, weights):
    def sums(v):
        *hidden, top = [v := backprop.affine(W, v) for W in weights]
        return joined([*hidden, backprop.activate("sigmoid", top)])

    return flat([sums(v) for v in x])


@activations.mistake("logistic hidden units", "The hidden units have another activation here.")
def _(x, weights, activation):
    if activation == "sigmoid":
        return None
    return flat([joined(backprop.network(weights, v, "sigmoid")) for v in x])


@deltas.mistake(
    "wrong sign", "For a loss the output error is a - y; y - a belongs to a likelihood."
)
def _(deltas):
    return flat([tuple(-d for d in row) for row in rows(deltas)])


@deltas.mistake("slope left out", "Multiply what comes back by the slope of the hidden unit.")
def without_slopes(weights, deltas):
    def returned(row):
        layers = [split(row, weights)[-1]]
        for W in weights[:0:-1]:
            layers.insert(0, backprop.through_weights(W, layers[0]))
        return joined(layers)

    return flat([returned(row) for row in rows(deltas)])


@deltas.mistake("slope at the output", "With cross-entropy the slope of the output cancels.")
def with_top_slope(deltas, activations):
    pairs = zip(rows(deltas), rows(activations), strict=True)
    return flat([tuple(d * a[-1] * (1 - a[-1]) for d in row) for row, a in pairs])


@deltas.mistake("weights not transposed", "Going back, the weights are transposed.")
def not_transposed(weights, activations, y, activation):
    if len(weights) < 3:
        return None
    swapped = [weights[0], backprop.transpose(weights[1]), weights[2]]
    return flat([joined(d) for d in errors(swapped, activations, y, activation)])


@deltas.mistake("logistic slope", "The slope a(1 - a) belongs to the logistic function.")
def _(weights, activations, y):
    return flat([joined(d) for d in errors(weights, activations, y, "sigmoid")])


@gradient.mistake("sum over the batch", "The loss is the mean, so divide by the batch size.")
def _(x, gradient):
    return tuple(tuple(len(x) * v for v in row) for row in gradient)


@gradient.mistake("transposed", "Row i belongs to unit i: the error times the input transposed.")
def _(gradient):
    return backprop.transpose(gradient) if len(gradient[0]) > 1 else None


@gradient.mistake("input left out", "Multiply the error of the unit by the input of the weight.")
def _(x, weights, deltas):
    return first_gradient([[1] * len(v) for v in x], weights, deltas)


@gradient.mistake("wrong sign", "For a loss the output error is a - y.")
def _(gradient):
    return tuple(tuple(-v for v in row) for row in gradient)


@gradient.mistake("slope left out", "Multiply what comes back by the slope of the hidden unit.")
def _(x, weights, deltas):
    return first_gradient(x, weights, without_slopes(weights, deltas))


@gradient.mistake("slope at the output", "With cross-entropy the slope of the output cancels.")
def _(x, weights, deltas, activations):
    return first_gradient(x, weights, with_top_slope(deltas, activations))


@gradient.mistake("weights not transposed", "Going back, the weights are transposed.")
def _(x, weights, activations, y, activation):
    found = not_transposed(weights, activations, y, activation)
    return first_gradient(x, weights, found) if found else None


@updated.mistake("went up", "Descent subtracts the learning rate times the gradient.")
def _(weights, gradient, eta):
    return backprop.descend(weights[0], gradient, -eta)


@updated.mistake("learning rate left out", "Multiply the gradient by the learning rate.")
def _(weights, gradient):
    return backprop.descend(weights[0], gradient, 1)


@formula.mistake("wrong sign", "For a loss the output error is a - y.")
def _(formula):
    return -formula


@formula.mistake("slope left out", "Multiply by the slope h(1 - h) of the hidden unit.")
def _(formula):
    h = letters()[2]
    return formula / (h * (1 - h))


@formula.mistake("slope at the output", "With cross-entropy the slope a(1 - a) cancels.")
def _(formula):
    a = letters()[3]
    return formula * a * (1 - a)


@activations.witness
def _(x, weights, activation, y, eta):
    return testified(x, weights, activation, y, eta)[0]


@deltas.witness
def _(x, weights, activation, y, eta):
    return testified(x, weights, activation, y, eta)[1]


@gradient.witness
def _(x, weights, activation, y, eta):
    return testified(x, weights, activation, y, eta)[2]


@updated.witness
def _(x, weights, activation, y, eta):
    return testified(x, weights, activation, y, eta)[3]


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
    for i, (a, d) in enumerate(zip(rows(activations), rows(deltas), strict=True)):
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
