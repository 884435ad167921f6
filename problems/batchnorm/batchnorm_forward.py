"""Batch normalisation, forward pass.

Trap: dividing by m - 1, or by the variance instead of its root.
Reference: Ioffe and Szegedy (2015), Algorithm 1.
Source: S0-68, S0-69, S1-66, S2-03, S2-04, S2-05.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, columns
from partialcredit.solvers import batchnorm

family = Family(
    version=3,
    conventions=[
        "The variance divides by $m$, and $\\epsilon$ stands inside the root",
        r"{% if level == 'hard' %}rows are examples and columns are features{% endif %}",
    ],
)


@family.sample
def sample(draw):
    m = draw.by_level(draw.integer(3, 4), draw.integer(4, 5), 3)
    if draw.level == "hard":
        return {
            "x": columns([draw.integers(m, -6, 9) for _ in range(2)]),
            "gamma": [draw.choice([-2, -1, 2, 3]) for _ in range(2)],
            "beta": [draw.choice([-2, -1, 1, 3]) for _ in range(2)],
            "eps": draw.decimal("0.001", "0.01", "0.1", "1"),
        }
    return {
        "x": draw.integers(m, *draw.by_level((0, 8), (-5, 9), ())),
        "gamma": draw.choice([-2, -1, 2, 3]),
        "beta": draw.choice([-2, -1, 1, 3]),
        "eps": draw.by_level(0, draw.decimal("0.001", "0.01", "0.1", "1"), None),
    }


@family.condition
def _(x, gamma, beta):
    scales, shifts = (v if isinstance(v, tuple) else (v,) for v in (gamma, beta))
    different = all(g != b for g, b in zip(scales, shifts, strict=True))
    return different and all(len(set(column)) > 2 for column in features(x))


def is_matrix(x):
    return isinstance(x[0], tuple)


def features(x):
    """The columns of a matrix; a vector is its only feature."""
    return columns(x) if is_matrix(x) else [x]


@family.derive
def bessel(x):
    """What makes a variance that divides by m one that divides by m - 1."""
    return rational(len(x), len(x) - 1)


def centred(x, mean):
    return Vector(x_i - mean for x_i in x)


def per_feature(x):
    return Array(shape=(len(x[0]),), digits=3) if is_matrix(x) else Real(digits=3)


def per_value(x):
    return Array(shape=np.shape(x), digits=3)


@family.part(per_feature)
def mean(x):
    return batchnorm.mean(x)


mean.slips = rows(
    ("mean over the features", "Every feature has its own mean, taken over the examples.",
     lambda x: [batchnorm.mean(row) for row in x[:2]] if is_matrix(x) else None),
    ("divided by m - 1", "The mean divides by m.", lambda mean, bessel: mean * bessel),
    ("the sum", "Divide by the number of examples.", lambda mean, x: mean * len(x)),
)  # fmt: skip


@mean.witness
def _(x):
    bn, _y = layer(x)
    found = bn.running_mean / bn.momentum
    return found if is_matrix(x) else found[0]


@family.part(per_feature)
def variance(x, mean):
    return batchnorm.variance(x, mean)


variance.slips = rows(
    ("divided by m - 1", "Batch normalisation divides by m, not by m - 1.",
     lambda variance, bessel: variance * bessel),
    ("mean of the squares", "The mean must be subtracted before squaring.",
     lambda x: batchnorm.mean(x**2)),
    ("the sum of squares", "Divide by the number of examples.",
     lambda variance, x: variance * len(x)),
    ("standard deviation", "The variance is the square.", lambda variance: sqrt(variance)),
)  # fmt: skip


@variance.witness
def _(x):
    """The factor by which the layer shrinks the range of every feature, squared."""
    _bn, y = layer(x)
    return (np.ptp(x, axis=0) / np.ptp(y, axis=0)) ** 2


@family.part(per_value, marks=2)
def normalized(x, mean, variance, eps):
    return batchnorm.normalize(x, mean, variance, eps)


def normalised_over_the_features(x, eps):
    if not is_matrix(x):
        return None
    means = map(batchnorm.mean, x)
    return [
        batchnorm.normalize(row, m, batchnorm.variance(row, m), eps)
        for row, m in zip(x, means, strict=True)
    ]


normalized.slips = rows(
    ("divided by the variance", "Divide by the root of the variance.",
     lambda x, mean, variance, eps: [v / (variance + eps) for v in centred(x, mean)]),
    ("normalised over the features", "Every feature is normalised over the batch.",
     normalised_over_the_features),
    ("eps outside the root", "The stabiliser is added before the root is taken.",
     lambda x, mean, variance, eps: [v / (sqrt(variance) + eps) for v in centred(x, mean)]),
    ("did not subtract the mean", "Subtract the batch mean first.",
     lambda x, variance, eps: [v / sqrt(variance + eps) for v in x]),
    ("eps left out", "The stabiliser is added to the variance.",
     lambda x, mean, variance, eps:
         [v / sqrt(variance) for v in centred(x, mean)] if eps else None),
)  # fmt: skip
normalized.witness(lambda x, eps: layer(x, eps=eps)[1])


@family.part(per_value)
def output(normalized, gamma, beta):
    return batchnorm.scale_and_shift(normalized, gamma, beta)


output.slips = rows(
    ("gamma and beta swapped", "Gamma scales and beta shifts.",
     lambda normalized, gamma, beta: batchnorm.scale_and_shift(normalized, beta, gamma)),
    ("shifted first", "Scale by gamma first, then add beta.",
     lambda normalized, gamma, beta: [gamma * (v + beta) for v in normalized]),
    ("not shifted", "Beta is added at the end.",
     lambda normalized, gamma: [gamma * v for v in normalized]),
    ("not scaled", "Gamma multiplies the normalised values.",
     lambda normalized, beta: [v + beta for v in normalized]),
)  # fmt: skip
output.witness(lambda x, gamma, beta, eps: layer(x, gamma, beta, eps)[1])


@family.part(Array(shape=(2,), digits=3), marks=2, levels=["hard"])
def undone(mean, variance, eps):
    return sqrt(variance[0] + eps), mean[0]


undone.slips = rows(
    ("variance for the root", "The normalisation divides by the root: gamma multiplies by it.",
     lambda mean, variance, eps: (variance[0] + eps, mean[0])),
    ("inverse", "Gamma multiplies by what the normalisation divides by.",
     lambda undone: (1 / undone[0], undone[1])),
    ("mean subtracted", "The mean has been subtracted: beta adds it.",
     lambda undone: (undone[0], -undone[1])),
    ("nothing to undo", "With gamma 1 and beta 0 the output is the normalised value.",
     lambda: (1, 0)),
)  # fmt: skip


@undone.witness
def _(x, eps):
    """The line through the layer's outputs and its inputs."""
    column = np.array(x, dtype=float)[:, :1]
    return np.polyfit(layer(column.tolist(), eps=eps)[1][:, 0], column[:, 0], 1)


def layer(x, gamma=1, beta=0, eps=0):
    """The engine's layer and what it puts out, in the form of x."""
    rows = x if is_matrix(x) else [[v] for v in x]
    bn = engine.BatchNorm1d(len(rows[0]), eps=eps, dtype="float64")
    bn.weight.data[:], bn.bias.data[:] = gamma, beta
    return bn, bn(engine.Tensor(rows, dtype="float64")).data.reshape(np.shape(x))


@family.working
def _(x, mean, variance, eps):
    means, variances = (v if isinstance(v, tuple) else (v,) for v in (mean, variance))
    return {
        "m": len(x),
        "features": [
            {
                "x": column,
                "mean": m,
                "variance": s,
                "squares": (column - m) ** 2,
                "shifted": s + eps,
                "deviation": sqrt(s + eps),
            }
            for column, m, s in zip(features(x), means, variances, strict=True)
        ],
    }
