"""Products of slopes: how gradients vanish in a chain of sigmoid units.

Trap: the value 1/2 for the slope 1/4, dividing by the depth instead of raising to it.
Reference: Bengio, Simard and Frasconi (1994); Glorot and Bengio (2010), section 3.1.
Source: S1-79, S1-110, S0-62.
"""

from fractions import Fraction

import numpy as np

from partialcredit.family import Family
from partialcredit.grading import Choice, Expression, Integer, Real
from partialcredit.numbers.exact import log
from partialcredit.problems.activations._chains import (
    CHAINS,
    differentiated,
    first_below,
    steepest,
    survives,
)
from partialcredit.solvers import activations, letters, saturation
from partialcredit.solvers.backprop import logistic

family = Family(
    conventions=[
        "a chain of units computes $a_l = \\sigma(z_l)$ with $z_l = w_l a_{l-1} + b_l$ and "
        "$\\sigma(z) = 1/(1 + e^{-z})$, and its derivative is that of the last $a$ with "
        "respect to $a_0$",
    ]
)


@family.sample
def sample(draw):
    z = [Fraction(draw.nonzero(-40, 40), 10) for _ in range(draw.by_level(3, 4, 3))]
    drawn = {"z": z, "L": draw.integer(4, 20), "w": 1, "m": 0, "k": 0}
    if draw.level == "easy":
        return drawn
    w = Fraction(draw.choice([n for n in range(2, 31) if n != 10]), 10)
    drawn |= {"w": w}
    if draw.level == "medium":
        return drawn | {"m": draw.integer(3, 30)}
    right, wrong = [*CHAINS][:2], [*CHAINS][2:]
    chains = draw.shuffle([draw.choice(right), *draw.sample(wrong, 4)])
    drawn |= {"k": draw.integer(2, 9), "chains": chains}
    return drawn | {"weights": [Fraction(draw.nonzero(-60, 60), 10) for _ in z]}


EASY, LATER, MEDIUM, HARD = ["easy"], ["medium", "hard"], ["medium"], ["hard"]


@family.part(Real(digits=4), marks=2, levels=[*EASY, *MEDIUM])
def product(z):
    return saturation.chain_slope(z)


@family.part(Real(digits=4), levels=EASY)
def bound(L):
    return saturation.chain_bound(Fraction(1), L)


@family.part(Real(digits=4), levels=EASY)
def loss_against_bound(product, z):
    return saturation.chain_bound(Fraction(1), len(z)) / product


@family.part(Integer(), levels=MEDIUM)
def depth(m):
    return saturation.smallest_depth(Fraction(1), Fraction(1, 10**m))


@family.part(Real(digits=4), marks=2, levels=HARD)
def weighted_product(z, weights):
    found = saturation.chain_slope(z)
    for w in weights:
        found = w * found
    return found


@family.part(Real(digits=4), levels=LATER)
def weighted_bound(w, L):
    return saturation.chain_bound(w, L)


@family.part(Integer(), levels=HARD, marks=2)
def weighted_depth(w, k):
    return saturation.smallest_depth(w, Fraction(1, 10**k))


@family.part(Real(digits=4), levels=LATER)
def weight(z):
    return saturation.needed_weight(z[0])


@family.part(Expression(symbols={"w": "positive", "L": "positive integer"}), levels=HARD)
def formula():
    return letters.formula(saturation.chain_bound)


@family.part(lambda chains: Choice(chains), levels=HARD)
def lasting(chains):
    return next(i for i, chain in enumerate(chains) if chain in [*CHAINS][:2])


@product.mistake("values", "Multiply the slopes σ(1 - σ), not the values.")
def _(z):
    found = 1
    for v in z:
        found = found * logistic(v)
    return found


@product.mistake("sum", "By the chain rule the slopes are multiplied.")
def _(z):
    return sum(activations.sigmoid_slope(v) for v in z)


@product.mistake("largest slopes", "The slopes are 1/4 at 0 only.")
def _(z):
    return Fraction(1, 4 ** len(z))


@product.mistake("slopes of tanh", "One minus the square of the value is the slope of tanh.")
def _(z):
    found = 1
    for v in z:
        found = found * (1 - logistic(v) ** 2)
    return found


@bound.mistake("value at 0", "σ(0) is 1/2; the slope there is 1/4.")
def _(L):
    return Fraction(1, 2**L)


@bound.mistake("divided by 4 L", "The slopes are multiplied.")
def _(L):
    return Fraction(1, 4 * L)


@bound.mistake("multiplied by L", "The slopes are multiplied, not added.")
def _(L):
    return Fraction(L, 4)


@bound.mistake("one unit", "Every unit brings a factor.")
def _():
    return Fraction(1, 4)


@bound.mistake("one unit too few", "L units have L slopes.")
def _(L):
    return Fraction(1, 4 ** (L - 1))


@loss_against_bound.mistake("upside down", "The bound stands above.")
def _(loss_against_bound):
    return 1 / loss_against_bound


@loss_against_bound.mistake("other depth", "This chain has three units.")
def _(bound, product):
    return bound / product


@loss_against_bound.mistake("difference", "Divide the bound by the derivative.")
def _(product, z):
    return Fraction(1, 4 ** len(z)) - product


@depth.mistake("value at 0", "σ(0) is 1/2; the slope there is 1/4.")
def _(m):
    return saturation.smallest_depth(Fraction(2), Fraction(1, 10**m))


@depth.mistake("one unit too few", "The bound must be below the threshold, not above.")
def _(depth):
    return depth - 1


@depth.mistake("exponent of ten", "Each unit divides by 4, not by 10.")
def _(m):
    return m


@weighted_product.mistake("weights left out", "Each weight is a factor of the chain rule.")
def _(z):
    return saturation.chain_slope(z)


@weighted_product.mistake("slopes left out", "Each slope is a factor of the chain rule.")
def _(weights):
    return weights[0] * weights[1] * weights[2]


@weighted_product.mistake(
    "first weight left out", "The derivative is that with respect to the input of the chain."
)
def _(weighted_product, weights):
    return weighted_product / weights[0]


@weighted_bound.mistake("value at 0", "σ(0) is 1/2; the slope there is 1/4.")
def _(w, L):
    return (w / 2) ** L


@weighted_bound.mistake("weights left out", "Each weight is a factor of the chain rule.")
def _(L):
    return Fraction(1, 4**L)


@weighted_bound.mistake("multiplied by L", "The factors are multiplied, not added.")
def _(w, L):
    return w * Fraction(L, 4)


@weighted_bound.mistake("weight once", "Every unit has a weight.")
def _(w, L):
    return w * Fraction(1, 4**L)


@weighted_depth.mistake("weights left out", "Each weight is a factor of the chain rule.")
def _(k):
    return saturation.smallest_depth(Fraction(1), Fraction(1, 10**k))


@weighted_depth.mistake("one unit too few", "The bound must be below the threshold, not above.")
def _(weighted_depth):
    return weighted_depth - 1


@weight.mistake("four", "That is right for a pre-activation of 0 only.")
def _():
    return 4


@weight.mistake("the slope", "Take one over the slope.")
def _(weight):
    return 1 / weight


@weight.mistake("one over the value", "The slope is σ(1 - σ).")
def _(z):
    return 1 / logistic(z[0])


@formula.mistake("value at 0", "σ(0) is 1/2; the slope there is 1/4.")
def _():
    return letters.formula(halves)


@formula.mistake("weight once", "Every unit has a weight.")
def _():
    return letters.formula(weight_once)


@formula.mistake("product instead of power", "The factors multiply: the depth is an exponent.")
def _():
    return letters.formula(times_depth)


@lasting.mistake("large weights", "Even with weights of 3 each factor is at most 3/4.")
def _(chains):
    return index_of(chains, "sigmoid units with weights 3")


@lasting.mistake("unsaturated tanh", "The slope is at most 1, but each weight halves it.")
def _(chains):
    return index_of(chains, "tanh units with weights 0.5")


@lasting.mistake("every ReLU", "The slope is 1, but each weight halves it.")
def _(chains):
    return index_of(chains, "ReLU units with weights 0.5 and a positive input")


@lasting.mistake("plain sigmoid units", "Each factor is at most 1/4.")
def _(chains):
    return index_of(chains, "sigmoid units with weights 1")


@lasting.mistake("weights of 2", "Each factor is at most 2/4.")
def _(chains):
    return index_of(chains, "sigmoid units with weights 2")


def index_of(chains, chain):
    return chains.index(chain) if chain in chains else None


def halves(w, L):
    return (w / 2) ** L


def weight_once(w, L):
    return w / 4**L


def times_depth(w, L):
    return w / 4 * L


@product.witness
def _(z):
    return differentiated(z, (1,) * len(z))


@bound.witness
def _(L):
    return np.prod([steepest()] * L)


@loss_against_bound.witness
def _(z):
    return np.prod([steepest()] * len(z)) / differentiated(z, (1,) * len(z))


@depth.witness
def _(m):
    return first_below(steepest(), 10.0**-m)


@weighted_product.witness
def _(z, weights):
    return differentiated(z, weights)


@weighted_bound.witness
def _(w, L):
    return differentiated((0,) * L, (w,) * L)


@weighted_depth.witness
def _(w, k):
    return first_below(float(w) * steepest(), 10.0**-k)


@weight.witness
def _(z):
    return 1 / differentiated(z[:1], (1,))


@formula.witness
def _(point):
    return differentiated((0,) * point["L"], (point["w"],) * point["L"])


@lasting.witness
def _(chains):
    return next(i for i, chain in enumerate(chains) if survives(chain))


@family.working
def _(z, w, m, k):
    return {
        "slopes": [activations.sigmoid_slope(v) for v in z],
        "threshold": m * log(10) / log(4) if m else k * log(10) / log(4 / w),
    }
