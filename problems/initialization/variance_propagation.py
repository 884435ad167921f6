"""Variance through a stack of layers.

Trap: adding the layers' factors, forgetting the width, using the standard deviation.
Reference: Glorot and Bengio (2010), equations 5 to 8.
Source: S0-62, S0-65, S1-50, S1-51, S1-52.
"""

from fractions import Fraction
from functools import lru_cache
from math import isqrt, prod

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family
from partialcredit.grading import Choice, Integer, Real
from partialcredit.numbers.exact import log, sqrt
from partialcredit.solvers import initialization, propagation

family = Family(
    conventions=[
        "units are linear without biases, every layer is as wide as its input, and all weights are "
        "drawn independently with mean 0"
    ]
)

FATES = ("It shrinks towards 0.", "It stays the same.", "It grows without bound.")


@family.sample
def sample(draw):
    """Widths and deviations for which a layer multiplies the variance by 1/6 to 6, or keeps it."""
    shared = {
        "v": Fraction(draw.integer(11, draw.by_level(400, 400, 90)), 10),
        "L": draw.integer(*draw.by_level((1, 1), (3, 10), (3, 10))),
    } | draw.by_level({}, {}, {"power": draw.integer(3, 6), "change": draw.nonzero(-4, 4)})
    if draw.level != "hard" and draw.chance(Fraction(1, 3)):
        root = draw.choice([4, 5, 8, 10, 16, 20, 25, 40, 50])
        return shared | {"n": root**2, "sd": Fraction(1, root)}
    shrinks = draw.chance(0.5)
    n = draw.integer(*draw.by_level((3, 50), (5, 50), (5, 50))) * 10
    least, most = (Fraction(1, 6), Fraction(4, 5)) if shrinks else (Fraction(5, 4), Fraction(6))
    low, high = (isqrt(int(10**6 * bound / n)) for bound in (least, most))
    return shared | {"n": n, "sd": Fraction(draw.integer(low + 1, high), 1000)}


@family.part(Real(digits=4))
def factor(n, sd):
    return initialization.output_variance(n, sd**2, 1)


@family.part(Real(digits=4))
def after(factor, v, L):
    return v * initialization.depth_gain(factor, L)


@family.part(Choice(FATES), levels=["easy", "medium"])
def fate(factor):
    return 1 if factor == 1 else 0 if factor < 1 else 2


@family.part(Real(digits=4), levels=["easy", "medium"])
def stable(n):
    return sqrt(initialization.keeping_variance(n))


@family.part(Integer(), levels=["hard"], marks=2)
def depth(factor, power):
    small = factor if factor < 1 else Fraction(1) / factor
    return propagation.layers_until_below(small, Fraction(1, 10**power))


@family.part(Real(digits=4), levels=["hard"], marks=2)
def needed(n, L, change):
    return propagation.variance_for_factor(Fraction(10) ** change, L, n)


@family.part(Real(digits=4), levels=["hard"])
def slope(factor, v):
    return propagation.tanh_slope(sqrt(factor * v))


@factor.mistake("width left out", "Each output sums over all inputs: the variances add up.")
def _(sd):
    return sd**2


@factor.mistake("not squared", "The variance of a weight is the square of its deviation.")
def _(n, sd):
    return n * sd


@factor.mistake("standard deviation", "This is the factor of the standard deviation: square it.")
def _(factor):
    return sqrt(factor)


@after.mistake("added up", "The factors of the layers multiply.")
def _(factor, v, L):
    return v * L * factor if L > 1 else None


@after.mistake("one layer only", "Every layer multiplies the variance once more.")
def _(factor, v, L):
    return v * factor if L > 1 else None


@after.mistake("variance of the inputs left out", "This is the factor; multiply by the variance.")
def _(factor, L):
    return initialization.depth_gain(factor, L)


@after.mistake("variance of the inputs squared", "The variance of the inputs counts once.")
def _(after, v):
    return after * v


@after.mistake("not squared", "The variance of a weight is the square of its deviation.")
def _(n, sd, v, L):
    return v * initialization.depth_gain(n * sd, L)


@after.mistake("width left out", "Each output sums over all inputs: the variances add up.")
def _(sd, v, L):
    return v * initialization.depth_gain(sd**2, L)


@fate.mistake("the other way", "A factor above 1 lets it grow, one below 1 lets it shrink.")
def _(fate):
    return {0: 2, 1: 0, 2: 0}[fate]


@fate.mistake("kept", "It stays the same only when one layer has the factor 1.")
def _():
    return 1


@stable.mistake("variance", "That is the variance of the weights; take the root.")
def _(n):
    return initialization.keeping_variance(n)


@stable.mistake("factor 2", "The 2 makes up for ReLU; these units are linear.")
def _(n):
    return sqrt(initialization.he_variance(n))


@stable.mistake("one", "With deviation 1 each layer multiplies the variance by its width.")
def _():
    return 1


@depth.mistake("one layer too few", "After that many layers the bound is not yet passed.")
def _(depth):
    return depth - 1


@depth.mistake("standard deviation", "The bound is one for the variance, not for its root.")
def _(depth, factor, power):
    small = factor if factor < 1 else Fraction(1) / factor
    twice = propagation.layers_until_below(small, Fraction(1, 100**power))
    return twice if twice != depth else None


@needed.mistake("divided by the layers", "The factors of the layers multiply: take a root.")
def _(n, L, change):
    return Fraction(10) ** change / L / n


@needed.mistake("width left out", "This is the factor of one layer; divide it by the width.")
def _(n, needed):
    return n * needed


@needed.mistake("standard deviation", "The variance is asked for, not its root.")
def _(needed):
    return sqrt(needed)


@slope.mistake("tanh itself", "The slope of tanh is 1 - tanh^2.")
def _(slope):
    return sqrt(1 - slope)


@slope.mistake("variance put in", "One standard deviation is the root of the variance.")
def _(factor, v):
    return propagation.tanh_slope(factor * v)


@slope.mistake("not squared", "The slope of tanh is 1 - tanh^2.")
def _(slope):
    return 1 - sqrt(1 - slope)


@lru_cache(maxsize=4)
def layer(n, variance):
    """What the engine's layer makes of variance 1: its output is linear in each weight."""
    weight = engine.Tensor(np.zeros((1, n)), requires_grad=True)
    functional.linear(engine.Tensor(np.ones(n)), weight).backward()
    return float(variance) * np.vdot(weight.grad, weight.grad)


@factor.witness
def _(n, sd):
    return layer(n, sd**2)


@after.witness
def _(n, sd, v, L):
    return prod([layer(n, sd**2)] * L, start=v)


@fate.witness
def _(n, sd):
    found = layer(n, sd**2)
    return 1 + (found**50 > 1e3) - (found**50 < 1e-3)


@stable.witness
def _(n):
    return layer(n, 1) ** -0.5


@depth.witness
def _(n, sd, power):
    found = abs(np.log10(layer(n, sd**2)))
    return next(L for L in range(1, 1000) if L * found > power)


@needed.witness
def _(n, L, change):
    """By halving: the variance with which L layers change the variance by the given factor."""
    low, high = 0.0, 1e5
    for _halving in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if prod([middle] * L) < 10.0**change else (low, middle)
    return low / layer(n, 1)


@slope.witness
def _(n, sd, v):
    z = engine.Tensor((layer(n, sd**2) * v) ** 0.5, requires_grad=True)
    z.tanh().backward()
    return z.grad


@family.working
def _(factor, v):
    return {"deviation": sqrt(factor * v), "digits": abs(log(Fraction(factor)) / log(10))}
