"""Backward pass of a ReLU layer.

Trap: leaving out the mask when going on to W and x, or transposing the outer product.
Reference: Nair and Hinton (2010); Maas et al. (2013) for the leaky form.
Source: S0-45, S0-61.
"""

from fractions import Fraction
from functools import cache, lru_cache

from partialcredit import engine
from partialcredit.engine.functional import leaky_relu, linear
from partialcredit.family import Family
from partialcredit.grading import Array, Expression, Real
from partialcredit.problems.backprop._examples import flat, floats, rows
from partialcredit.solvers import backprop

family = Family(
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
    outputs = [[backprop.leaky_relu(a, slope) for a in backprop.affine(W, x, b)] for x in X]
    free = [-3, -2, -1, 1, 2, 3, 4, 5]
    Z = [[draw.choice([z for z in free if z != h]) for h in row] for row in outputs]
    return {"X": X, "W": W, "b": b, "Z": Z, "slope": slope}


def by_unit(X, W, slope):
    return array((len(W),) if len(X) == 1 else (len(X), len(W)), slope)


def array(shape, slope):
    return Array(shape=shape, digits=4 if slope else None)


@family.part(by_unit)
def preactivation(X, W, b):
    return flat([backprop.affine(W, x, b) for x in X])


@family.part(Real(digits=4))
def loss(preactivation, Z, slope):
    outputs = [[backprop.leaky_relu(v, slope) for v in a] for a in rows(preactivation)]
    return sum(backprop.squared_error(h, z) for h, z in zip(outputs, Z, strict=True))


@family.part(by_unit, marks=2)
def delta(preactivation, Z, slope):
    pairs = zip(rows(preactivation), Z, strict=True)
    return flat([backprop.squared_error_delta(a, z, slope) for a, z in pairs])


@family.part(lambda W, slope: array((len(W), len(W[0])), slope), marks=2)
def weights(X, delta):
    return backprop.sum_outer(rows(delta), X)


@family.part(lambda W, slope: array((len(W),), slope), levels=["medium", "hard"])
def biases(delta):
    return tuple(map(sum, zip(*rows(delta), strict=True)))


@family.part(
    lambda X, slope: array((2,) if len(X) == 1 else (len(X), 2), slope), levels=["medium", "hard"]
)
def inputs(W, delta):
    return flat([backprop.through_weights(W, d) for d in rows(delta)])


@cache
def letters():
    from sympy import symbols  # the hard level alone pays for it

    return symbols("alpha s x z")


@cache
def formula_of():
    alpha, s, x, z = letters()
    return 2 * (-alpha * s - z) * alpha * x


@family.part(
    Expression(symbols={"alpha": "unit", "s": "positive", "x": "real", "z": "real"}),
    marks=2,
    levels=["hard"],
)
def formula():
    return formula_of()


@preactivation.mistake("bias left out", "Add the bias of every unit.")
def _(X, W):
    return flat([backprop.affine(W, x) for x in X])


@preactivation.mistake("weights transposed", "Unit i takes row i of W, not column i.")
def _(X, W, b):
    square = len(W) == len(W[0])
    return flat([backprop.affine(backprop.transpose(W), x, b) for x in X]) if square else None


@loss.mistake("factor 1/2", "This loss has no factor 1/2.")
def _(loss):
    return loss * Fraction(1, 2)


@loss.mistake("ReLU left out", "The loss compares the output h, not the pre-activation a, with z.")
def _(preactivation, Z):
    return sum(backprop.squared_error(a, z) for a, z in zip(rows(preactivation), Z, strict=True))


def unmasked(preactivation, Z, slope):
    h = [[backprop.leaky_relu(v, slope) for v in a] for a in rows(preactivation)]
    return [
        tuple(2 * (u - v) for u, v in zip(*pair, strict=True)) for pair in zip(h, Z, strict=True)
    ]


@delta.mistake("mask left out", "An inactive unit passes on only its slope: apply the mask.")
def _(preactivation, Z, slope):
    return flat(unmasked(preactivation, Z, slope))


@delta.mistake("plain ReLU", "Below 0 the leaky unit has the slope alpha, not 0.")
def _(preactivation, delta, slope):
    pairs = zip(rows(preactivation), rows(delta), strict=True)
    masked = [tuple(d * (v > 0) for v, d in zip(*pair, strict=True)) for pair in pairs]
    return flat(masked) if slope else None


@delta.mistake("factor 2 left out", "The square brings down a factor 2.")
def _(delta):
    return flat([tuple(d * Fraction(1, 2) for d in row) for row in rows(delta)])


@delta.mistake("wrong sign", "The derivative with respect to h is 2(h - z), not 2(z - h).")
def _(delta):
    return flat([tuple(-d for d in row) for row in rows(delta)])


@weights.mistake("mask left out", "Go on with the masked gradient, not with the one of h.")
def _(X, preactivation, Z, slope):
    return backprop.sum_outer(unmasked(preactivation, Z, slope), X)


@weights.mistake(
    "transposed", "Rows belong to units: the gradient of a stands before x transposed."
)
def _(weights):
    return backprop.transpose(weights)


@weights.mistake("factor 2 left out", "The square brings down a factor 2.")
def _(weights):
    return tuple(tuple(v * Fraction(1, 2) for v in row) for row in weights)


@weights.mistake("wrong sign", "The derivative with respect to h is 2(h - z), not 2(z - h).")
def _(weights):
    return tuple(tuple(-v for v in row) for row in weights)


@weights.mistake("first example only", "The loss adds up the examples, so their gradients add up.")
def _(X, delta):
    return backprop.outer(rows(delta)[0], X[0]) if len(X) > 1 else None


@biases.mistake("mask left out", "Go on with the masked gradient, not with the one of h.")
def _(preactivation, Z, slope):
    return tuple(map(sum, zip(*unmasked(preactivation, Z, slope), strict=True)))


@inputs.mistake("mask left out", "Go on with the masked gradient, not with the one of h.")
def _(W, preactivation, Z, slope):
    return flat([backprop.through_weights(W, d) for d in unmasked(preactivation, Z, slope)])


@inputs.mistake("weights not transposed", "Going back, the weights are transposed.")
def _(W, delta):
    square = len(W) == len(W[0])
    return flat([backprop.affine(W, d) for d in rows(delta)]) if square else None


@formula.mistake("slope left out", "Below 0 the output has the slope alpha: one more factor.")
def _(formula):
    return formula / letters()[0]


@formula.mistake("wrong sign", "The derivative of (h - z)^2 with respect to h is 2(h - z).")
def _(formula):
    return -formula


@formula.mistake(
    "input left out", "The pre-activation has the derivative x with respect to the weight."
)
def _(formula):
    return formula / letters()[2]


def tape(X, W, b, Z, slope):
    """The engine's layer: its leaves (x, W, b), its pre-activation and its loss."""
    leaves = [engine.Tensor(floats(t), requires_grad=True) for t in (X, W, b)]
    a = linear(*leaves)
    error = leaky_relu(a, float(slope)) - engine.Tensor(floats(Z))
    return leaves, a, (error * error).sum()


@lru_cache(maxsize=4)
def gradients(X, W, b, Z, slope):
    leaves, a, loss = tape(X, W, b, Z, slope)
    return [g.data for g in engine.grad(loss, [*leaves, a])]


@preactivation.witness
def _(X, W, b, Z, slope):
    return flat(tape(X, W, b, Z, slope)[1].data.tolist())


@loss.witness
def _(X, W, b, Z, slope):
    return tape(X, W, b, Z, slope)[2].data


@delta.witness
def _(X, W, b, Z, slope):
    return flat(gradients(X, W, b, Z, slope)[3].tolist())


@weights.witness
def _(X, W, b, Z, slope):
    return gradients(X, W, b, Z, slope)[1]


@biases.witness
def _(X, W, b, Z, slope):
    return gradients(X, W, b, Z, slope)[2]


@inputs.witness
def _(X, W, b, Z, slope):
    return flat(gradients(X, W, b, Z, slope)[0].tolist())


@formula.witness
def _(point):
    x, s = point["x"], point["s"]
    unit = (((x,),), ((1.0,),), (-s - x,), ((point["z"],),), point["alpha"])
    return gradients(*unit)[1][0, 0]


@family.working
def _(X, preactivation, Z, slope):
    a = rows(preactivation)
    h = [tuple(backprop.leaky_relu(v, slope) for v in row) for row in a]
    return {
        "examples": [
            {
                "mark": f"^{{({i + 1})}}" if len(X) > 1 else "",
                "x": X[i],
                "z": Z[i],
                "a": a[i],
                "h": h[i],
                "up": tuple(2 * (u - v) for u, v in zip(h[i], Z[i], strict=True)),
                "mask": tuple(backprop.leaky_relu_slope(v, slope) for v in a[i]),
            }
            for i in range(len(X))
        ]
    }
