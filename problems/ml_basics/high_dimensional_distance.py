"""Distances between random points in many dimensions.

Trap: the factor 2 of a difference, the standard deviation for the variance, a missing root.
Reference: Beyer, Goldstein, Ramakrishnan and Shaft (1999); Aggarwal, Hinneburg and Keim (2001).
Source: S0-30, S1-05, S1-06.
"""

from functools import cache

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import ceil, floor, rational
from partialcredit.solvers import distances

family = Family(
    version=3,
    conventions=[
        "$x$ and $x'$ are independent, and so are their coordinates",
        "distances are Euclidean",
    ],
)


@family.sample
def sample(draw):
    p = draw.integer(-5, 5)
    law = draw.choice(draw.by_level(["uniform", "normal"], *[["normal", "coin", "uniform"]] * 2))
    q = draw.integer(2, 9) if law == "normal" else p + draw.integer(2, 12)
    n = draw.integer(*draw.by_level((10, 300), (20, 500), (100, 2000)))
    parameters = {"law": law, "p": p, "q": q, "n": n}
    if draw.level == "medium":
        parameters["distance"] = draw.integer(170, 400)  # more than 2v, unlike the answer
    if draw.level == "hard":
        spread = draw.decimal("0.02", "0.03", "0.04", "0.05", "0.06", "0.07", "0.08", "0.09")
        parameters |= {"spread": spread, "k": draw.integer(3, 20)}
    return parameters


@family.derive
def one(law, p, q):
    """The moments of a coordinate."""
    return distances.coordinate(law, p, q)


@family.condition
def _(one):
    return one.mean != 0


@family.run
def away(law, p, q):
    return one_coordinate(law, p, q)


@family.run
def summed(away, n):
    return added(away, n)


@family.part(Real(digits=3))
def variance(one):
    return one.variance


variance.slips = rows(
    ("standard deviation", "The variance is its square.", lambda variance: sqrt(variance)),
    ("mean of the square", "Subtract the square of the mean.",
     lambda one, variance: variance + one.mean**2),
    ("width squared", "Divide this by 12 (uniform) or by 4 (two equally likely values).",
     lambda law, p, q: (q - p) ** 2 if law != "normal" else None),
    ("doubled", "This is the variance of one coordinate; two points differ by twice as much.",
     lambda variance: 2 * variance),
)  # fmt: skip
variance.witness(lambda away: away[0] / 2)


@family.part(Real(digits=3))
def square(n, variance):
    return distances.mean_square_distance(n, variance)


square.slips = rows(
    ("factor 2 lost", "A difference of two points has twice the variance.",
     lambda n, variance: n * variance),
    ("one coordinate", "Add the squared differences of all coordinates.",
     lambda variance: 2 * variance),
    ("distance from the origin", "Subtract the two points first; then the mean cancels.",
     lambda one, n, variance: distances.mean_square_norm(n, one.mean, variance)),
)  # fmt: skip
square.witness(lambda summed: summed[0])


@family.part(Real(digits=3))
def rms(square):
    return sqrt(square)


rms.slips = rows(
    ("not rooted", "Take the root of the mean square.", lambda square: square),
    ("rooted twice", "One root is enough.", lambda square: sqrt(sqrt(square))),
)  # fmt: skip
rms.witness(lambda summed: np.sqrt(summed[0]))


@family.part(Real(digits=3), levels=["medium"])
def norm(one, n, variance):
    return distances.mean_square_norm(n, one.mean, variance)


norm.slips = rows(
    ("mean forgotten", "The mean of x_i^2 is the variance plus the squared mean.",
     lambda n, variance: n * variance),
    ("distance of two points", "Here x is compared with 0, not with another point.",
     lambda square: square),
    ("mean not squared", "The square of the mean is added for every coordinate.",
     lambda one, n, variance: n * (variance + one.mean)),
)  # fmt: skip


@norm.witness
def _(law, p, q, n):
    x, weights = placed(law, p, q)
    return np.full(n, (x**2 * weights).sum()).sum()


@family.part(Integer(), levels=["medium"])
def dimensions(distance, variance):
    return distances.dimensions_for_distance(distance, variance)


dimensions.slips = rows(
    ("rounded down", "Then the distance is still smaller: round up.",
     lambda dimensions: dimensions - 1),
    ("distance not squared", "Square the distance before dividing.",
     lambda distance, variance: ceil(rational(distance, 2 * variance))),
    ("factor 2 lost", "A difference of two points has twice the variance.",
     lambda distance, variance: ceil(rational(distance**2, variance))),
)  # fmt: skip


@dimensions.witness
def _(away, distance):
    """Add coordinates until the distance is reached."""
    step = round(6 * away[0])  # whole, so that a tie is seen
    return int(np.argmax(np.arange(6 * distance**2 // step + 3) * step >= 6 * distance**2))


@family.part(Real(digits=3), marks=2, levels=["hard"])
def relative(one, n):
    return distances.relative_spread(n, one.kurtosis)


relative.slips = rows(
    ("not rooted", "This is the relative variance; take the root.", lambda relative: relative**2),
    ("not divided by the mean", "This is the standard deviation itself.",
     lambda relative, square: relative * square),
    ("one coordinate", "The sum has n coordinates: divide by the root of n.",
     lambda relative, n: relative * sqrt(n)),
)  # fmt: skip
relative.witness(lambda summed: np.sqrt(summed[1]) / summed[0])


@family.part(Integer(), levels=["hard"], after="relative")
def enough(one, spread):
    return distances.dimensions_for_spread(spread, one.kurtosis)


enough.slips = rows(
    ("spread not squared", "The spread falls with the root of n, so square it.",
     lambda one, spread: ceil((one.kurtosis + 1) / (2 * spread))),
    ("rounded down", "Then the spread is still larger: round up.",
     lambda one, spread: floor((one.kurtosis + 1) / (2 * spread**2))),
)  # fmt: skip


@enough.witness
def _(away, spread):
    (mean, variance), n = away, np.arange(1, int(3 / spread**2))
    return int(n[np.argmax(np.sqrt(n * variance) / (n * mean) <= spread * (1 + 1e-12))])


@family.part(Real(digits=3), levels=["hard"], after="relative")
def falls(k):
    return sqrt(k)


falls.slips = rows(
    ("falls with n", "Standard deviations of sums grow like the root of n.", lambda k: k),
    ("falls with the square", "Standard deviations of sums grow like the root of n.",
     lambda k: k**2),
)  # fmt: skip


@falls.witness
def _(away, summed, n, k):
    (mean, variance), (far, wide) = summed, added(away, k * n)
    return np.sqrt(variance) / mean / (np.sqrt(wide) / far)


@cache
def rule(law):
    """Nodes and weights that integrate polynomials of degree four exactly, for a standard law."""
    if law == "normal":
        nodes, weights = np.polynomial.hermite_e.hermegauss(5)
    elif law == "uniform":
        nodes, weights = np.polynomial.legendre.leggauss(5)
    else:
        nodes, weights = np.array([-1.0, 1.0]), np.ones(2)
    return nodes, weights / weights.sum()


def placed(law, p, q):
    nodes, weights = rule(law)
    return (p + q * nodes if law == "normal" else np.interp(nodes, (-1, 1), (p, q))), weights


def one_coordinate(law, p, q):
    """Mean and variance of the squared difference of two coordinates, by quadrature."""
    x, weights = placed(law, p, q)
    away, chance = np.subtract.outer(x, x) ** 2, np.multiply.outer(weights, weights)
    mean = (away * chance).sum()
    return mean, ((away - mean) ** 2 * chance).sum()


def added(away, n):
    """Mean and variance of the squared distance: n independent terms, added one by one."""
    return np.cumsum(np.full((n, 2), away), axis=0)[-1]


@family.working
def _(one):
    return {"mean": one.mean, "kurtosis": one.kurtosis, "fourth": 2 * (one.kurtosis + 1)}
