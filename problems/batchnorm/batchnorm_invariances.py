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
from partialcredit.problems.batchnorm._invariance_claims import CLAIMS, OUT, SAMPLE, holds, run
from partialcredit.solvers import backprop, batchnorm, batchnorm_invariances, letters

family = Family(
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


@family.condition
def _(X, w, b):
    """No two outputs are equal, and the inputs do not lie on a line: the gradient would be 0."""
    u, ((p, q), *others) = outputs(X, w, b), X
    (c, d), (e, f) = ((x - p, y - q) for x, y in others[:2])
    return len(set(u)) == len(u) and c * f != d * e


def outputs(X, w, b):
    return tuple(v + b for v in backprop.affine(X, w))


def like(X):
    return Array(shape=(len(X),), digits=4)


def normalized_values(u):
    mean = batchnorm.mean(u)
    return batchnorm.normalize(u, mean, batchnorm.variance(u, mean), 0)


@family.part(like)
def normalized(X, w, b):
    return normalized_values(outputs(X, w, b))


def divided_by_m_1(X, normalized):
    share = batchnorm.normalize((1,), 0, rational(len(X), len(X) - 1), 0)[0]
    return tuple(v * share for v in normalized)


def divided_by_the_variance(X, w, b):
    u = outputs(X, w, b)
    mean = batchnorm.mean(u)
    return tuple((v - mean) / batchnorm.variance(u, mean) for v in u)


def mean_not_subtracted(X, w, b):
    u = outputs(X, w, b)
    return batchnorm.normalize(u, 0, batchnorm.variance(u, batchnorm.mean(u)), 0)


normalized.slips = rows(
    ("divided by m - 1", "Batch normalisation divides by the number of examples.", divided_by_m_1),
    ("divided by the variance", "Divide by the standard deviation.", divided_by_the_variance),
    ("mean not subtracted", "Subtract the mean of the batch.", mean_not_subtracted),
)  # fmt: skip

normalized.witness(lambda X, w, b: run(X, w, b)[1])


@family.part(like, levels=["easy"])
def shifted(X, w, b, shift):
    return normalized_values(outputs(X, w, b + shift))


def shift_divided_by_the_deviation(X, w, b, shifted, shift):
    moved = shift * slope_of(outputs(X, w, b))
    return tuple(v + moved for v in shifted)


shifted.slips = rows(
    ("shifted as well", "The mean moves by the same amount and takes it away.",
     lambda shifted, shift: tuple(v + shift for v in shifted)),
    ("shift divided by the deviation", "The mean moves as well and takes it away.",
     shift_divided_by_the_deviation),
)  # fmt: skip

shifted.witness(lambda X, w, b, shift: run(X, w, b + shift)[1])


@family.part(Real(digits=4), levels=["medium"])
def spread(k):
    return batchnorm_invariances.variance_factor(k)


spread.slips = rows(
    ("not squared", "The variance adds squares.", lambda k: k),
    ("unchanged", "The normalised values are unchanged in size, but not the variance.", lambda: 1),
    ("inverse", "Larger weights spread the values more.", lambda spread: 1 / rational(spread)),
)  # fmt: skip

spread.witness(lambda X, w, b, k: np.var(run(X, times(k, w), b)[0]) / np.var(run(X, w, b)[0]))


@family.part(like, levels=["medium"])
def scaled(normalized, k):
    sign = batchnorm_invariances.normalized_factor(k)
    return tuple(sign * v for v in normalized)


scaled.slips = rows(
    ("multiplied by k", "The standard deviation grows as well and takes it away.",
     lambda normalized, k: tuple(k * v for v in normalized)),
    ("divided by k", "Values and standard deviation are both multiplied.",
     lambda normalized, k: tuple(v / k for v in normalized)),
    ("sign", "A standard deviation is never negative: the sign of the factor stays.",
     lambda scaled: tuple(-v for v in scaled)),
)  # fmt: skip

scaled.witness(lambda X, w, b, k: run(X, times(k, w), b)[1])


def slope_of(u):
    """1 over the standard deviation."""
    return batchnorm.normalize((1,), 0, batchnorm.variance(u, batchnorm.mean(u)), 0)[0]


def passed_back(u, normalized, g):
    """The gradients by u."""
    sums = batchnorm.beta_gradient(g), batchnorm.gamma_gradient(normalized, g)
    return batchnorm.input_gradient(normalized, g, *sums, slope_of(u))


@family.part(Array(shape=(2,), digits=4), levels=["hard"], marks=3)
def gradient(X, w, b, normalized, g):
    return backprop.through_weights(X, passed_back(outputs(X, w, b), normalized, g))


def statistics_held_fixed(X, w, b, g):
    slope = slope_of(outputs(X, w, b))
    return backprop.through_weights(X, [slope * v for v in g])


def mean_only(X, w, b, normalized, g):
    slope = slope_of(outputs(X, w, b))
    passed = batchnorm.input_gradient(normalized, g, batchnorm.beta_gradient(g), 0, slope)
    return backprop.through_weights(X, passed)


gradient.slips = rows(
    ("statistics held fixed", "Mean and deviation depend on the weights, too.",
     statistics_held_fixed),
    ("normalisation left out", "The gradient must pass the normalisation.",
     lambda X, g: backprop.through_weights(X, g)),
    ("mean only", "The standard deviation depends on the weights, too.", mean_only),
)  # fmt: skip

gradient.witness(lambda X, w, b, g: run(X, w, b, g)[2][0])


@family.part(Array(shape=(2,), digits=4), levels=["hard"])
def scaled_gradient(gradient, k):
    factor = batchnorm_invariances.gradient_factor(k)
    return tuple(factor * v for v in gradient)


scaled_gradient.slips = rows(
    ("multiplied by k", "The deviation has grown: the gradient shrinks.",
     lambda gradient, k: tuple(k * v for v in gradient)),
    ("unchanged", "The output is the same, but not its slope.", lambda gradient: gradient),
    ("divided by the square", "The gradient goes with 1/k.",
     lambda gradient, k: tuple(v / k**2 for v in gradient)),
)  # fmt: skip

scaled_gradient.witness(lambda X, w, b, g, k: run(X, times(k, w), b, g)[2][0])


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

turning.witness(lambda point: angle(times(point["k"], (1.0, 2.0))) / angle((1.0, 2.0)))


@family.part(TrueFalse(statements=3))
def statements(claims):
    return tuple(CLAIMS[i][1] for i in claims)


statements.witness(lambda claims: tuple(map(holds, claims)))


def times(k, w):
    return tuple(float(k) * v for v in w)


def angle(w):
    """The tangent of the angle by which one step of descent turns the weights."""
    step = -0.1 * run(SAMPLE, w, 1.0, OUT)[2][0]
    along = np.dot(step, w) / np.dot(w, w)
    return np.linalg.norm(step - along * np.array(w)) / (np.linalg.norm(w) * (1 + along))


@family.working
def _(X, w, b, g, claims, normalized):
    u = outputs(X, w, b)
    mean = batchnorm.mean(u)
    variance = batchnorm.variance(u, mean)
    return {
        "u": u,
        "mean": mean,
        "variance": variance,
        "deviation": sqrt(variance),
        "passed": passed_back(u, normalized, g) if g else (),
        "along": sum(a * v for a, v in zip(g, normalized, strict=False)),
        "texts": [CLAIMS[i][0] for i in claims],
    }
