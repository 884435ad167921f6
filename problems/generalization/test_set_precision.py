"""How precise a test accuracy is.

Trap: n outside the root, the full width for the half-width, many models treated as one.
Reference: Hoeffding (1963), theorem 1; Abu-Mostafa, Magdon-Ismail and Lin (2012), sections 1.3 and
2.1; Dietterich (1998).
Source: none
"""

from bisect import bisect_left
from math import ceil, exp, log10

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Interval, Real
from partialcredit.numbers import rationals
from partialcredit.numbers.exact import log, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import Span
from partialcredit.solvers import accuracy_intervals as intervals

family = Family(
    conventions=[
        "the accuracy is the share of test examples that are classified correctly, and test "
        "examples are independent of one another",
        "{% if level != 'hard' %}the {{ confidence }} % interval reaches {{ z|tex }} standard "
        "errors to either side of the accuracy{% endif %}",
        "{% if level == 'medium' %}Hoeffding's inequality for one model that is fixed before the "
        "test: the accuracy is off by more than $\\varepsilon$ with a probability of at most "
        "$2 e^{-2 \\varepsilon^2 n}${% elif level == 'hard' %}Hoeffding's inequality for $M$ "
        "models that are fixed before the test: some accuracy is off by more than $\\varepsilon$ "
        "with a probability of at most $2 M e^{-2 \\varepsilon^2 n}${% endif %}",
    ]
)

Z = [(90, rational("1.645")), (95, rational("1.96")), (99, rational("2.576"))]

FIRST, LATER = ["easy", "medium"], ["medium", "hard"]


@family.sample
def sample(draw):
    n = draw.choice([200, 300, 400, 500, 800, 1000, 1200, 1500, 2000, 2500, 4000, 5000])
    shared = {"n": n, "right": n * draw.integer(120, 190) // 200}
    if draw.level == "easy":
        confidence, z = draw.choice(Z)
        return shared | {"confidence": confidence, "z": z, "times": draw.choice([2, 3, 5, 6, 8])}
    epsilon = draw.decimal("0.01", "0.02", "0.03", "0.04", "0.05")
    delta = draw.decimal("0.01", "0.02", "0.05", "0.1")
    if draw.level == "medium":
        half = draw.decimal("0.005", "0.01", "0.015", "0.02", "0.025", "0.03")
        confidence, z = draw.choice(Z)
        asked = {"h": half, "epsilon": epsilon, "delta": delta}
        return shared | asked | {"confidence": confidence, "z": z}
    fewer = draw.integer(8, 30)
    return {
        "n": n,
        "epsilon": epsilon,
        "delta": delta,
        "M": draw.choice([5, 8, 10, 12, 20, 25, 40, 50, 100, 200, 500, 1000]),
        "second": fewer,
        "first": fewer + draw.integer(3, 24),
    }


@family.derive
def accuracy(right, n):
    return rational(right, n)


@family.run
def one(right, n):
    """The standard deviation of a single outcome, from all of them."""
    return np.repeat([1.0, 0.0], [int(right), int(n - right)]).std()


def fewest(enough):
    """The smallest count that is enough, when all larger ones are."""
    return bisect_left(range(1, 10**7), True, key=enough) + 1


@family.part(Real(digits=3), levels=FIRST)
def error(accuracy, n):
    return intervals.standard_error(accuracy, n)


error.slips = rows(
    ("not divided by n", "The mean of n outcomes varies less than one outcome.",
     lambda accuracy: intervals.standard_error(accuracy, 1)),
    ("no root", "The standard error is the root of the variance.", lambda error: error * error),
    ("n outside the root", "n stands below the root.",
     lambda accuracy, n: intervals.standard_error(accuracy, 1) / n),
    ("accuracy alone", "The variance of one outcome is p (1 - p).",
     lambda accuracy, n: sqrt(accuracy / n)),
)  # fmt: skip
error.witness(lambda one, n: one / n**0.5)


@family.part(Interval(digits=3), levels=FIRST)
def interval(accuracy, z, error):
    return intervals.interval(accuracy, z, error)


interval.slips = rows(
    ("one standard error", "The factor of the interval is missing.",
     lambda accuracy, error: intervals.interval(accuracy, 1, error)),
    ("half of it", "The interval reaches z standard errors to either side.",
     lambda accuracy, z, error: intervals.interval(accuracy, z / 2, error)),
)  # fmt: skip


@interval.witness
def _(one, right, n, z):
    reach = z * one / n**0.5
    return (Span(right / n - reach, right / n + reach),)


@family.part(Real(digits=3), levels=["easy"])
def larger(error, times):
    return error / sqrt(rational(times))


larger.slips = rows(
    ("divided by the factor", "n stands below a root.", lambda error, times: error / times),
    ("unchanged", "More examples make the accuracy more precise.", lambda error: error),
    ("larger", "More examples make the accuracy more precise.",
     lambda error, times: error * sqrt(rational(times))),
)  # fmt: skip
larger.witness(lambda one, n, times: one / (n * times) ** 0.5)


@family.part(Integer(), levels=["medium"])
def needed(accuracy, z, h):
    return intervals.examples_needed(accuracy, z, h)


needed.slips = rows(
    ("full width", "The half-width is what reaches to one side.",
     lambda accuracy, z, h: intervals.examples_needed(accuracy, z, h / 2)),
    ("not squared", "The half-width enters with its square.",
     lambda accuracy, z, h: ceil(float(z * sqrt(accuracy * (1 - accuracy)) / h))),
    ("factor of the interval forgotten", "The half-width is z standard errors.",
     lambda accuracy, h: intervals.examples_needed(accuracy, rational(1), h)),
    ("rounded down", "With one example fewer the interval is still too wide.",
     lambda needed: needed - 1),
)  # fmt: skip
needed.witness(lambda one, z, h: fewest(lambda n: z * one / n**0.5 <= h))


@family.part(Integer(), levels=["medium"])
def worst(z, h):
    return intervals.examples_needed(rational(1, 2), z, h)


worst.slips = rows(
    ("accuracy known", "Take the accuracy that needs the most examples: one half.",
     lambda needed: needed),
    ("variance 1", "p (1 - p) is at most one quarter.",
     lambda z, h: rationals.ceil((z / h) ** 2)),
    ("rounded down", "With one example fewer the interval is still too wide.",
     lambda worst: worst - 1),
)  # fmt: skip
worst.witness(lambda z, h: fewest(lambda n: z * 0.5 / n**0.5 <= h))


@family.part(Integer(), levels=LATER)
def one_model(epsilon, delta):
    return intervals.hoeffding_examples(epsilon, delta, 1)


one_model.slips = rows(
    ("one-sided", "The accuracy may be off in either direction: the factor 2 stands in front.",
     lambda epsilon, delta: intervals.hoeffding_examples(epsilon, 2 * delta, 1)),
    ("2 in the exponent lost", "The exponent is -2 epsilon^2 n.",
     lambda epsilon, delta: ceil(float(log(2 / delta) / epsilon**2))),
    ("epsilon not squared", "The exponent is -2 epsilon^2 n.",
     lambda epsilon, delta: ceil(float(log(2 / delta) / (2 * epsilon)))),
    ("decimal logarithm", "The logarithm is natural.",
     lambda epsilon, delta: ceil(log10(2 / delta) / (2 * float(epsilon) ** 2))),
)  # fmt: skip
one_model.witness(lambda epsilon, delta: fewest(lambda n: 2 * exp(-2 * epsilon**2 * n) <= delta))


@family.part(Integer(), levels=["hard"])
def many_models(epsilon, delta, M):
    return intervals.hoeffding_examples(epsilon, delta, M)


many_models.slips = rows(
    ("M times as many", "M stands inside the logarithm.", lambda one_model, M: M * one_model),
    ("one model", "Any of the models may be off.", lambda one_model: one_model),
    ("one-sided", "The accuracy may be off in either direction: the factor 2 stands in front.",
     lambda epsilon, delta, M: intervals.hoeffding_examples(epsilon, 2 * delta, M)),
)  # fmt: skip
many_models.witness(
    lambda epsilon, delta, M: fewest(lambda n: 2 * M * exp(-2 * epsilon**2 * n) <= delta)
)


@family.part(Real(digits=3), levels=["hard"])
def bound(n, delta, M):
    return intervals.hoeffding_bound(n, delta, M)


bound.slips = rows(
    ("root forgotten", "epsilon enters with its square.", lambda bound: bound * bound),
    ("one model", "Any of the models may be off.",
     lambda n, delta: intervals.hoeffding_bound(n, delta, 1)),
    ("2 in the exponent lost", "The exponent is -2 epsilon^2 n.",
     lambda bound: bound * sqrt(2)),
)  # fmt: skip


@bound.witness
def _(n, delta, M):
    """Bisection of the inequality."""
    low, high = 0.0, 1.0
    for _halving in range(50):
        middle = (low + high) / 2
        enough = 2 * M * exp(-2 * middle**2 * n) <= delta
        low, high = (low, middle) if enough else (middle, high)
    return high


@family.part(Real(digits=3), levels=["hard"])
def signs(first, second):
    return intervals.sign_statistic(first, second)


signs.slips = rows(
    ("all test examples", "Only examples that one of both models gets right count.",
     lambda first, second, n: (first - second) / sqrt(rational(n))),
    ("no root", "The variance of as many coins is their number; take its root.",
     lambda first, second: rational(first - second, first + second)),
    ("larger count only", "The difference has the variance first + second.",
     lambda first, second: (first - second) / sqrt(rational(first))),
)  # fmt: skip


@signs.witness
def _(first, second):
    """All coins tossed, one after the other: 1 for the first model, -1 for the second."""
    tosses, chances = int(first + second), np.ones(1)
    for _toss in range(tosses):
        chances = np.convolve(chances, [0.5, 0.5])
    return (first - second) / np.sqrt(chances @ np.arange(-tosses, tosses + 1, 2) ** 2.0)


@family.derive
def for_one(epsilon, delta):
    """What is rounded up for one model."""
    return log(2 / delta) / (2 * epsilon**2)


@family.derive
def for_all(epsilon, delta, M):
    return log(2 * M / delta) / (2 * epsilon**2)
