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
from partialcredit.solvers import batchnorm

family = Family(
    conventions=[
        "The variance divides by $m$, and $\\epsilon$ stands inside the root",
        r"{% if level == 'hard' %}rows are examples and columns are features{% endif %}",
    ]
)


@family.sample
def sample(draw):
    m = draw.by_level(draw.integer(3, 4), draw.integer(4, 5), draw.integer(4, 5))
    if draw.level == "hard":
        columns = [draw.integers(m, -6, 9) for _ in range(2)]
        return {
            "x": list(zip(*columns, strict=True)),
            "gamma": [draw.choice([-2, -1, 2, 3]) for _ in columns],
            "beta": [draw.choice([-2, -1, 1, 3]) for _ in columns],
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
    pairs = zip(gamma, beta, strict=True) if isinstance(gamma, tuple) else [(gamma, beta)]
    different = all(g != b for g, b in pairs)
    return different and all(len(set(column)) > 2 for column in features(x))


def features(x):
    """The columns of a matrix; a vector is its only feature."""
    return list(zip(*x, strict=True)) if isinstance(x[0], tuple) else [x]


def each(function, x, *others):
    """The function on every feature; per-feature numbers come along, and columns stay columns."""
    if not isinstance(x[0], tuple):
        return function(x, *others)
    found = [
        function(column, *(other[j] if isinstance(other, tuple) else other for other in others))
        for j, column in enumerate(zip(*x, strict=True))
    ]
    return tuple(zip(*found, strict=True)) if isinstance(found[0], tuple) else tuple(found)


def per_feature(x):
    return Array(shape=(len(x[0]),), digits=4) if isinstance(x[0], tuple) else Real(digits=4)


def per_value(x):
    return Array(shape=(len(x), *((len(x[0]),) if isinstance(x[0], tuple) else ())), digits=4)


@family.part(per_feature)
def mean(x):
    return each(batchnorm.mean, x)


def mean_over_the_features(x):
    rows = x if isinstance(x[0], tuple) else None
    return tuple(batchnorm.mean(row) for row in rows)[:2] if rows else None


def divided_by_m_1(x, mean):
    share = rational(len(x), len(x) - 1)
    return each(lambda _v, known: known * share, x, mean)


mean.slips = rows(
    ("mean over the features", "Every feature has its own mean, taken over the examples.",
     mean_over_the_features),
    ("divided by m - 1", "The mean divides by m.", divided_by_m_1),
)  # fmt: skip


@mean.witness
def _(x):
    bn, _y = layer(x)
    found = bn.running_mean / bn.momentum
    return found if isinstance(x[0], tuple) else found[0]


@family.part(per_feature)
def variance(x, mean):
    return each(batchnorm.variance, x, mean)


def divided_by_m_1_2(x, variance):
    share = rational(len(x), len(x) - 1)
    return each(lambda _v, known: known * share, x, variance)


variance.slips = rows(
    ("divided by m - 1", "Batch normalisation divides by m, not by m - 1.", divided_by_m_1_2),
    ("mean of the squares", "The mean must be subtracted before squaring.",
     lambda x: each(lambda v: batchnorm.variance(v, 0), x)),
)  # fmt: skip


@variance.witness
def _(x):
    """The factor by which the layer shrinks the range of every feature, squared."""
    _bn, y = layer(x)
    before = np.ptp(np.array(x, dtype=float), axis=0)
    return (before / np.ptp(y, axis=0)) ** 2


@family.part(per_value, marks=2)
def normalized(x, mean, variance, eps):
    return each(batchnorm.normalize, x, mean, variance, eps)


def by_fewer(x, mean, variance, eps):
    share = rational(len(x), len(x) - 1)
    return each(lambda v, m, s: batchnorm.normalize(v, m, s * share, eps), x, mean, variance)


def by_variance(x, mean, variance, eps):
    return each(lambda v, m, s: tuple((u - m) / (s + eps) for u in v), x, mean, variance)


def normalised_over_the_features(x, eps):
    if not isinstance(x[0], tuple):
        return None
    means = map(batchnorm.mean, x)
    return tuple(
        batchnorm.normalize(v, m, batchnorm.variance(v, m), eps)
        for v, m in zip(x, means, strict=True)
    )


def not_centred(x, variance, eps):
    return each(lambda v, s: batchnorm.normalize(v, 0, s, eps), x, variance)


normalized.slips = rows(
    ("divided by m - 1", "Batch normalisation divides by m, not by m - 1.", by_fewer),
    ("divided by the variance", "Divide by the root of the variance.", by_variance),
    ("normalised over the features", "Every feature is normalised over the batch.",
     normalised_over_the_features),
    ("eps outside the root",
     "The stabiliser is added before the root is taken.",
     lambda x, mean, variance, eps: each(lambda v, m, s: tuple((u - m) / (sqrt(s) + eps) for u in v), x, mean, variance)),
    ("did not subtract the mean", "Subtract the batch mean first.", not_centred),
)  # fmt: skip

normalized.witness(lambda x, eps: layer(x, eps=eps)[1])


@family.part(per_value)
def output(normalized, gamma, beta):
    return each(batchnorm.scale_and_shift, normalized, gamma, beta)


output.slips = rows(
    ("gamma and beta swapped", "Gamma scales and beta shifts.",
     lambda normalized, gamma, beta: each(batchnorm.scale_and_shift, normalized, beta, gamma)),
    ("shifted first",
     "Scale by gamma first, then add beta.",
     lambda normalized, gamma, beta: each(lambda v, g, b: tuple(g * (u + b) for u in v), normalized, gamma, beta)),
    ("divided by m - 1",
     "Batch normalisation divides by m, not by m - 1.",
     lambda x, mean, variance, eps, gamma, beta: each(batchnorm.scale_and_shift, by_fewer(x, mean, variance, eps), gamma, beta)),
    ("divided by the variance",
     "Divide by the root of the variance.",
     lambda x, mean, variance, eps, gamma, beta: each(batchnorm.scale_and_shift, by_variance(x, mean, variance, eps), gamma, beta)),
    ("did not subtract the mean",
     "Subtract the batch mean first.",
     lambda x, variance, eps, gamma, beta: each(batchnorm.scale_and_shift, not_centred(x, variance, eps), gamma, beta)),
)  # fmt: skip

output.witness(lambda x, gamma, beta, eps: layer(x, gamma, beta, eps)[1])


def layer(x, gamma=1, beta=0, eps=0):
    """The engine's layer and what it puts out, in the form of x."""
    matrix = isinstance(x[0], tuple)
    bn = engine.BatchNorm1d(len(x[0]) if matrix else 1, eps=float(eps), dtype="float64")
    bn.weight.data[:], bn.bias.data[:] = gamma, beta
    rows = [list(map(float, row)) for row in x] if matrix else [[float(v)] for v in x]
    y = bn(engine.Tensor(rows)).data
    return bn, y if matrix else y[:, 0]


@family.working
def _(x, mean, variance, eps):
    means, variances = ((v if isinstance(v, tuple) else (v,)) for v in (mean, variance))
    return {
        "m": len(x),
        "features": [
            {
                "x": column,
                "mean": m,
                "variance": s,
                "squares": tuple((v - m) ** 2 for v in column),
                "shifted": s + eps,
                "deviation": sqrt(s + eps),
            }
            for column, m, s in zip(features(x), means, variances, strict=True)
        ],
    }
