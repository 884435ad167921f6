"""KL divergence of normal distributions.

Trap: standard deviation for variance, the half or the -1 forgotten, the directions exchanged.
Reference: Kingma and Welling (2014), appendix B; Bishop (2006), section 1.6.1.
Source: none
"""

import numpy as np
from numpy.polynomial.hermite_e import hermegauss

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.exact import exp, log, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import each
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import gaussian_kl, letters

family = Family(
    conventions=[
        r"$\mathrm{KL}(q \,\|\, p) = \mathrm{E}_q[\ln q - \ln p]$ with natural logarithms, in nats",
        r"$N(\mu, \sigma^2)$ has the variance $\sigma^2$",
    ]
)

#: Numerators and denominators.
VARIANCES = ((1, 4), (1, 2), (2, 1), (4, 1), (9, 4), (1, 5), (3, 2), (3, 1), (5, 2), (2, 5))

DEVIATIONS = ((1, 2), (3, 4), (5, 4), (3, 2), (2, 1), (5, 2), (3, 1), (4, 5), (6, 5))


@family.sample
def sample(draw):
    """Easy: variances. Medium: standard deviations of two. Hard: logarithms of the variances."""
    d = draw.by_level(2, 2, 3)
    means = [rational(draw.integer(-8, 8), draw.choice([2, 4])) for _ in range(d)]
    spreads = [
        rational(*v) for v in draw.sample(draw.by_level(VARIANCES, DEVIATIONS, VARIANCES), d)
    ]
    logs = [rational(draw.nonzero(-15, 15), 10) for _ in range(d)]
    return {"means": means, "spreads": draw.by_level(spreads, spreads, logs)}


@family.condition
def _(means):
    """Squares that differ from the means, and two different means."""
    return any(m not in (0, 1) for m in means) and len(set(means)) == len(means)


@family.derive
def variances(spreads, level):
    return spreads if level == "easy" else spreads**2 if level == "medium" else each(exp, spreads)


def expected(m, v, n, w):
    """The mean of the log ratio of two densities under the first; three nodes are exact."""
    nodes, weights = hermegauss(3)
    z = m + np.sqrt(v) * nodes[:, None]
    ratio = log_density(z, m, v) - log_density(z, n, w)
    return weights @ ratio / weights.sum()


def log_density(z, m, v):
    return -((z - m) ** 2) / (2 * v) - np.log(2 * np.pi * v) / 2


@family.run
def spread(spreads, level):
    """The variances in floats."""
    given = np.array(spreads, dtype=float)
    return given if level == "easy" else given**2 if level == "medium" else np.exp(given)


ONE, TWO = ["easy", "hard"], ["medium"]


@family.part(lambda means: Array(shape=(len(means),), digits=3), levels=ONE, marks=2)
def per_dimension(means, variances):
    return gaussian_kl.from_standard(means, variances)


per_dimension.slips = rows(
    ("half forgotten", "The whole bracket is halved.", lambda per_dimension: 2 * per_dimension),
    ("the -1 forgotten", "The divergence must be 0 for a standard normal: subtract 1.",
     lambda per_dimension: per_dimension + rational(1, 2)),
    ("logarithm with the wrong sign",
     "The logarithm is subtracted: a very small variance makes the divergence large.",
     lambda per_dimension, variances: per_dimension + log(variances)),
    ("standard deviation for the variance", "The formula takes variances.",
     lambda means, variances: gaussian_kl.from_standard(means, sqrt(variances))),
    ("mean not squared", "The distance of the means enters squared.",
     lambda per_dimension, means: per_dimension + (means - means**2) / 2),
    ("directions exchanged", "The expectation is under q, the first of the two.",
     lambda means, variances: gaussian_kl.divergence(0, 1, means, variances)),
    ("variance squared", "The formula takes variances: they are not squared again.",
     lambda means, variances: gaussian_kl.from_standard(means, variances**2)),
)  # fmt: skip
per_dimension.witness(lambda means, spread: expected(np.array(means), spread, 0, 1))


@family.part(Real(digits=3), levels=ONE)
def kl(per_dimension):
    return sum(per_dimension)


kl.slips = rows(
    ("mean over the dimensions", "Independent dimensions add.",
     lambda per_dimension: sum(per_dimension) / len(per_dimension)),
    ("the largest only", "Independent dimensions add.",
     lambda per_dimension: max(per_dimension)),
)  # fmt: skip
kl.witness(lambda means, spread: expected(np.array(means), spread, 0, 1).sum())


@family.part(Real(digits=3), levels=["easy"])
def bits(kl):
    return gaussian_kl.bits(kl)


bits.slips = rows(
    ("multiplied by ln 2", "A bit is ln 2 nats, so divide by ln 2.", lambda kl: kl * log(2)),
    ("nats given", "Divide by ln 2.", lambda kl: kl),
    ("common logarithm", "A bit is a factor of 2, not of 10.", lambda kl: kl / log(10)),
)  # fmt: skip
bits.witness(lambda means, spread: np.log2(np.exp(expected(np.array(means), spread, 0, 1).sum())))


def mistakes(first, second):
    """Wrong divergences of two normal distributions, whose standard deviations are given."""

    def of(function):
        return lambda means, variances: function(
            means[first], variances[first], means[second], variances[second]
        )

    right = gaussian_kl.divergence
    return rows(
        ("directions exchanged", "The expectation is under the first of the two.",
         of(lambda m, v, n, w: right(n, w, m, v))),
        ("scaled by its own variance", "The second is the measure: divide by its variance.",
         of(lambda m, v, n, w: right(m, v, n, w) + (m - n) ** 2 * (w - v) / (2 * v * w))),
        ("ratio upside down", "It is the logarithm of the second deviation over the first.",
         of(lambda m, v, n, w: right(m, v, n, w) + log(v / w))),
        ("standard deviations for variances", "Square the standard deviations first.",
         of(lambda m, v, n, w: right(m, sqrt(v), n, sqrt(w)))),
        ("means not squared", "The distance of the means enters squared.",
         of(lambda m, v, n, w: right(m, v, n, w) + (abs(m - n) - (m - n) ** 2) / (2 * w))),
        ("the -1 forgotten", "Equal distributions have divergence 0: subtract one half.",
         of(lambda m, v, n, w: right(m, v, n, w) + rational(1, 2))),
        ("half forgotten", "The logarithm of the ratio of the variances is halved, too.",
         of(lambda m, v, n, w: 2 * right(m, v, n, w))),
    )  # fmt: skip


@family.part(Real(digits=3), levels=TWO, marks=2)
def forward(means, variances):
    return gaussian_kl.divergence(means[0], variances[0], means[1], variances[1])


forward.slips = mistakes(0, 1)
forward.witness(lambda means, spread: expected(means[0], spread[0], means[1], spread[1]))


@family.part(Real(digits=3), levels=TWO, marks=2)
def reverse(means, variances):
    return gaussian_kl.divergence(means[1], variances[1], means[0], variances[0])


reverse.slips = mistakes(1, 0)
reverse.witness(lambda means, spread: expected(means[1], spread[1], means[0], spread[0]))


@family.run
def slopes(means, spreads):
    """The engine's gradients of the quadrature by the means and the logarithms of the variances."""
    m, v = (engine.Tensor(x, dtype="float64", requires_grad=True) for x in (means, spreads))
    nodes, weights = hermegauss(3)
    z = m + (v * 0.5).exp() * nodes[:, None]
    ratio = (z**2 - (z - m) ** 2 * (-v).exp() - v) * (weights / weights.sum())[:, None]
    (ratio.sum() * 0.5).backward()
    return m.grad, v.grad


@family.part(lambda means: Array(shape=(len(means),), digits=3), levels=["hard"])
def gradient_mean(means):
    return means


gradient_mean.slips = rows(
    ("square not differentiated", "The derivative of half the square is the mean itself.",
     lambda means: 2 * means),
    ("half kept", "The 2 of the square cancels the half.", lambda means: means / 2),
    ("wrong sign", "A mean far from 0 makes the divergence larger.", lambda means: -means),
)  # fmt: skip
gradient_mean.witness(lambda slopes: slopes[0])


@family.part(lambda means: Array(shape=(len(means),), digits=3), levels=["hard"])
def gradient_log_variance(variances):
    return gaussian_kl.log_variance_slope(variances)


gradient_log_variance.slips = rows(
    ("derivative by the variance", "The derivative asked for is with respect to its logarithm.",
     lambda variances: (1 - 1 / variances) / 2),
    ("derivative by the standard deviation", "The derivative is with respect to the logarithm.",
     lambda variances: sqrt(variances) - 1 / sqrt(variances)),
    ("half forgotten", "The whole bracket is halved.", lambda variances: variances - 1),
    ("logarithm left out", "The derivative of -1/2 of the logarithm is -1/2.",
     lambda variances: variances / 2),
)  # fmt: skip
gradient_log_variance.witness(lambda slopes: slopes[1])


@family.part(Expression(symbols={"mu": "real", "sigma": "positive"}), levels=["hard"], marks=2)
def formula():
    return letters.formula(lambda mu, sigma: gaussian_kl.from_standard(mu, sigma**2))


formula.slips = in_letters(
    ("half forgotten", "The whole bracket is halved.",
     lambda mu, sigma: mu**2 + sigma**2 - 1 - log(sigma**2)),
    ("the -1 forgotten", "The divergence must be 0 for a standard normal.",
     lambda mu, sigma: (mu**2 + sigma**2 - log(sigma**2)) / 2),
    ("standard deviation for the variance", "The formula takes variances.",
     lambda mu, sigma: (mu**2 + sigma - 1 - log(sigma)) / 2),
    ("logarithm with the wrong sign", "The logarithm is subtracted.",
     lambda mu, sigma: (mu**2 + sigma**2 - 1 + log(sigma**2)) / 2),
)  # fmt: skip
formula.witness(lambda point: expected(point["mu"], point["sigma"] ** 2, 0, 1)[0])
