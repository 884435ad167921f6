"""Batch normalisation of one feature, forward pass.

Trap: dividing by m - 1, or by the variance instead of its root.
Reference: Ioffe and Szegedy (2015), Algorithm 1.
Source: S0-68, S0-69, S1-66, S2-03, S2-04, S2-05.
"""

from fractions import Fraction

from partialcredit import engine
from partialcredit.exact import sqrt
from partialcredit.family import Family
from partialcredit.grading import Array, Real
from partialcredit.solvers import batchnorm

family = Family(conventions=["the variance divides by $m$, and $\\epsilon$ stands inside the root"])


@family.sample
def sample(draw):
    m = draw.by_level(draw.integer(3, 4), draw.integer(4, 5), draw.integer(5, 6))
    return {
        "x": draw.integers(m, *draw.by_level((0, 8), (-5, 9), (-12, 15))),
        "gamma": draw.choice([-2, -1, 2, 3]),
        "beta": draw.choice([-2, -1, 1, 3]),
        "eps": draw.by_level(0, *[draw.decimal("0.001", "0.01", "0.1", "1")] * 2),
    }


@family.condition
def _(x, gamma, beta):
    return len(set(x)) > 2 and gamma != beta


@family.part(Real(digits=4))
def mean(x):
    return batchnorm.mean(x)


@family.part(Real(digits=4))
def variance(x, mean):
    return batchnorm.variance(x, mean)


@family.part(lambda x: Array(shape=(len(x),), digits=4), marks=2)
def normalized(x, mean, variance, eps):
    return batchnorm.normalize(x, mean, variance, eps)


@family.part(lambda x: Array(shape=(len(x),), digits=4))
def output(normalized, gamma, beta):
    return batchnorm.scale_and_shift(normalized, gamma, beta)


@variance.mistake("divided by m - 1", "Batch normalisation divides by m, not by m - 1.")
def _(x, variance):
    return variance * Fraction(len(x), len(x) - 1)


@variance.mistake("mean of the squares", "The mean must be subtracted before squaring.")
def _(x):
    return batchnorm.variance(x, 0)


@normalized.mistake("divided by the variance", "Divide by the root of the variance.")
def _(x, mean, variance, eps):
    return tuple((v - mean) / (variance + eps) for v in x)


@normalized.mistake("eps outside the root", "The stabiliser is added before the root is taken.")
def _(x, mean, variance, eps):
    return tuple((v - mean) / (sqrt(variance) + eps) for v in x)


@normalized.mistake("did not subtract the mean", "Subtract the batch mean first.")
def _(x, variance, eps):
    return batchnorm.normalize(x, 0, variance, eps)


@output.mistake("gamma and beta swapped", "Gamma scales and beta shifts.")
def _(normalized, gamma, beta):
    return batchnorm.scale_and_shift(normalized, beta, gamma)


def layer(x, gamma=1, beta=0, eps=0):
    bn = engine.BatchNorm1d(1, eps=float(eps), dtype="float64")
    bn.weight.data[:], bn.bias.data[:] = gamma, beta
    return bn, bn(engine.Tensor([[float(v)] for v in x])).data[:, 0]


@mean.witness
def _(x):
    bn, _y = layer(x)
    return bn.running_mean[0] / bn.momentum


@variance.witness
def _(x, eps):
    _bn, y = layer(x)
    return ((max(x) - min(x)) / (y.max() - y.min())) ** 2


@normalized.witness
def _(x, eps):
    return layer(x, eps=eps)[1]


@output.witness
def _(x, gamma, beta, eps):
    return layer(x, gamma, beta, eps)[1]


@family.working
def _(x, mean, variance, eps):
    return {
        "m": len(x),
        "squares": tuple((v - mean) ** 2 for v in x),
        "deviation": sqrt(variance + eps),
    }
