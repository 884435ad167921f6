"""Gaussian mixtures: a step of expectation maximisation.

Trap: responsibilities that are not normalised, N for the sum of responsibilities, a variance taken
for a standard deviation.
Reference: Dempster, Laird and Rubin (1977); Bishop (2006), section 9.2; Hastie, Tibshirani and
Friedman (2009), section 8.5.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.exact import PI, log, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot, each
from partialcredit.solvers import mixtures

family = Family(
    conventions=[
        "component $k$ has the weight $\\pi_k$, the mean $\\mu_k$ and the variance $\\sigma_k^2$",
        "the density of a component is $\\frac{1}{\\sqrt{2 \\pi \\sigma_k^2}} \\, "
        "e^{-(x - \\mu_k)^2 / (2 \\sigma_k^2)}$",
        "{% if level != 'medium' %}the M-step takes the new mean into the variance{% endif %}",
    ],
    hidden=["kind"],
)

LATER = ["medium", "hard"]

KINDS = {
    "isotropic": "one variance for each component",
    "diagonal": "a diagonal covariance matrix for each component",
    "full": "a full covariance matrix for each component",
}


@family.sample
def sample(draw):
    x = sorted(draw.integers(draw.by_level(4, 3, 3), 0, draw.by_level(20, 9, 9), distinct=True))
    shared = {
        "x": x,
        "K": draw.integer(2, 9),
        "D": draw.integer(2, 12),
        "kind": draw.by_level("isotropic", "diagonal", "full"),
    }
    if draw.level == "easy":
        shares = sorted(draw.sample(range(0, 11), len(x)), reverse=True)
        return shared | {"r": [rational(n, 10) for n in shares]}
    share = draw.decimal("0.2", "0.25", "0.3", "0.4", "0.6", "0.7", "0.75", "0.8")
    alike = draw.choice([1, 4, 9])
    means, variances = (0, 0), (1, 1)
    while not 0 < farthest(x, means, variances) < 6:
        means = draw.sample(range(10), 2)
        variances = [alike] * 2 if draw.level == "medium" else draw.sample([1, 4, 9, 16], 2)
    return shared | {"weights": [share, 1 - share], "means": means, "variances": variances}


def farthest(x, means, variances):
    """The largest exponent by which one component outweighs the other; 6 leaves one in 400."""
    (m, n), (v, w) = means, variances
    return max(abs(rational((p - m) ** 2, v) - rational((p - n) ** 2, w)) for p in x) / 2


@family.derive
def terms(x, weights, means, variances):
    """What the components add to the density at every point."""
    return [mixtures.densities(point, weights, means, variances) for point in x]


def per_point(x):
    return Array(shape=(len(x),), digits=3)


PAIR = Array(shape=(2,), digits=3)


def copies(x, r):
    """Every point as often as its responsibility says, in tenths, for both components."""
    tenths = np.round(10 * np.array(r)).astype(int)
    return np.repeat(x, tenths), np.repeat(x, 10 - tenths)


@family.part(PAIR, levels=["easy"])
def new_weights(r):
    return [mixtures.new_weight(share) for share in (r, 1 - r)]


new_weights.slips = rows(
    ("not divided", "The weights add up to 1.",
     lambda r: [sum(r), sum(1 - r)]),
    ("points counted", "Add up the responsibilities; do not count points.",
     lambda r: [rational(sum(2 * v > 1 for v in share), len(r)) for share in (r, 1 - r)]),
    ("components exchanged", "The first number is for component 1.",
     lambda new_weights: new_weights[::-1]),
)  # fmt: skip
new_weights.witness(lambda x, r: [len(mine) / (10 * len(x)) for mine in copies(x, r)])


@family.part(PAIR, levels=["easy"])
def new_means(x, r):
    return [mixtures.new_mean(x, share) for share in (r, 1 - r)]


new_means.slips = rows(
    ("divided by N", "Divide by the sum of the responsibilities.",
     lambda x, r: [dot(share, x) * rational(1, len(x)) for share in (r, 1 - r)]),
    ("not divided", "Divide by the sum of the responsibilities.",
     lambda x, r: [dot(share, x) for share in (r, 1 - r)]),
    ("components exchanged", "The first number is for component 1.",
     lambda new_means: new_means[::-1]),
)  # fmt: skip
new_means.witness(lambda x, r: [np.mean(mine) for mine in copies(x, r)])


@family.part(PAIR, marks=2, levels=["easy"])
def new_variances(x, r, new_means):
    pairs = zip((r, 1 - r), new_means, strict=True)
    return [mixtures.new_variance(x, share, mean) for share, mean in pairs]


new_variances.slips = rows(
    ("divided by N", "Divide by the sum of the responsibilities.",
     lambda x, r, new_means:
         [dot(share, (x - mean) ** 2) * rational(1, len(x))
          for share, mean in zip((r, 1 - r), new_means, strict=True)]),
    ("around the mean of all", "Each component has a mean of its own.",
     lambda x, r:
         [mixtures.new_variance(x, share, sum(x) * rational(1, len(x))) for share in (r, 1 - r)]),
    ("standard deviations", "The variances are asked for.",
     lambda new_variances: each(sqrt, new_variances)),
)  # fmt: skip
new_variances.witness(lambda x, r: [np.var(mine) for mine in copies(x, r)])


@family.run
def expected(x, weights, means, variances):
    """Log-likelihood and responsibilities, the gradients of a log-sum-exp."""
    away = np.subtract.outer(np.array(x, dtype=float), means)
    spread = 2.0 * np.array(variances)
    logs = np.log(weights) - 0.5 * np.log(np.pi * spread) - away**2 / spread
    inside = engine.Tensor(logs, requires_grad=True)
    total = inside.logsumexp(1).sum()
    total.backward()
    return total.item(), inside.grad


@family.part(per_point, marks=2, levels=LATER)
def responsibilities(terms):
    return mixtures.responsibilities(terms)


def without_roots(x, weights, means, variances):
    raised = weights * each(sqrt, Vector(map(rational, variances)))
    return mixtures.responsibilities([mixtures.densities(p, raised, means, variances) for p in x])


responsibilities.slips = rows(
    ("weights forgotten", "Multiply the densities by the weights.",
     lambda x, means, variances:
         mixtures.responsibilities(
             [mixtures.densities(p, (rational(1), rational(1)), means, variances) for p in x])),
    ("component 2", "The responsibilities of component 1 are asked for.",
     lambda responsibilities: 1 - responsibilities),
    ("ratio", "Divide by the sum over both components.",
     lambda terms: [a / b for a, b in terms]),
    ("normalised over the points", "The responsibilities of one point add up to 1.",
     lambda terms: [a / sum(t for t, _ in terms) for a, _ in terms]),
    ("factor 1/sigma forgotten", "The density has 1/sigma in front.",
     lambda x, weights, means, variances:
         without_roots(x, weights, means, variances) if variances[0] != variances[1] else None),
    ("variance taken for sigma", "The exponent divides by twice the variance.",
     lambda x, weights, means, variances:
         mixtures.responsibilities(
             [mixtures.densities(p, weights, means, variances**2) for p in x])),
)  # fmt: skip
responsibilities.witness(lambda expected: expected[1][:, 0])


@family.part(Real(digits=3), levels=LATER)
def moved(x, responsibilities):
    return mixtures.new_mean(x, responsibilities)


moved.slips = rows(
    ("divided by N", "Divide by the sum of the responsibilities.",
     lambda x, responsibilities: dot(responsibilities, x) * rational(1, len(x))),
    ("plain mean", "Every point counts with its responsibility.",
     lambda x: sum(x) * rational(1, len(x))),
    ("component 2", "The mean of component 1 is asked for.",
     lambda x, responsibilities: mixtures.new_mean(x, 1 - responsibilities)),
)  # fmt: skip
moved.witness(lambda x, expected: np.average(x, weights=expected[1][:, 0]))


@family.part(Real(digits=3), levels=["medium"])
def share(responsibilities):
    return mixtures.new_weight(responsibilities)


share.slips = rows(
    ("not divided", "The weights add up to 1.", lambda responsibilities: sum(responsibilities)),
    ("old weight", "The M-step changes the weights, too.", lambda weights: weights[0]),
)  # fmt: skip
share.witness(lambda expected: expected[1].mean(axis=0)[0])


@family.part(Real(digits=3), levels=["hard"])
def spread(x, responsibilities, moved):
    return mixtures.new_variance(x, responsibilities, moved)


spread.slips = rows(
    ("divided by N", "Divide by the sum of the responsibilities.",
     lambda x, responsibilities, moved:
         dot(responsibilities, (x - moved) ** 2) * rational(1, len(x))),
    ("around the old mean", "The M-step uses the new mean.",
     lambda x, responsibilities, means: mixtures.new_variance(x, responsibilities, means[0])),
    ("standard deviation", "The variance is asked for.", lambda spread: sqrt(spread)),
)  # fmt: skip


@spread.witness
def _(x, expected):
    """The mean square minus the squared mean."""
    first, second = (np.average(np.power(x, n), weights=expected[1][:, 0]) for n in (1.0, 2.0))
    return second - first**2


@family.part(Real(digits=3), levels=["hard"])
def log_likelihood(terms):
    return mixtures.log_likelihood(terms)


log_likelihood.slips = rows(
    ("factor of the density forgotten", "The density has 1/sqrt(2 pi) in front.",
     lambda log_likelihood, x: log_likelihood + log(2 * PI) * rational(len(x), 2)),
    ("logarithm of every term", "Take the logarithm of the sum over the components.",
     lambda terms: sum(log(v) for point in terms for v in point) - log(2 * PI) * len(terms)),
    ("mean", "The log-likelihood is a sum over the points.",
     lambda log_likelihood, x: log_likelihood * rational(1, len(x))),
    ("sign", "The density is small: its logarithm is negative.",
     lambda log_likelihood: -log_likelihood),
)  # fmt: skip
log_likelihood.witness(lambda expected: expected[0])


@family.part(Integer())
def parameters(K, D, kind):
    return mixtures.free_parameters(K, D, kind)


parameters.slips = rows(
    ("all weights free", "The weights add up to 1.", lambda parameters: parameters + 1),
    ("weights forgotten", "The weights are parameters, too.",
     lambda parameters, K: parameters - K + 1),
    ("one covariance in all", "Each component has its own.",
     lambda K, D, kind: K - 1 + K * D + mixtures.free_parameters(1, D, kind) - D),
    ("covariance not symmetric", "A covariance matrix is symmetric.",
     lambda K, D, kind: K - 1 + K * D + K * D * D if kind == "full" else None),
)  # fmt: skip


@parameters.witness
def _(K, D, kind):
    """The entries of the arrays that hold the model, minus one for the sum of the weights."""
    matrix = np.ones((int(D), int(D)))
    one = {
        "isotropic": matrix[:1, 0],
        "diagonal": matrix[0],
        "full": matrix[np.tril_indices_from(matrix)],
    }
    return sum(np.size([part] * int(K)) for part in (1.0, matrix[0], one[kind])) - 1


@family.derive
def exponents(x, means, variances):
    """The squared distance over twice the variance, of every point and component."""
    return [
        [rational((p - m) ** 2, 2 * v) for m, v in zip(means, variances, strict=True)] for p in x
    ]


@family.derive
def factors(weights, variances):
    """What stands before every exponential, without the root of 2 pi."""
    return weights / each(sqrt, Vector(map(rational, variances)))


@family.working
def _(kind):
    return {"covariance": KINDS[kind]}
