"""Backward pass of a ReLU layer.

Trap: leaving out the mask when going on to W and x, or transposing the outer product.
Reference: Nair and Hinton (2010); Maas et al. (2013) for the leaky form.
Source: S0-45, S0-61.
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine.functional import leaky_relu, linear
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns
from partialcredit.problems._tape import tensor
from partialcredit.problems.backprop._examples import by_row, flat
from partialcredit.solvers import backprop, letters

family = Family(
    version=3,
    conventions=[
        r"$\mathrm{ReLU}(a) = \max(0, a)$"
        r"{% if slope %}; the leaky form is $a$ for $a > 0$ and $\alpha a$ for $a < 0${% endif %}",
        r"gradients have the shape of what they belong to: row $i$ of $\frac{\partial \ell}"
        r"{\partial \mathbf{W}}$ belongs to unit $i$",
    ],
    hidden=["slope"],
)


@family.sample
def sample(draw):
    """No pre-activation is 0, no target is met, and the first example has an inactive unit."""
    units, batch = draw.by_level((2, 1), (3, 1), (2, 2))
    slope = draw.by_level(0, 0, draw.decimal("0.1", "0.2", "0.5"))
    X = [[draw.nonzero(-4, 5) for _ in range(2)] for _ in range(batch)]
    W, b = [], []
    for wanted in draw.shuffle([1, -1, 1][:units]):
        row = [draw.nonzero(-3, 3), draw.integer(-3, 3)]
        sums = backprop.affine(X, row)
        bias = draw.choice([v for v in range(-3, 4) if -v not in sums])
        sign = wanted if sums[0] + bias > 0 else -wanted
        W.append([sign * w for w in row])
        b.append(sign * bias)
    outputs = [backprop.leaky_relu(backprop.affine(W, x, b), slope) for x in X]
    free = [-3, -2, -1, 1, 2, 3, 4, 5]
    Z = [[draw.choice([z for z in free if z != h]) for h in row] for row in outputs]
    return {"X": X, "W": W, "b": b, "Z": Z, "slope": slope}


@family.run
def tape(X, W, b, Z, slope):
    """The engine's pre-activation and loss, and its gradients by x, W, b and the pre-activation."""
    leaves = [tensor(values, requires_grad=True) for values in (X, W, b)]
    a = linear(*leaves)
    error = leaky_relu(a, slope) - tensor(Z)
    loss = (error * error).sum()
    found = [a, loss, *engine.grad(loss, [*leaves, a])]
    return [np.squeeze(t.data) for t in found]


def by_unit(X, W, slope):
    return array((len(W),) if len(X) == 1 else (len(X), len(W)), slope)


def array(shape, slope):
    return Array(shape=shape, digits=3 if slope else None)


@family.part(by_unit)
def preactivation(X, W, b):
    return flat([backprop.affine(W, x, b) for x in X])


preactivation.slips = rows(
    ("bias left out", "Add the bias of every unit.",
     lambda X, W: flat([backprop.affine(W, x) for x in X])),
    ("weights transposed", "Unit i takes row i of W, not column i.",
     lambda X, W, b: flat([backprop.affine(columns(W), x, b) for x in X]) if len(W) == 2 else None),
    ("ReLU applied", "The pre-activation is what goes into the ReLU.",
     lambda preactivation, slope, b:
         flat(backprop.leaky_relu(by_row(preactivation), slope)) if any(b) else None),
    ("bias subtracted", "The bias is added.",
     lambda X, W, b: flat([backprop.affine(W, x, -b) for x in X])),
)  # fmt: skip
preactivation.witness(lambda tape: tape[0])


@family.part(lambda slope: Real(digits=3 if slope else None))
def loss(preactivation, Z, slope):
    return squared_distance(backprop.leaky_relu(by_row(preactivation), slope), Z)


def squared_distance(H, Z):
    return sum(map(backprop.squared_error, H, Z))


loss.slips = rows(
    ("factor 1/2", "This loss has no factor 1/2.", lambda loss: loss * rational(1, 2)),
    ("ReLU left out", "The loss compares the output h, not the pre-activation a, with z.",
     lambda preactivation, Z: squared_distance(by_row(preactivation), Z)),
    ("root taken", "The norm is squared, so no root is taken.", lambda loss: sqrt(loss)),
    ("averaged", "This loss is a sum of squares, not a mean.",
     lambda loss, preactivation: rational(1, len(by_row(preactivation)[0])) * loss),
)  # fmt: skip
loss.witness(lambda tape: tape[1])


@family.part(by_unit, marks=2)
def delta(preactivation, Z, slope):
    return flat(backprop.squared_error_delta(by_row(preactivation), Z, slope))


def unmasked(preactivation, Z, slope):
    """The gradient by the outputs."""
    return 2 * (backprop.leaky_relu(by_row(preactivation), slope) - Z)


delta.slips = rows(
    ("mask left out", "An inactive unit passes on only its slope: apply the mask.",
     lambda preactivation, Z, slope: flat(unmasked(preactivation, Z, slope))),
    ("plain ReLU", "Below 0 the leaky unit has the slope alpha, not 0.",
     lambda preactivation, delta, slope:
         delta * backprop.leaky_relu_slope(preactivation) if slope else None),
    ("factor 2 left out", "The square brings down a factor 2.",
     lambda delta: rational(1, 2) * delta),
    ("wrong sign", "The derivative with respect to h is 2(h - z), not 2(z - h).",
     lambda delta: -delta),
)  # fmt: skip
delta.witness(lambda tape: tape[5])


@family.part(lambda W, slope: array((len(W), len(W[0])), slope), marks=2)
def weights(X, delta):
    return backprop.sum_outer(by_row(delta), X)


weights.slips = rows(
    ("transposed", "Rows belong to units: the gradient of a stands before x transposed.",
     lambda weights: columns(weights)),
    ("first example only", "The loss adds up the examples, so their gradients add up.",
     lambda X, delta: backprop.outer(by_row(delta)[0], X[0]) if len(X) > 1 else None),
    ("input left out", "Each weight has its input as a factor.",
     lambda X, delta: backprop.sum_outer(by_row(delta), 0 * X + 1)),
    ("factor 2 left out", "The square brings down a factor 2.",
     lambda weights: rational(1, 2) * weights),
)  # fmt: skip
weights.witness(lambda tape: tape[3])


@family.part(lambda W, slope: array((len(W),), slope), levels=["medium", "hard"])
def biases(delta):
    return sum(by_row(delta))


biases.slips = rows(
    ("mask left out", "Go on with the masked gradient, not with the one of h.",
     lambda preactivation, Z, slope: sum(unmasked(preactivation, Z, slope))),
)  # fmt: skip
biases.witness(lambda tape: tape[4])


@family.part(
    lambda X, slope: array((2,) if len(X) == 1 else (len(X), 2), slope), levels=["medium", "hard"]
)
def inputs(W, delta):
    return flat([backprop.through_weights(W, d) for d in by_row(delta)])


inputs.slips = rows(
    ("mask left out", "Go on with the masked gradient, not with the one of h.",
     lambda W, preactivation, Z, slope:
         flat([backprop.through_weights(W, d) for d in unmasked(preactivation, Z, slope)])),
    ("weights not transposed", "Going back, the weights are transposed.",
     lambda W, delta:
         flat([backprop.affine(W, d) for d in by_row(delta)]) if len(W) == 2 else None),
)  # fmt: skip
inputs.witness(lambda tape: tape[2])


@family.part(
    Expression(symbols={"alpha": "unit", "s": "positive", "x": "real", "z": "real"}),
    marks=2,
    levels=["hard"],
)
def formula():
    return letters.formula(lambda alpha, s, x, z: -2 * alpha * x * (alpha * s + z))


formula.slips = rows(
    ("slope left out", "Below 0 the output has the slope alpha: one more factor.",
     lambda formula: formula / letters.symbols("alpha")),
    ("wrong sign", "The derivative of (h - z)^2 with respect to h is 2(h - z).",
     lambda formula: -formula),
    ("input left out", "The pre-activation has the derivative x with respect to the weight.",
     lambda formula: formula / letters.symbols("x")),
)  # fmt: skip


@formula.witness
def _(point):
    x, s = point["x"], point["s"]
    unit = (((x,),), ((1.0,),), (-s - x,), ((point["z"],),), point["alpha"])
    return tape(*unit)[3]


@family.working
def _(X, preactivation, Z, slope):
    a = by_row(preactivation)
    h = backprop.leaky_relu(a, slope)
    marks = [f"^{{({i + 1})}}" if len(X) > 1 else "" for i in range(len(X))]
    values = (marks, X, Z, a, h, 2 * (h - Z), backprop.leaky_relu_slope(a, slope))
    names = ("mark", "x", "z", "a", "h", "up", "mask")
    return {"examples": [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]}
