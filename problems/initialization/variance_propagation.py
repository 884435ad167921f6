"""Variance through a stack of layers.

Trap: adding the layers' factors, forgetting the width, using the standard deviation.
Reference: Glorot and Bengio (2010), equations 5 to 8.
Source: S0-62, S0-65, S1-50, S1-51, S1-52.
"""

from fractions import Fraction
from math import isqrt, prod

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Choice, Integer, Real
from partialcredit.numbers.exact import log, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import initialization, propagation

family = Family(
    version=3,
    conventions=[
        "units are linear without biases, every layer is as wide as its input, and all weights are "
        "drawn independently with mean 0"
    ],
)

FATES = ("It shrinks towards 0.", "It stays the same.", "It grows without bound.")


@family.sample
def sample(draw):
    """A layer multiplies the variance by 1/6 to 6; at the level easy a third of them keep it."""
    shared = {
        "v": rational(draw.integer(*draw.by_level((11, 199), (11, 90), (11, 90))), 10),
        "L": draw.integer(*draw.by_level((1, 1), (3, 10), (3, 10))),
    } | draw.by_level({}, {}, {"power": draw.integer(3, 6), "change": draw.nonzero(-4, 4)})
    if draw.level == "easy" and draw.chance(1 / 3):
        root = draw.choice([4, 5, 8, 10, 16, 20, 25, 40, 50])
        return shared | {"n": root**2, "sd": rational(1, root)}
    shrinks = draw.chance(0.5)
    n = draw.integer(*draw.by_level((3, 50), (5, 50), (5, 50))) * 10
    least, most = (rational(1, 6), rational(4, 5)) if shrinks else (rational(5, 4), rational(6))
    low, high = (isqrt(int(10**6 * bound / n)) for bound in (least, most))
    return shared | {"n": n, "sd": rational(draw.integer(low + 1, high), 1000)}


def spread(n):
    """What the engine's layer makes of variances of 1: its output is linear in each weight."""
    weight = engine.Tensor(np.zeros((1, n)), requires_grad=True)
    functional.linear(engine.Tensor(np.ones(n)), weight).backward()
    return np.vdot(weight.grad, weight.grad)


@family.run
def layer(n, sd):
    return sd**2 * spread(n)


@family.part(Real(digits=3))
def factor(n, sd):
    return initialization.output_variance(n, sd**2, 1)


factor.slips = rows(
    ("width left out", "Each output sums over all inputs: the variances add up.", lambda sd: sd**2),
    ("not squared", "The variance of a weight is the square of its deviation.",
     lambda n, sd: n * sd),
    ("standard deviation", "This is the factor of the standard deviation: square it.",
     lambda factor: sqrt(factor)),
    ("width squared", "The variances of n independent terms add: n of them.",
     lambda n, sd: (n * sd) ** 2),
)  # fmt: skip
factor.witness(lambda layer: layer)


@family.part(Real(digits=3))
def after(factor, v, L):
    return v * initialization.depth_gain(factor, L)


after.slips = rows(
    ("added up", "The factors of the layers multiply.",
     lambda factor, v, L: v * L * factor if L > 1 else None),
    ("one layer only", "Every layer multiplies the variance once more.",
     lambda factor, v, L: v * factor if L > 1 else None),
    ("variance of the inputs left out", "This is the factor; multiply by the variance.",
     lambda factor, L: initialization.depth_gain(factor, L)),
    ("variance of the inputs squared", "The variance of the inputs counts once.",
     lambda after, v: after * v),
    ("not squared", "The variance of a weight is the square of its deviation.",
     lambda n, sd, v, L: v * initialization.depth_gain(n * sd, L)),
    ("one layer too few", "Every layer multiplies the variance once more.",
     lambda factor, v, L: v * initialization.depth_gain(factor, L - 1) if L > 1 else None),
    ("standard deviation", "The variance is asked for, not its root.", lambda after: sqrt(after)),
    ("divided", "Every layer multiplies the variance by its factor.",
     lambda factor, v, L: v / initialization.depth_gain(factor, L)),
)  # fmt: skip
after.witness(lambda layer, v, L: prod([layer] * L, start=v))


@family.part(Choice(FATES), levels=["easy"])
def fate(factor):
    return 1 if factor == 1 else 0 if factor < 1 else 2


fate.slips = rows(
    ("the other way", "A factor above 1 lets it grow, one below 1 lets it shrink.",
     lambda fate: {0: 2, 1: 0, 2: 0}[fate]),
    ("kept", "It stays the same only when one layer has the factor 1.", lambda: 1),
)  # fmt: skip
fate.witness(lambda layer: 1 + (layer**50 > 1e3) - (layer**50 < 1e-3))


@family.part(Real(digits=3), levels=["medium"])
def stable(n):
    return sqrt(initialization.keeping_variance(n))


stable.slips = rows(
    ("variance", "That is the variance of the weights; take the root.",
     lambda n: initialization.keeping_variance(n)),
    ("factor 2", "The 2 makes up for ReLU; these units are linear.",
     lambda n: sqrt(initialization.he_variance(n))),
    ("one", "With deviation 1 each layer multiplies the variance by its width.", lambda: 1),
)  # fmt: skip
stable.witness(lambda n: spread(n) ** -0.5)


def layers_for(factor, power):
    """To shrink below 10^-power, or to grow beyond its inverse."""
    return propagation.layers_until_below(min(factor, 1 / factor), rational(1, 10**power))


@family.part(Integer(), levels=["hard"], marks=2)
def depth(factor, power):
    return layers_for(factor, power)


def by_the_standard_deviation(depth, factor, power):
    twice = layers_for(factor, 2 * power)
    return twice if twice != depth else None


depth.slips = rows(
    ("one layer too few", "After that many layers the bound is not yet passed.",
     lambda depth: depth - 1, Fraction(1, 2)),
    ("standard deviation", "The bound is one for the variance, not for its root.",
     by_the_standard_deviation),
)  # fmt: skip


@depth.witness
def _(layer, power):
    return next(L for L in range(1, 1000) if L * abs(np.log10(layer)) > power)


@family.part(Real(digits=3), levels=["hard"], marks=2)
def needed(n, L, change):
    return propagation.variance_for_factor(rational(10) ** change, L, n)


needed.slips = rows(
    ("divided by the layers", "The factors of the layers multiply: take a root.",
     lambda n, L, change: rational(10) ** change / L / n),
    ("width left out", "This is the factor of one layer; divide it by the width.",
     lambda n, needed: n * needed),
    ("standard deviation", "The variance is asked for, not its root.", lambda needed: sqrt(needed)),
)  # fmt: skip


@needed.witness
def _(n, L, change):
    """By halving: the factor of a layer with which L layers change the variance as wanted."""
    low, high = 0.0, 1e5
    for _halving in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if prod([middle] * L) < 10.0**change else (low, middle)
    return low / spread(n)


@family.part(Real(digits=3), levels=["hard"])
def slope(factor, v):
    return propagation.tanh_slope(sqrt(factor * v))


slope.slips = rows(
    ("tanh itself", "The slope of tanh is 1 - tanh^2.", lambda slope: sqrt(1 - slope)),
    ("variance put in", "One standard deviation is the root of the variance.",
     lambda factor, v: propagation.tanh_slope(factor * v)),
    ("not squared", "The slope of tanh is 1 - tanh^2.", lambda slope: 1 - sqrt(1 - slope)),
)  # fmt: skip


@slope.witness
def _(layer, v):
    z = engine.Tensor((layer * v) ** 0.5, requires_grad=True)
    z.tanh().backward()
    return z.grad


@family.working
def _(factor, v):
    return {"deviation": sqrt(factor * v), "digits": abs(log(rational(factor)) / log(10))}
