"""Products of slopes: how gradients vanish in a chain of sigmoid units.

Trap: the value 1/2 for the slope 1/4, dividing by the depth instead of raising to it.
Reference: Bengio, Simard and Frasconi (1994); Glorot and Bengio (2010), section 3.1.
Source: S1-79, S1-110, S0-62.
"""

from fractions import Fraction
from math import prod

import numpy as np

from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Choice, Expression, Integer, Real
from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import each
from partialcredit.problems.activations._chains import CHAINS, differentiated, first_below, survives
from partialcredit.problems.activations._derivatives import derivatives
from partialcredit.solvers import activations, letters, saturation
from partialcredit.solvers.backprop import logistic

family = Family(
    version=3,
    conventions=[
        "a chain of units computes $a_l = \\sigma(z_l)$ with $z_l = w_l a_{l-1} + b_l$ and "
        "$\\sigma(z) = 1/(1 + e^{-z})$, and its derivative is that of the last $a$ with "
        "respect to $a_0$",
    ],
)


@family.sample
def sample(draw):
    z = [rational(draw.nonzero(-40, 40), 10) for _ in range(draw.by_level(3, 4, 3))]
    drawn = {"z": z, "L": draw.integer(4, 20), "w": 1, "m": 0, "k": 0}
    if draw.level == "easy":
        return drawn
    w = rational(draw.choice([n for n in range(2, 31) if n != 10]), 10)
    drawn |= {"w": w}
    if draw.level == "medium":
        return drawn | {"m": draw.integer(3, 30)}
    right, wrong = [*CHAINS][:2], [*CHAINS][2:]
    chains = draw.shuffle([draw.choice(right), *draw.sample(wrong, 4)])
    drawn |= {"k": draw.integer(2, 9), "chains": chains}
    return drawn | {"weights": [rational(draw.nonzero(-60, 60), 10) for _ in z]}


EASY, LATER, MEDIUM, HARD = ["easy"], ["medium", "hard"], ["medium"], ["hard"]


@family.derive
def a(z):
    """The activations."""
    return each(logistic, z)


@family.derive
def slopes(z):
    return each(activations.sigmoid_slope, z)


@family.run
def chain(z):
    return differentiated(z, [1] * len(z))


@family.run
def steepest():
    """The largest slope of the engine's sigmoid on a grid that holds 0."""
    return derivatives(functional.sigmoid, np.linspace(-4, 4, 33))[1].max()


@family.part(Real(digits=3), marks=2, levels=[*EASY, *MEDIUM])
def product(z):
    return saturation.chain_slope(z)


product.slips = rows(
    ("values", "Multiply the slopes σ(1 - σ), not the values.", lambda a: prod(a)),
    ("sum", "By the chain rule the slopes are multiplied.", lambda slopes: sum(slopes)),
    ("largest slopes", "The slopes are 1/4 at 0 only.", lambda z: rational(1, 4 ** len(z))),
    ("slopes of tanh", "One minus the square of the value is the slope of tanh.",
     lambda a: prod(1 - a**2)),
    ("last unit only", "By the chain rule the slopes of all units are multiplied.",
     lambda slopes: slopes[-1]),
    ("last unit left out", "By the chain rule the slopes of all units are multiplied.",
     lambda slopes: prod(slopes[:-1])),
    ("first unit left out", "By the chain rule the slopes of all units are multiplied.",
     lambda slopes: prod(slopes[1:])),
)  # fmt: skip
product.witness(lambda chain: chain)


@family.part(Real(digits=3), levels=EASY)
def bound(L):
    return saturation.chain_bound(rational(1), L)


bound.slips = rows(
    ("value at 0", "σ(0) is 1/2; the slope there is 1/4.", lambda L: rational(1, 2**L)),
    ("divided by 4 L", "The slopes are multiplied.", lambda L: rational(1, 4 * L)),
    ("multiplied by L", "The slopes are multiplied, not added.", lambda L: rational(L, 4)),
    ("one unit", "Every unit brings a factor.", lambda: rational(1, 4)),
    ("one unit too few", "L units have L slopes.", lambda L: rational(1, 4 ** (L - 1))),
)  # fmt: skip
bound.witness(lambda steepest, L: np.prod([steepest] * L))


@family.part(Real(digits=3), levels=EASY)
def loss_against_bound(product, z):
    return saturation.chain_bound(rational(1), len(z)) / product


loss_against_bound.slips = rows(
    ("upside down", "The bound stands above.", lambda loss_against_bound: 1 / loss_against_bound),
    ("other depth", "This chain has three units.", lambda bound, product: bound / product),
    ("difference", "Divide the bound by the derivative.",
     lambda product, z: rational(1, 4 ** len(z)) - product),
)  # fmt: skip
loss_against_bound.witness(lambda steepest, chain, z: np.prod([steepest] * len(z)) / chain)


@family.part(Integer(), levels=MEDIUM)
def depth(m):
    return saturation.smallest_depth(rational(1), rational(1, 10**m))


depth.slips = rows(
    ("value at 0", "σ(0) is 1/2; the slope there is 1/4.",
     lambda m: saturation.smallest_depth(rational(2), rational(1, 10**m))),
    ("one unit too few", "The bound must be below the threshold, not above.",
     lambda depth: depth - 1),
    ("exponent of ten", "Each unit divides by 4, not by 10.", lambda m: m),
    ("one unit too many", "A chain of one unit less does it already.", lambda depth: depth + 1),
)  # fmt: skip
depth.witness(lambda steepest, m: first_below(steepest, 10.0**-m))


@family.part(Real(digits=3), marks=2, levels=HARD)
def weighted_product(z, weights):
    return prod(weights) * saturation.chain_slope(z)


weighted_product.slips = rows(
    ("weights left out", "Each weight is a factor of the chain rule.",
     lambda z: saturation.chain_slope(z)),
    ("slopes left out", "Each slope is a factor of the chain rule.", lambda weights: prod(weights)),
    ("first weight left out", "The derivative is that with respect to the input of the chain.",
     lambda weighted_product, weights: weighted_product / weights[0]),
)  # fmt: skip
weighted_product.witness(differentiated)


@family.part(Real(digits=3), levels=LATER)
def weighted_bound(w, L):
    return saturation.chain_bound(w, L)


weighted_bound.slips = rows(
    ("value at 0", "σ(0) is 1/2; the slope there is 1/4.", lambda w, L: (w / 2) ** L),
    ("weights left out", "Each weight is a factor of the chain rule.", lambda L: rational(1, 4**L)),
    ("multiplied by L", "The factors are multiplied, not added.", lambda w, L: w * rational(L, 4)),
    ("weight once", "Every unit has a weight.", lambda w, L: w * rational(1, 4**L)),
    ("slope 1", "The slope of the sigmoid is 1/4 at most.", lambda w, L: w**L),
    ("one unit too few", "Every one of the L units is a factor.",
     lambda w, L: saturation.chain_bound(w, L - 1)),
)  # fmt: skip
weighted_bound.witness(lambda w, L: differentiated([0] * L, [w] * L))


@family.part(Integer(), levels=HARD, marks=2)
def weighted_depth(w, k):
    return saturation.smallest_depth(w, rational(1, 10**k))


weighted_depth.slips = rows(
    ("weights left out", "Each weight is a factor of the chain rule.",
     lambda k: saturation.smallest_depth(rational(1), rational(1, 10**k))),
    ("one unit too few", "The bound must be below the threshold, not above.",
     lambda weighted_depth: weighted_depth - 1, Fraction(1, 2)),
)  # fmt: skip
weighted_depth.witness(lambda steepest, w, k: first_below(w * steepest, 10.0**-k))


@family.part(Real(digits=3))
def weight(z):
    return saturation.needed_weight(z[0])


weight.slips = rows(
    ("four", "That is right for a pre-activation of 0 only.", lambda: 4),
    ("the slope", "Take one over the slope.", lambda weight: 1 / weight),
    ("one over the value", "The slope is σ(1 - σ).", lambda a: 1 / a[0]),
    ("slope of tanh", "One minus the square of the value is the slope of tanh.",
     lambda a: 1 / (1 - a[0] ** 2)),
)  # fmt: skip
weight.witness(lambda z: 1 / differentiated(z[:1], [1]))


@family.part(Expression(symbols={"w": "positive", "L": "positive integer"}), levels=HARD)
def formula():
    return letters.formula(saturation.chain_bound)


formula.slips = rows(
    ("value at 0", "σ(0) is 1/2; the slope there is 1/4.",
     lambda: letters.formula(lambda w, L: (w / 2) ** L)),
    ("weight once", "Every unit has a weight.", lambda: letters.formula(lambda w, L: w / 4**L)),
    ("product instead of power", "The factors multiply: the depth is an exponent.",
     lambda: letters.formula(lambda w, L: w / 4 * L)),
)  # fmt: skip
formula.witness(lambda point: differentiated([0] * point["L"], [point["w"]] * point["L"]))


def index_of(chains, chain):
    return chains.index(chain) if chain in chains else None


@family.part(lambda chains: Choice(chains), levels=HARD)
def lasting(chains):
    return next(i for i, chain in enumerate(chains) if chain in [*CHAINS][:2])


lasting.slips = rows(
    ("large weights", "Even with weights of 3 each factor is at most 3/4.",
     lambda chains: index_of(chains, "sigmoid units with weights 3")),
    ("unsaturated tanh", "The slope is at most 1, but each weight halves it.",
     lambda chains: index_of(chains, "tanh units with weights 0.5")),
    ("every ReLU", "The slope is 1, but each weight halves it.",
     lambda chains: index_of(chains, "ReLU units with weights 0.5 and a positive input")),
    ("plain sigmoid units", "Each factor is at most 1/4.",
     lambda chains: index_of(chains, "sigmoid units with weights 1")),
    ("weights of 2", "Each factor is at most 2/4.",
     lambda chains: index_of(chains, "sigmoid units with weights 2")),
)  # fmt: skip
lasting.witness(lambda chains: next(i for i, chain in enumerate(chains) if survives(chain)))


@family.working
def _(w, m, k):
    return {"threshold": m * log(10) / log(4) if m else k * log(10) / log(4 / w)}
