"""Gaussian classes fitted by maximum likelihood.

Trap: dividing by N - 1, the standard deviation for the variance, leaving out the class shares.
Reference: Bishop (2006), equations 4.64 to 4.80; Hastie et al. (2009), section 4.3.
Source: S0-26, S0-27, S0-28.
"""

from fractions import Fraction
from math import log
from operator import sub

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.exact import log as log_of
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns, each, freeze
from partialcredit.problems.ml_basics._gaussians import fitted, shared, spreads, vertices
from partialcredit.problems.ml_basics._likelihood_constant import questions
from partialcredit.solvers import batchnorm, gaussian_classes

family = Family(
    version=3,
    conventions=[
        "all parameters, and the class probabilities, are those of maximum likelihood",
        r"$\log$ is the natural logarithm",
    ],
)


@family.sample
def sample(draw):
    counts = draw.sample(draw.by_level((3, 4, 5), (3, 4, 5), (3, 4, 5, 6)), 2)
    size, first, second = 2 if draw.level == "medium" else 1, (), ()
    while not (first and apart(first, second)):
        shift = draw.integer(2, 5)
        first, second = (cloud(draw, n, size, j * shift) for j, n in enumerate(counts))
    return {"first": first, "second": second, "x": drawn_query(draw, first, second, size)}


def cloud(draw, count, size, middle):
    features = [draw.integers(count, middle - 4, middle + 4) for _ in range(size)]
    return columns(features) if size > 1 else freeze(features[0])


def apart(first, second):
    """Whether class 2 has the larger mean of every feature, and no variance is small."""
    (m, v), (n, u) = map(gaussian_classes.maximum_likelihood, (first, second))
    return np.min(n - m) > 0 and np.min([v, u]) >= 1


def drawn_query(draw, first, second, size):
    """A point of either class alike."""
    wanted, (one, two) = draw.integer(1, 2), fitted(first, second)
    tried = [draw.integers(size, -9, 13) for _ in range(12)]
    return max(tried, key=lambda x: (1 if one.weigh(x) > two.weigh(x) else 2) == wanted)


@family.derive
def counts(first, second):
    return len(first), len(second)


@family.derive
def query(x):
    """A number where there is one feature."""
    return x if len(x) > 1 else x[0]


@family.run
def classes(first, second):
    return fitted(first, second)


@family.run
def alike(first, second):
    return shared(first, second)


def array(x):
    return Array(shape=(2, 2) if len(x) > 1 else (2,), digits=3)


def total(values):
    return sum(values) if isinstance(values, tuple) else values


def joints(query, means, variances, counts):
    """The logarithms of p(y) p(x | y) of both classes."""
    return [
        gaussian_classes.log_joint(gaussian_classes.log_density(query, m, v), n, sum(counts))
        for m, v, n in zip(means, variances, counts, strict=True)
    ]


@family.part(array)
def means(first, second):
    return [gaussian_classes.maximum_likelihood(points)[0] for points in (first, second)]


means.slips = rows(
    ("all examples", "Every class has a mean of its own.",
     lambda first, second: [gaussian_classes.maximum_likelihood((*first, *second))[0]] * 2),
    ("classes exchanged", "The first value belongs to class 1.", lambda means: means[::-1]),
    ("summed", "The mean divides by the number of examples of the class.",
     lambda means, counts: [m * n for m, n in zip(means, counts, strict=True)]),
)  # fmt: skip
means.witness(lambda first, second: np.squeeze([vertices(first), vertices(second)]))


@family.part(array)
def variances(first, second, means):
    return [*map(batchnorm.variance, (first, second), means)]


variances.slips = rows(
    ("divided by N - 1", "Maximum likelihood divides by the number of examples.",
     lambda variances, counts: variances * counts / (rational(1) * counts - 1)),
    ("standard deviations", "The variance is the square.", lambda variances: sqrt(variances)),
    ("mean of the squares", "Subtract the mean of the class before squaring.",
     lambda means, variances: variances + means**2),
    ("sum of squares", "Divide by the number of examples of the class.",
     lambda variances, counts: [v * n for v, n in zip(variances, counts, strict=True)]),
    ("all examples", "Every class has variances of its own.",
     lambda first, second: [gaussian_classes.maximum_likelihood((*first, *second))[1]] * 2),
)  # fmt: skip
variances.witness(lambda first, second: np.squeeze([spreads(first), spreads(second)]))


@family.part(Real(digits=3), levels=["easy", "medium"], marks=2)
def density(query, means, variances):
    return gaussian_classes.log_density(query, means[0], variances[0])


def multiplied_by_the_variance(density, query, means, variances):
    v = variances[0]
    return density + rational(1, 2) * total((query - means[0]) ** 2 * (1 / v - v))


density.slips = rows(
    ("logarithm not halved", "The root of the variance gives half of its logarithm.",
     lambda density, query, variances:
         density + gaussian_classes.log_density(0 * query, 0 * query, variances[0])),
    ("root forgotten", "The density divides by the root of the variance.",
     lambda density, variances: density - rational(1, 2) * total(log_of(variances[0]))),
    ("2 pi left out", "The density also divides by the root of 2 pi.",
     lambda density, x: density - len(x) * gaussian_classes.log_density(0, 0, 1)),
    ("multiplied by the variance", "The square is divided by the variance.",
     multiplied_by_the_variance),
    ("sign of the square", "The density falls with the distance from the mean.",
     lambda density, query, means, variances:
         density + total((query - means[0]) ** 2 / variances[0])),
    ("class probability included", "Leave out p(y): this is the density given y = 1.",
     lambda density, counts: gaussian_classes.log_joint(density, counts[0], sum(counts))),
)  # fmt: skip
density.witness(lambda classes, x: log(classes[0]._replace(share=1).weigh(x)))


@family.part(Real(digits=3), levels=["medium"], marks=2, after="density")
def log_odds(query, means, variances, counts):
    one, two = joints(query, means, variances, counts)
    return one - two


log_odds.slips = rows(
    ("squares only", "The densities also differ in the roots of their variances.",
     lambda log_odds, variances:
         log_odds + rational(1, 2) * total(log_of(variances[0]) - log_of(variances[1]))),
    ("class probabilities ignored", "Add the logarithm of the class probability.",
     lambda query, means, variances: sub(*joints(query, means, variances, (1, 1)))),
    ("classes exchanged", "Class 1 stands in the numerator.", lambda log_odds: -log_odds,
     Fraction(1, 2)),
    ("first class only", "Subtract the same for the other class.",
     lambda query, means, variances, counts: joints(query, means, variances, counts)[0]),
)  # fmt: skip
log_odds.witness(lambda classes, x: log(classes[0].weigh(x) / classes[1].weigh(x)))


@family.part(Real(digits=3), levels=["hard"])
def pooled(variances, counts):
    return gaussian_classes.pooled_variance(variances, counts)


pooled.slips = rows(
    ("plain average", "Weight the classes by their sizes.",
     lambda variances: rational(sum(variances)) / 2),
    ("about the common mean", "Subtract the mean of the example's own class.",
     lambda first, second: gaussian_classes.maximum_likelihood((*first, *second))[1]),
    ("divided by N - 2", "Maximum likelihood divides by the number of examples.",
     lambda pooled, counts: pooled * rational(sum(counts), sum(counts) - 2)),
)  # fmt: skip
pooled.witness(lambda alike: alike[0].laws[0].variance)


@family.part(Real(digits=3), marks=2, levels=["hard"], after="pooled")
def boundary(means, pooled, counts):
    return gaussian_classes.boundary(means, pooled, counts)


boundary.slips = rows(
    ("midpoint", "The class probabilities differ, which moves the boundary.",
     lambda means: rational(sum(means)) / 2),
    ("shifted the wrong way", "The more frequent class gets the larger region.",
     lambda means, pooled, counts: gaussian_classes.boundary(means, pooled, counts[::-1])),
    ("variance left out", "The shift grows with the variance.",
     lambda means, counts: gaussian_classes.boundary(means, 1, counts)),
)  # fmt: skip


@boundary.witness
def _(alike):
    """The zero of the log ratio of the classes, which is linear in x."""
    a, b = (one.laws[0].mean for one in alike)
    at = [log(alike[0].weigh([x]) / alike[1].weigh([x])) for x in (a, b)]
    return a + at[0] * (b - a) / (at[0] - at[1])


@family.part(Real(digits=3), levels=["hard"], after="pooled")
def posterior(query, means, pooled, counts):
    return gaussian_classes.posterior(joints(query, means, (pooled, pooled), counts))


posterior.slips = rows(
    ("other class", "This is the probability of class 2.", lambda posterior: 1 - posterior),
    ("class probabilities ignored", "Weight the densities by the class shares.",
     lambda query, means, pooled:
         gaussian_classes.posterior(joints(query, means, (pooled, pooled), (1, 1)))),
)  # fmt: skip


@posterior.witness
def _(alike, x):
    one, two = (some.weigh(x) for some in alike)
    return one / (one + two)


@family.part(Real(digits=3), marks=2, levels=["hard"], after="pooled")
def likelihood(pooled, counts):
    return gaussian_classes.log_likelihood(counts, pooled)


likelihood.slips = rows(
    ("labels left out", "The labels are part of the data: add log p(y).",
     lambda pooled, counts: gaussian_classes.log_likelihood((sum(counts),), pooled)),
    ("squares left out", "The squared distances add up to N times the variance.",
     lambda likelihood, counts: likelihood + rational(sum(counts), 2)),
)  # fmt: skip


@likelihood.witness
def _(first, second, alike):
    classes = zip(alike, (first, second), strict=True)
    return sum(log(one.weigh([x])) for one, points in classes for x in points)


family.include(questions)


@family.working
def _(first, second, counts, query, means, variances):
    return {
        "sums": each(as_row, each(sum, (first, second))),
        "mu": each(as_row, means),
        "var": each(as_row, variances),
        "squares": each(as_row, variances * counts),
        "other": gaussian_classes.log_density(query, means[1], variances[1]),
        "values": joints(query, means, variances, counts),
        "shared_values": joints,
    }


def as_row(value):
    return value if isinstance(value, tuple) else (value,)
