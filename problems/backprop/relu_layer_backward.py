"""Backward pass of a ReLU layer.

Trap: leaving out the mask when going on to W and x, or transposing the outer product.
Reference: Nair and Hinton (2010); Maas et al. (2013) for the leaky form.
Source: S0-45, S0-61.
"""

from functools import cache, lru_cache

from partialcredit import engine
from partialcredit.engine.functional import leaky_relu, linear
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems.backprop._examples import by_row, flat, floats
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


def weights_transposed(X, W, b):
    square = len(W) == len(W[0])
    return flat([backprop.affine(backprop.transpose(W), x, b) for x in X]) if square else None


preactivation.slips = rows(
    ("bias left out", "Add the bias of every unit.",
     lambda X, W: flat([backprop.affine(W, x) for x in X])),
    ("weights transposed", "Unit i takes row i of W, not column i.", weights_transposed),
)  # fmt: skip
preactivation.witness(lambda X, W, b, Z, slope: flat(tape(X, W, b, Z, slope)[1].data.tolist()))


@family.part(Real(digits=4))
def loss(preactivation, Z, slope):
    outputs = [[backprop.leaky_relu(v, slope) for v in a] for a in by_row(preactivation)]
    return sum(backprop.squared_error(h, z) for h, z in zip(outputs, Z, strict=True))


loss.slips = rows(
    ("factor 1/2", "This loss has no factor 1/2.", lambda loss: loss * rational(1, 2)),
    ("ReLU left out",
     "The loss compares the output h, not the pre-activation a, with z.",
     lambda preactivation, Z: sum(backprop.squared_error(a, z) for a, z in zip(by_row(preactivation), Z, strict=True))),
)  # fmt: skip
loss.witness(lambda X, W, b, Z, slope: tape(X, W, b, Z, slope)[2].data)


@family.part(by_unit, marks=2)
def delta(preactivation, Z, slope):
    pairs = zip(by_row(preactivation), Z, strict=True)
    return flat([backprop.squared_error_delta(a, z, slope) for a, z in pairs])


def plain_relu(preactivation, delta, slope):
    pairs = zip(by_row(preactivation), by_row(delta), strict=True)
    masked = [tuple(d * (v > 0) for v, d in zip(*pair, strict=True)) for pair in pairs]
    return flat(masked) if slope else None


delta.slips = rows(
    ("mask left out", "An inactive unit passes on only its slope: apply the mask.",
     lambda preactivation, Z, slope: flat(unmasked(preactivation, Z, slope))),
    ("plain ReLU", "Below 0 the leaky unit has the slope alpha, not 0.", plain_relu),
    ("factor 2 left out", "The square brings down a factor 2.",
     lambda delta: flat([tuple(d * rational(1, 2) for d in row) for row in by_row(delta)])),
    ("wrong sign", "The derivative with respect to h is 2(h - z), not 2(z - h).",
     lambda delta: flat([tuple(-d for d in row) for row in by_row(delta)])),
)  # fmt: skip
delta.witness(lambda X, W, b, Z, slope: flat(gradients(X, W, b, Z, slope)[3].tolist()))


@family.part(lambda W, slope: array((len(W), len(W[0])), slope), marks=2)
def weights(X, delta):
    return backprop.sum_outer(by_row(delta), X)


weights.slips = rows(
    ("mask left out", "Go on with the masked gradient, not with the one of h.",
     lambda X, preactivation, Z, slope: backprop.sum_outer(unmasked(preactivation, Z, slope), X)),
    ("transposed", "Rows belong to units: the gradient of a stands before x transposed.",
     lambda weights: backprop.transpose(weights)),
    ("factor 2 left out", "The square brings down a factor 2.",
     lambda weights: tuple(tuple(v * rational(1, 2) for v in row) for row in weights)),
    ("wrong sign", "The derivative with respect to h is 2(h - z), not 2(z - h).",
     lambda weights: tuple(tuple(-v for v in row) for row in weights)),
    ("first example only", "The loss adds up the examples, so their gradients add up.",
     lambda X, delta: backprop.outer(by_row(delta)[0], X[0]) if len(X) > 1 else None),
)  # fmt: skip
weights.witness(lambda X, W, b, Z, slope: gradients(X, W, b, Z, slope)[1])


@family.part(lambda W, slope: array((len(W),), slope), levels=["medium", "hard"])
def biases(delta):
    return tuple(map(sum, zip(*by_row(delta), strict=True)))


biases.slips = rows(
    ("mask left out",
     "Go on with the masked gradient, not with the one of h.",
     lambda preactivation, Z, slope: tuple(map(sum, zip(*unmasked(preactivation, Z, slope), strict=True)))),
)  # fmt: skip
biases.witness(lambda X, W, b, Z, slope: gradients(X, W, b, Z, slope)[2])


@family.part(
    lambda X, slope: array((2,) if len(X) == 1 else (len(X), 2), slope), levels=["medium", "hard"]
)
def inputs(W, delta):
    return flat([backprop.through_weights(W, d) for d in by_row(delta)])


def weights_not_transposed(W, delta):
    square = len(W) == len(W[0])
    return flat([backprop.affine(W, d) for d in by_row(delta)]) if square else None


inputs.slips = rows(
    ("mask left out",
     "Go on with the masked gradient, not with the one of h.",
     lambda W, preactivation, Z, slope: flat([backprop.through_weights(W, d) for d in unmasked(preactivation, Z, slope)])),
    ("weights not transposed", "Going back, the weights are transposed.", weights_not_transposed),
)  # fmt: skip
inputs.witness(lambda X, W, b, Z, slope: flat(gradients(X, W, b, Z, slope)[0].tolist()))


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


formula.slips = rows(
    ("slope left out", "Below 0 the output has the slope alpha: one more factor.",
     lambda formula: formula / letters()[0]),
    ("wrong sign", "The derivative of (h - z)^2 with respect to h is 2(h - z).",
     lambda formula: -formula),
    ("input left out", "The pre-activation has the derivative x with respect to the weight.",
     lambda formula: formula / letters()[2]),
)  # fmt: skip


@formula.witness
def _(point):
    x, s = point["x"], point["s"]
    unit = (((x,),), ((1.0,),), (-s - x,), ((point["z"],),), point["alpha"])
    return gradients(*unit)[1][0, 0]


def unmasked(preactivation, Z, slope):
    h = [[backprop.leaky_relu(v, slope) for v in a] for a in by_row(preactivation)]
    return [
        tuple(2 * (u - v) for u, v in zip(*pair, strict=True)) for pair in zip(h, Z, strict=True)
    ]


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


@family.working
def _(X, preactivation, Z, slope):
    a = by_row(preactivation)
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
