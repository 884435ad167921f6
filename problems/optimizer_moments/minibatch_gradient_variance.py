"""Noise of a mini-batch gradient.

Trap: dividing the standard deviation by K, dividing by K squared, forgetting the replacement.
Reference: Goodfellow, Bengio and Courville (2016), section 8.1.3; Cochran (1977), theorem 2.2.
Source: S1-65, S1-87.
"""

from functools import cache, lru_cache
from itertools import combinations, count, islice
from math import log2

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer, Real, TrueFalse
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import letters
from partialcredit.solvers import minibatch_noise as noise

family = Family(
    version=3,
    conventions=[
        "the gradient of a mini-batch is the mean of its examples' gradients",
        "{% if level == 'hard' %}the examples of a batch are drawn without replacement, every "
        "batch being equally likely{% else %}the examples of a batch are drawn independently, with "
        "replacement{% endif %}",
        "{% if level != 'easy' %}the variance of one gradient divides by $N${% endif %}",
    ],
    hidden=["claims"],
)

#: Statement, whether it is true, and why.
CLAIMS = (
    ("the gradient of a mini-batch is an unbiased estimate of the full gradient", True,
     "every example is as likely as every other to be in the batch"),
    ("a batch of a single random example already gives an unbiased gradient", True,
     "every example is as likely as every other to be chosen"),
    ("drawn without replacement, the gradient of a mini-batch is biased", False,
     "every example is still as likely as every other to be in the batch"),
    ("with replacement, doubling the batch halves the variance of its gradient", True,
     "the variance is $\\sigma^2 / K$"),
    ("with replacement, doubling the batch halves the standard deviation of its gradient", False,
     "the standard deviation is $\\sigma / \\sqrt{K}$, so it is divided by $\\sqrt{2}$"),
    ("batches of two or more examples are less noisy without replacement than with it", True,
     "the variance has the further factor $\\frac{N - K}{N - 1}$, which is below 1"),
    ("the squared gradient of a mini-batch is unbiased for the squared full gradient", False,
     "its mean is the squared full gradient plus the variance"),
)  # fmt: skip


@family.sample
def sample(draw):
    if draw.level == "easy":
        return {
            "sigma": rational(draw.integer(3, 60), 2),
            "K": draw.integer(2, 60),
            "c": draw.integer(2, 9),
            "claims": (),
        }
    N = draw.by_level(0, 5, draw.integer(5, 7))
    shared = {
        "g": draw.integers(N, -9, 9, distinct=True),
        "K": draw.integer(2, draw.by_level(0, N - 1, N - 2)),
        "claims": draw.sample(range(len(CLAIMS)), 3),
    }
    target = {"target": draw.decimal("1.5", "2", "2.5", "3", "4")}
    return shared | draw.by_level({}, target, {"c": draw.integer(2, 5)})


@family.part(Real(digits=3), levels=["easy"])
def variance(sigma, K):
    return noise.variance_of_mean(sigma**2, K)


variance.slips = rows(
    ("divided by K squared", "The variance of a mean falls with K, not its square.",
     lambda sigma, K: sigma**2 / K**2),
    ("standard deviation divided", "Square the standard deviation first.",
     lambda sigma, K: sigma / K),
    ("not averaged", "Independent errors cancel in part: divide by K.", lambda sigma: sigma**2),
    ("divided by the root", "The root of K divides the standard deviation.",
     lambda sigma, K: sigma**2 / sqrt(K)),
)  # fmt: skip
variance.witness(lambda sigma, K: sigma**2 * spread((-1, 1), K))


@family.part(Real(digits=3), levels=["easy"], after="variance")
def deviation(variance):
    return sqrt(variance)


deviation.slips = rows(
    ("divided by K", "The standard deviation falls with the root of K.",
     lambda sigma, K: sigma / K),
    ("no root", "The standard deviation is the root of the variance.", lambda variance: variance),
)  # fmt: skip


@deviation.witness
def _(sigma, K):
    means, chances = distribution((-1, 1), K)
    return np.sqrt((sigma * means) ** 2 @ chances)


@family.part(Real(digits=3), levels=["medium", "hard"])
def full(g):
    return noise.mean(g)


full.slips = rows(
    ("summed", "The gradient is a mean over the examples.", lambda g: sum(g)),
    ("divided by N - 1", "The mean divides by N.", lambda g: rational(sum(g), len(g) - 1)),
)  # fmt: skip
full.witness(lambda g: moments(*distribution(g, 1))[0])


@family.part(Real(digits=3), levels=["medium", "hard"])
def single(g, full):
    return noise.variance(g, full)


single.slips = rows(
    ("divided by N - 1", "Here the variance divides by N.",
     lambda single, g: single * len(g) / (len(g) - 1)),
    ("mean of the squares", "Subtract the mean before squaring.",
     lambda g: rational(sum(g**2), len(g))),
    ("standard deviation", "The variance is the square.", lambda single: sqrt(single)),
    ("not divided", "Divide the sum of the squares by N.", lambda single, g: single * len(g)),
)  # fmt: skip
single.witness(lambda g: spread(g, 1))


@family.part(Real(digits=3), levels=["medium"])
def batch(single, K):
    return noise.variance_of_mean(single, K)


batch.slips = rows(
    ("divided by K squared", "The variance of a mean falls with K, not its square.",
     lambda single, K: single / K**2),
    ("not averaged", "Independent errors cancel in part: divide by K.", lambda single: single),
    ("standard deviation divided", "The variance is divided, not its root.",
     lambda single, K: sqrt(single) / K),
    ("divided by the root", "The root of K divides the standard deviation.",
     lambda single, K: single / sqrt(K)),
)  # fmt: skip
batch.witness(lambda g, K: spread(g, K))


@family.part(Integer(), marks=2, levels=["medium"])
def enough(single, target):
    return noise.examples_for_noise(single, target)


enough.slips = rows(
    ("rounded down", "This batch is still too small: round up.", lambda enough: enough - 1),
    ("squared", "The variance falls with K itself.",
     lambda single, target: noise.examples_for_noise(single**2, target**2)),
    ("divided by the square of the target", "The variance falls with K itself.",
     lambda single, target: noise.examples_for_noise(single, target**2)),
    ("one example too many", "One example less is enough already.", lambda enough: enough + 1),
)  # fmt: skip


@enough.witness
def _(g, target):
    spreads = (moments(*found)[1] for found in distributions(g))
    return next(K for K, spread in enumerate(spreads, 1) if spread <= target + 1e-9)


@family.part(Real(digits=3), marks=2, levels=["hard"])
def without(single, K, g):
    return noise.variance_without_replacement(single, K, len(g))


without.slips = rows(
    ("with replacement", "The examples of a batch differ, so their errors cancel more.",
     lambda single, K: noise.variance_of_mean(single, K)),
    ("factor (N - K)/N", "With a variance that divides by N the factor has N - 1.",
     lambda single, K, g: single / K * (len(g) - K) / len(g)),
    ("standard deviation", "This is the root of the variance.", lambda without: sqrt(without)),
)  # fmt: skip
without.witness(lambda g, K: drawn(g, K).var())


@family.part(
    Expression(symbols={"sigma": "positive", "K": "positive integer", "M": "positive integer"}),
    marks=2,
    levels=["hard"],
)
def formula():
    sigma, K, M = letters.symbols("sigma K M")
    return letters.formula(noise.variance_without_replacement, variance=sigma**2, N=K + M)


formula.slips = rows(
    ("with replacement", "The examples of a batch differ, so their errors cancel more.",
     lambda: letters.formula(lambda sigma, K: sigma**2 / K)),
    ("factor (N - K)/N", "With a variance that divides by N the factor has N - 1.",
     lambda: letters.formula(lambda sigma, K, M: sigma**2 / K * M / (K + M))),
)  # fmt: skip


@formula.witness
def _(point):
    gradients = np.arange(point["K"] + point["M"]) ** 2
    return point["sigma"] ** 2 * drawn(gradients, point["K"]).var() / gradients.var()


@family.part(Integer(), marks=2, levels=["easy", "hard"])
def larger(K, c):
    return K * c**2


larger.slips = rows(
    ("in proportion", "The standard deviation falls with the root of K only.", lambda K, c: K * c),
    ("factor only", "This is by how much the batch must grow.", lambda c: c**2),
)  # fmt: skip


@larger.witness
def _(K, c):
    """By the power of K with which the noise of small batches falls."""
    power = log2(spread((-1, 1), 2) / spread((-1, 1), 4))
    return round(K * c ** (2 / power))


@family.part(TrueFalse(statements=3), marks=3, levels=["medium", "hard"])
def judged(claims):
    return [CLAIMS[i][1] for i in claims]


judged.slips = rows(
    ("all true", "At least one of them is false.", lambda claims: [True] * len(claims)),
    ("all false", "At least one of them is true.", lambda claims: [False] * len(claims)),
)  # fmt: skip
judged.witness(lambda claims: [bool(tested()[i]) for i in claims])


def distributions(g):
    """Means of 1, 2, ... independent draws, and their chances: the sums are counted."""
    chances = np.bincount(np.array(g) - min(g)) / len(g)
    total = np.ones(1)
    for K in count(1):
        total = np.convolve(total, chances)
        yield np.arange(len(total)) / K + min(g), total


@lru_cache(maxsize=256)
def distribution(g, K):
    return next(islice(distributions(g), K - 1, None))


def moments(values, chances):
    mean = values @ chances
    return mean, (values - mean) ** 2 @ chances


def spread(g, K):
    return moments(*distribution(g, K))[1]


def drawn(g, K):
    """Means of all batches of K different examples, which are equally likely."""
    return np.array(list(combinations(g, K)), dtype=float).mean(axis=1)


@cache
def tested():
    """Every claim, tried on all batches of a small training set."""
    g = (1, 4, -3, 7, 2)
    mean, pairs, triples = np.mean(g), drawn(g, 2), drawn(g, 3)
    one, two, four = (moments(*distribution(g, K)) for K in (1, 2, 4))
    values, chances = distribution(g, 2)
    return (
        np.allclose([two[0], four[0]], mean),
        np.allclose(one[0], mean),
        not np.allclose([pairs.mean(), triples.mean()], mean),
        np.allclose(four[1] / two[1], 1 / 2),
        np.allclose((four[1] / two[1]) ** 0.5, 1 / 2),
        pairs.var() < two[1] and drawn(g, 4).var() < four[1],
        np.allclose(values**2 @ chances, mean**2),
    )


@family.working
def _(claims):
    return {"sentences": [CLAIMS[i] for i in claims]}
