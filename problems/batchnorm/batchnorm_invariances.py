"""What batch normalisation does not see.

Trap: biases and scales before the layer taken to matter, gradients that grow with the weights.
Reference: Ioffe and Szegedy (2015), section 3.3; van Laarhoven (2017), section 2.
Source: S1-67.
"""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real, TrueFalse
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, columns, dot
from partialcredit.problems.batchnorm._invariance_claims import CLAIMS, OUT, SAMPLE, holds, run
from partialcredit.solvers import backprop, batchnorm, batchnorm_invariances, letters

family = Family(
    version=3,
    conventions=[
        r"the layer computes $u_i = \mathbf{w}^\top \mathbf{x}_i + b$ for every example $i$, and "
        r"then $\hat{u}_i = (u_i - \mu) / \sigma$ with the mean and the standard deviation of the "
        r"batch, dividing by the number of examples and with $\epsilon = 0$"
    ],
    hidden=["claims"],
)


@family.sample
def sample(draw):
    m = draw.by_level(draw.integer(3, 4), draw.integer(3, 4), 3)
    return {
        "X": draw.matrix(m, 2, -4, 5),
        "w": (draw.nonzero(-3, 4), draw.nonzero(-3, 4)),
        "b": draw.nonzero(-5, 6),
        "g": [draw.nonzero(-4, 4) for _ in range(m)] if draw.level == "hard" else (),
        "claims": draw.sample(range(len(CLAIMS)), 3),
    } | draw.by_level(
        {"shift": draw.nonzero(-20, 20)},
        {"k": draw.choice([-1, 1]) * draw.decimal("2", "3", "4", "5", "0.5", "0.1", "10")},
        {"k": draw.decimal("2", "3", "4", "5", "0.5", "0.1", "10")},
    )


@family.derive
def u(X, w, b):
    return Vector(backprop.affine(X, w)) + b


@family.derive
def variance(u):
    return batchnorm.variance(u, batchnorm.mean(u))


@family.derive
def deviation(variance):
    return sqrt(variance)


@family.condition
def _(X, u):
    """No two outputs are equal, and the inputs do not lie on a line: the gradient would be 0."""
    (c, d), (e, f) = X[1] - X[0], X[2] - X[0]
    return len(set(u)) == len(u) and c * f != d * e


@family.condition
def _(X, u, variance, g):
    """What is passed back is no small difference of large numbers, and neither is its sum."""
    if not g:
        return True
    away, m = batchnorm.deviations(u), len(u)
    along = dot(g, away) / variance
    passed = m * g - sum(g) - along * away
    sizes = abs(m * g) + abs(sum(g)) + abs(along * away)
    kept = all(5 * abs(p) > s for p, s in zip(passed, sizes, strict=True))
    return kept and all(
        4 * abs(dot(passed, column)) > dot(abs(passed), abs(column)) for column in columns(X)
    )


@family.run
def layers(X, w, b):
    return run(X, w, b)


@family.run
def scaled_layers(X, w, b, k):
    return run(X, k * w, b)


def like(X):
    return Array(shape=(len(X),), digits=3)


@family.part(like)
def normalized(u, deviation):
    return batchnorm.deviations(u) / deviation


normalized.slips = rows(
    ("divided by m - 1", "Batch normalisation divides by the number of examples.",
     lambda X, normalized: normalized / sqrt(rational(len(X), len(X) - 1))),
    ("divided by the variance", "Divide by the standard deviation.",
     lambda u, variance: batchnorm.deviations(u) / variance),
    ("mean not subtracted", "Subtract the mean of the batch.", lambda u, deviation: u / deviation),
    ("not divided", "Divide by the standard deviation.", lambda u: batchnorm.deviations(u)),
)  # fmt: skip
normalized.witness(lambda layers: layers.normalised)


@family.part(like, levels=["easy"])
def shifted(normalized):
    """A constant that is added leaves the deviations as they are."""
    return normalized


shifted.slips = rows(
    ("shifted as well", "The mean moves by the same amount and takes it away.",
     lambda shifted, shift: shifted + shift),
    ("shift divided by the deviation", "The mean moves as well and takes it away.",
     lambda shifted, shift, deviation: shifted + shift / deviation),
)  # fmt: skip
shifted.witness(lambda X, w, b, shift: run(X, w, b + shift).normalised)


@family.part(Real(), levels=["medium"])
def spread(k):
    return batchnorm_invariances.variance_factor(k)


spread.slips = rows(
    ("not squared", "The variance adds squares.", lambda k: k),
    ("unchanged", "The normalised values are unchanged in size, but not the variance.", lambda: 1),
    ("inverse", "Larger weights spread the values more.", lambda spread: 1 / rational(spread)),
)  # fmt: skip
spread.witness(lambda layers, scaled_layers: np.var(scaled_layers.values) / np.var(layers.values))


@family.part(like, levels=["medium"])
def scaled(normalized, k):
    return batchnorm_invariances.normalized_factor(k) * normalized


scaled.slips = rows(
    ("multiplied by k", "The standard deviation grows as well and takes it away.",
     lambda normalized, k: k * normalized),
    ("divided by k", "Values and standard deviation are both multiplied.",
     lambda normalized, k: normalized / k),
    ("sign", "A standard deviation is never negative: the sign of the factor stays.",
     lambda scaled: -scaled),
)  # fmt: skip
scaled.witness(lambda scaled_layers: scaled_layers.normalised)


def passed_back(normalized, g, deviation):
    """The gradients by u."""
    sums = batchnorm.beta_gradient(g), batchnorm.gamma_gradient(normalized, g)
    return batchnorm.input_gradient(normalized, g, *sums, 1 / deviation)


@family.part(Array(shape=(2,), digits=3), levels=["hard"], marks=3)
def gradient(X, normalized, g, deviation):
    return backprop.through_weights(X, passed_back(normalized, g, deviation))


def mean_only(X, normalized, g, deviation):
    passed = batchnorm.input_gradient(normalized, g, batchnorm.beta_gradient(g), 0, 1 / deviation)
    return backprop.through_weights(X, passed)


gradient.slips = rows(
    ("statistics held fixed", "Mean and deviation depend on the weights, too.",
     lambda X, g, deviation: backprop.through_weights(X, 1 / deviation * g)),
    ("normalisation left out", "The gradient must pass the normalisation.",
     lambda X, g: backprop.through_weights(X, g)),
    ("mean only", "The standard deviation depends on the weights, too.", mean_only),
)  # fmt: skip
gradient.witness(lambda X, w, b, g: run(X, w, b, g).by_w)


@family.part(Array(shape=(2,), digits=3), levels=["hard"])
def scaled_gradient(gradient, k):
    return batchnorm_invariances.gradient_factor(k) * gradient


scaled_gradient.slips = rows(
    ("multiplied by k", "The deviation has grown: the gradient shrinks.",
     lambda gradient, k: k * gradient),
    ("unchanged", "The output is the same, but not its slope.", lambda gradient: gradient),
    ("divided by the square", "The gradient goes with 1/k.", lambda gradient, k: gradient / k**2),
)  # fmt: skip
scaled_gradient.witness(lambda X, w, b, g, k: run(X, k * w, b, g).by_w)


@family.part(Expression(symbols={"k": "positive"}), levels=["hard"])
def turning():
    return letters.formula(batchnorm_invariances.turning_factor)


turning.slips = rows(
    ("gradient only", "The weights have become longer as well.",
     lambda: letters.formula(batchnorm_invariances.gradient_factor)),
    ("unchanged", "The step is shorter and the weights are longer.",
     lambda: letters.symbols("k") ** 0),
    ("inverse", "The step is shorter and the weights are longer.", lambda turning: 1 / turning),
)  # fmt: skip
turning.witness(lambda point: angle(point["k"]) / angle(1.0))


@family.part(TrueFalse(statements=3))
def statements(claims):
    return [CLAIMS[i][1] for i in claims]


statements.witness(lambda claims: [holds(i) for i in claims])


def angle(k):
    """The tangent of the angle by which one step of descent turns the weights k (1, 2)."""
    w = k * np.array([1.0, 2.0])
    step = -0.1 * run(SAMPLE, w, 1.0, OUT).by_w
    along = np.dot(step, w) / np.dot(w, w)
    return np.linalg.norm(step - along * w) / (np.linalg.norm(w) * (1 + along))


@family.working
def _(u, g, claims, normalized, deviation):
    return {
        "mean": batchnorm.mean(u),
        "passed": passed_back(normalized, g, deviation) if g else (),
        "along": dot(g, normalized) if g else 0,
        "texts": [CLAIMS[i][0] for i in claims],
    }
