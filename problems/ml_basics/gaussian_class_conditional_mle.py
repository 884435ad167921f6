"""Gaussian classes fitted by maximum likelihood.

Trap: dividing by N - 1, the standard deviation for the variance, leaving out the class shares.
Reference: Bishop (2006), equations 4.64 to 4.80; Hastie et al. (2009), section 4.3.
Source: S0-26, S0-27, S0-28.
"""

from functools import lru_cache
from math import log

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.exact import log as log_of
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.problems.ml_basics._gaussians import (
    classified,
    evidence,
    shared,
    spreads,
    vertices,
)
from partialcredit.problems.ml_basics._likelihood_constant import questions
from partialcredit.solvers import gaussian_classes

family = Family(
    conventions=[
        "all parameters, and the class probabilities, are those of maximum likelihood",
        r"$\log$ is the natural logarithm",
    ]
)


@family.sample
def sample(draw):
    counts = draw.sample(draw.by_level((3, 4, 5), (3, 4, 5), (3, 4, 5, 6)), 2)
    size, first, second = 2 if draw.level == "medium" else 1, (), ()
    while not (first and apart(first, second)):
        shift = draw.integer(2, 5)
        first, second = (cloud(draw, n, size, j * shift) for j, n in enumerate(counts))
    return {"first": first, "second": second, "x": query(draw, first, second, size)}


def cloud(draw, count, size, middle):
    columns = [draw.integers(count, middle - 4, middle + 4) for _ in range(size)]
    return tuple(zip(*columns, strict=True)) if size > 1 else columns[0]


def apart(first, second):
    fits = [fit(first), fit(second)]
    ordered = all(a[0] < b[0] for a, b in zip(*fits, strict=True))
    return ordered and all(v >= 1 for found in fits for _mean, v in found)


def query(draw, first, second, size):
    """A point of either class alike."""
    wanted = draw.integer(1, 2)
    tried = [draw.integers(size, -9, 13) for _ in range(12)]
    return max(tried, key=lambda x: classified(first, second, x) == wanted)


def columns(points):
    return list(zip(*points, strict=True)) if isinstance(points[0], tuple) else [points]


@lru_cache(maxsize=64)
def fit(points):
    return gaussian_classes.maximum_likelihood(columns(points))


def both(first, second, which):
    return flat(tuple(pair[which] for pair in fit(points)) for points in (first, second))


def array(x):
    return Array(shape=(2, 2) if len(x) > 1 else (2,), digits=4)


def by_row(values):
    return values if isinstance(values[0], tuple) else tuple((v,) for v in values)


def flat(rows):
    """One row for each class, or one number where there is one feature: the inverse of rows."""
    found = tuple(map(tuple, rows))
    return found if len(found[0]) > 1 else tuple(value for (value,) in found)


@family.part(array)
def means(first, second):
    return both(first, second, 0)


means.slips = rows(
    ("all examples", "Every class has a mean of its own.",
     lambda first, second: flat([tuple(m for m, _v in fit((*first, *second)))] * 2)),
    ("classes exchanged", "The first value belongs to class 1.", lambda means: means[::-1]),
)  # fmt: skip

means.witness(lambda first, second: flat([vertices(first), vertices(second)]))


@family.part(array)
def variances(first, second):
    return both(first, second, 1)


variances.slips = rows(
    ("divided by N - 1",
     "Maximum likelihood divides by the number of examples.",
     lambda variances, first, second: flat( tuple(v * rational(len(points), len(points) - 1) for v in row) for row, points in zip(by_row(variances), (first, second), strict=True) )),
    ("standard deviations", "The variance is the square.",
     lambda variances: flat(map(sqrt, row) for row in by_row(variances))),
    ("mean of the squares",
     "Subtract the mean of the class before squaring.",
     lambda means, variances: flat( tuple(v + m * m for v, m in zip(*pair, strict=True)) for pair in zip(by_row(variances), by_row(means), strict=True) )),
)  # fmt: skip

variances.witness(lambda first, second: flat([spreads(first), spreads(second)]))


@family.part(Real(digits=4), levels=["easy", "medium"], marks=2)
def density(x, means, variances):
    return gaussian_classes.log_density(x, by_row(means)[0], by_row(variances)[0])


def logarithm_not_halved(density, variances):
    extra = [gaussian_classes.log_density((0,), (0,), (v,)) for v in by_row(variances)[0]]
    return density + sum(extra)


def multiplied_by_the_variance(density, x, means, variances):
    triples = zip(x, by_row(means)[0], by_row(variances)[0], strict=True)
    return density + rational(1, 2) * sum((u - m) ** 2 * (1 / v - v) for u, m, v in triples)


def sign_of_the_square(density, x, means, variances):
    triples = zip(x, by_row(means)[0], by_row(variances)[0], strict=True)
    return density + sum((u - m) ** 2 / v for u, m, v in triples)


density.slips = rows(
    ("logarithm not halved", "The root of the variance gives half of its logarithm.",
     logarithm_not_halved),
    ("root forgotten", "The density divides by the root of the variance.",
     lambda density, variances: density - rational(1, 2) * sum(map(log_of, by_row(variances)[0]))),
    ("2 pi left out", "The density also divides by the root of 2 pi.",
     lambda density, x: density - len(x) * gaussian_classes.log_density((0,), (0,), (1,))),
    ("multiplied by the variance", "The square is divided by the variance.",
     multiplied_by_the_variance),
    ("standard deviation for variance",
     "The square stands over the variance.",
     lambda x, means, variances: gaussian_classes.log_density(x, by_row(means)[0], tuple(map(sqrt, by_row(variances)[0])))),
    ("sign of the square", "The density falls with the distance from the mean.",
     sign_of_the_square),
    ("class probability included",
     "Leave out p(y): this is the density given y = 1.",
     lambda density, first, second: gaussian_classes.log_joint(density, len(first), len(first) + len(second))),
)  # fmt: skip

density.witness(lambda first, x: log(evidence(first, x, len(first))))


@family.part(Real(digits=4), levels=["easy", "medium"], marks=2)
def log_odds(x, means, variances, first, second):
    one, two = joints(x, means, variances, len(first), len(second))
    return one - two


def squares_only(log_odds, variances):
    one, two = (sum(log_of(v) for v in row) for row in by_row(variances))
    return log_odds + rational(1, 2) * (one - two)


def class_probabilities_ignored(x, means, variances):
    one, two = joints(x, means, variances, 1, 1)
    return one - two


log_odds.slips = rows(
    ("squares only", "The densities also differ in the roots of their variances.", squares_only),
    ("class probabilities ignored", "Add the logarithm of the class probability.",
     class_probabilities_ignored),
    ("classes exchanged", "Class 1 stands in the numerator.", lambda log_odds: -log_odds),
)  # fmt: skip


@log_odds.witness
def _(first, second, x):
    total = len(first) + len(second)
    return log(evidence(first, x, total) / evidence(second, x, total))


@family.part(Real(digits=4), levels=["hard"])
def pooled(variances, first, second):
    return gaussian_classes.pooled_variance(variances, (len(first), len(second)))


def divided_by_n_2(pooled, first, second):
    n = len(first) + len(second)
    return pooled * rational(n, n - 2)


pooled.slips = rows(
    ("plain average", "Weight the classes by their sizes.",
     lambda variances: rational(sum(variances)) / 2),
    ("about the common mean", "Subtract the mean of the example's own class.",
     lambda first, second: fit((*first, *second))[0][1]),
    ("divided by N - 2", "Maximum likelihood divides by the number of examples.", divided_by_n_2),
)  # fmt: skip

pooled.witness(lambda first, second: shared(first, second)[0])


@family.part(Real(digits=4), marks=2, levels=["hard"])
def boundary(means, pooled, first, second):
    return gaussian_classes.boundary(means, pooled, (len(first), len(second)))


boundary.slips = rows(
    ("midpoint", "The class probabilities differ, which moves the boundary.",
     lambda means: rational(sum(means)) / 2),
    ("shifted the wrong way",
     "The more frequent class gets the larger region.",
     lambda means, pooled, first, second: gaussian_classes.boundary(means, pooled, (len(second), len(first)))),
    ("variance left out", "The shift grows with the variance.",
     lambda means, first, second: gaussian_classes.boundary(means, 1, (len(first), len(second)))),
)  # fmt: skip


@boundary.witness
def _(first, second):
    """The zero of the log ratio of the classes, which is linear in x."""
    _v, (a, b), (p, q) = shared(first, second)
    at = [log(p * a.pdf(x) / (q * b.pdf(x))) for x in (a.mean, b.mean)]
    return a.mean + at[0] * (b.mean - a.mean) / (at[0] - at[1])


@family.part(Real(digits=4), levels=["hard"])
def posterior(x, means, pooled, first, second):
    return gaussian_classes.posterior(joints(x, means, (pooled, pooled), len(first), len(second)))


posterior.slips = rows(
    ("other class", "This is the probability of class 2.", lambda posterior: 1 - posterior),
    ("class probabilities ignored", "Weight the densities by the class shares.",
     lambda x, means, pooled: gaussian_classes.posterior(joints(x, means, (pooled, pooled), 1, 1))),
)  # fmt: skip


@posterior.witness
def _(first, second, x):
    _v, laws, shares = shared(first, second)
    one, two = (share * law.pdf(x[0]) for share, law in zip(shares, laws, strict=True))
    return one / (one + two)


@family.part(Real(digits=4), marks=2, levels=["hard"])
def likelihood(pooled, first, second):
    return gaussian_classes.log_likelihood((len(first), len(second)), pooled)


def labels_left_out(pooled, first, second):
    n = len(first) + len(second)
    return gaussian_classes.log_likelihood((n,), pooled)


likelihood.slips = rows(
    ("labels left out", "The labels are part of the data: add log p(y).", labels_left_out),
    ("squares left out", "The squared distances add up to N times the variance.",
     lambda likelihood, first, second: likelihood + rational(len(first) + len(second), 2)),
)  # fmt: skip


@likelihood.witness
def _(first, second):
    _v, laws, shares = shared(first, second)
    parts = zip((first, second), laws, shares, strict=True)
    return sum(log(share * law.pdf(x)) for points, law, share in parts for x in points)


family.include(questions)


def joints(x, means, variances, *counts):
    densities = map(gaussian_classes.log_density, [x, x], by_row(means), by_row(variances))
    return tuple(
        gaussian_classes.log_joint(density, count, sum(counts))
        for density, count in zip(densities, counts, strict=True)
    )


@family.working
def _(first, second, x, means, variances):
    return {
        "counts": (len(first), len(second)),
        "sums": [[sum(c) for c in columns(points)] for points in (first, second)],
        "mu": by_row(means),
        "var": by_row(variances),
        "squares": [
            [v * len(points) for v in row]
            for row, points in zip(by_row(variances), (first, second), strict=True)
        ],
        "other": gaussian_classes.log_density(x, by_row(means)[1], by_row(variances)[1]),
        "values": joints(x, means, variances, len(first), len(second)),
        "shared_values": joints,
        "query": x if len(x) > 1 else x[0],
    }
