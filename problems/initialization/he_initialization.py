"""Initialisation for layers with ReLU.

Trap: the factor 2 left out, both fans averaged, the size of the kernel forgotten.
Reference: He, Zhang, Ren and Sun (2015), equations 10 and 15.
Source: S1-56.
"""

from functools import cache

import numpy as np
from numpy.polynomial.hermite_e import hermegauss

from partialcredit import engine
from partialcredit.engine import functional, init
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Real, Text
from partialcredit.numbers.exact import Exact, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import initialization, letters

family = Family(
    version=3,
    conventions=[
        "weights and biases are independent of the inputs; the weights are independent with mean 0 "
        "and the biases are 0",
        r"{% if alpha %}the leaky ReLU is $z$ for $z > 0$ and $\alpha z$ for $z < 0${% endif %}",
        "{% if k > 1 %}borders are left out of account: every window lies inside{% endif %}",
    ],
)


@family.sample
def sample(draw):
    channels = range(16, 129, 2)
    return {
        "k": draw.by_level(1, *[draw.choice([3, 5])] * 2),
        "C": draw.by_level(draw.integer(2, 50) * 10, draw.choice(channels), draw.choice(channels)),
        "K": draw.by_level(draw.integer(2, 50) * 10, draw.choice(channels), draw.choice(channels)),
        "v": draw.integer(2, 9),
        "L": draw.integer(*draw.by_level((2, 10), (3, 12), (3, 12))),
        "alpha": draw.by_level(0, 0, draw.decimal("0.1", "0.2", "0.25", "0.3", "0.5")),
    }


@family.condition
def _(C, K):
    return C != K


@family.part(Real(digits=3))
def mean_square(v, alpha):
    return initialization.rectified_mean_square(v, alpha)


mean_square.slips = rows(
    ("nothing lost", "ReLU sets half of the values to 0, or makes them smaller.", lambda v: v),
    ("variance of h", "The mean of h is not 0, so E[h^2] exceeds the variance.",
     lambda v, alpha: v * rational(1, 2) * ((1 + alpha**2) - (1 - alpha) ** 2 / Exact("pi"))),
    ("slope not squared", "The slope multiplies h, so h^2 has its square.",
     lambda v, alpha: initialization.rectified_mean_square(v, sqrt(alpha)) if alpha else None),
    ("plain ReLU", "The leaky ReLU keeps something of the negative values.",
     lambda v, alpha: initialization.rectified_mean_square(v) if alpha else None),
    ("a quarter", "Half of the values are lost, and so is half of the mean square.",
     lambda v: rational(v, 4)),
)  # fmt: skip


@mean_square.witness
def _(v, alpha):
    nodes, weights = normal()
    h = functional.leaky_relu(engine.Tensor(nodes * v**0.5), alpha).data
    return weights @ h**2


@cache
def normal():
    """Nodes and weights of the normal distribution, symmetric about 0."""
    nodes, weights = hermegauss(6)
    return nodes, weights / weights.sum()


def keeping(n, alpha):
    return initialization.he_variance(n, alpha)


@family.part(
    Expression(symbols={"alpha": "unit", "n": "positive integer"}), marks=2, levels=["hard"]
)
def formula():
    return letters.formula(keeping)


formula.slips = rows(
    ("factor 2 left out", "Half of the mean square is lost: make up for it by 2.",
     lambda formula: formula / 2),
    ("slope not squared", "The slope multiplies h, so h^2 has its square.",
     lambda: letters.formula(keeping, alpha=sqrt(letters.symbols("alpha")))),
    ("plain ReLU", "The leaky ReLU keeps something of the negative values.",
     lambda: letters.formula(keeping, alpha=0)),
)  # fmt: skip


@formula.witness
def _(point):
    """All weights 1 and -1, on inputs made of z = 1 and z = -1."""
    signs = engine.sign_sequences(point["n"])
    h = functional.leaky_relu(
        engine.Tensor([[1.0] * len(signs), [-1.0] * len(signs)]), point["alpha"]
    )
    return 1 / np.mean(functional.linear(h, engine.Tensor(signs.T)).data ** 2)


@family.derive
def fan(k, C):
    return initialization.fan(k, C)


@family.part(Real(digits=3), marks=2)
def variance(fan, alpha):
    return initialization.he_variance(fan, alpha)


variance.slips = rows(
    ("factor 2 left out", "Half of the mean square is lost: make up for it by 2.",
     lambda variance: variance / 2),
    ("kernel left out", "Every output sees a whole window of each channel.",
     lambda k, C, alpha: initialization.he_variance(C, alpha) if k > 1 else None),
    ("fan out", "What goes forward is summed over the inputs: take fan_in.",
     lambda k, K, alpha: initialization.he_variance(initialization.fan(k, K), alpha)),
    ("both fans", "The mean of both fans belongs to Glorot's initialisation.",
     lambda k, C, K, alpha: initialization.he_variance(initialization.fan(k, C + K), alpha)),
    ("plain ReLU", "The leaky ReLU keeps something of the negative values.",
     lambda fan, alpha: initialization.he_variance(fan) if alpha else None),
    ("standard deviation", "The variance is asked for, not its root.",
     lambda variance: sqrt(variance)),
    ("window's side", "An output sees k times k pixels of every channel.",
     lambda k, C, alpha: initialization.he_variance(k * C, alpha) if k > 1 else None),
)  # fmt: skip


@variance.witness
def _(k, C, alpha):
    """Half of the inputs come from z = 1 and half from z = -1.

    The layer's slopes by its weights, squared, add up to its variance per variance of a weight.
    """
    z = np.ones((1, C, k, k))
    z[:, ::2] = -1
    weight = engine.Tensor(np.zeros(z.shape), requires_grad=True)
    functional.conv2d(functional.leaky_relu(engine.Tensor(z), alpha), weight).backward()
    return 1 / np.vdot(weight.grad, weight.grad)


@family.part(Real(digits=3), levels=["medium", "hard"], after="variance")
def deviation(variance):
    return sqrt(variance)


deviation.slips = rows(
    ("variance", "The standard deviation is the root of the variance.", lambda variance: variance),
    ("squared", "The standard deviation is the root of the variance, not its square.",
     lambda variance: variance**2),
)  # fmt: skip


@deviation.witness
def _(k, C, alpha):
    """By which factor the engine's initialiser scales its standard normal draws."""
    drawn = init.kaiming_normal_(engine.Tensor(np.empty((1, C, k, k))), alpha, generator=1)
    return drawn.data[0, 0, 0, 0] / init.generator_of(1).normal()


@family.part(Real(digits=3))
def gain(L, alpha):
    return initialization.depth_gain(initialization.rectified_mean_square(1, alpha), L)


gain.slips = rows(
    ("one layer only", "Every layer multiplies by the same factor.",
     lambda alpha: initialization.rectified_mean_square(1, alpha)),
    ("added up", "The factors of the layers multiply.",
     lambda L, alpha: L * initialization.rectified_mean_square(1, alpha)),
    ("nothing lost", "1/n keeps the variance of linear layers; ReLU takes half of it.", lambda: 1),
    ("standard deviation", "This is the factor of the standard deviation: square it.",
     lambda gain: sqrt(gain)),
    ("multiplied by 2", "ReLU takes half of the variance in every layer.", lambda L: 2**L),
    ("one layer too few", "Every one of the layers takes half of the variance.",
     lambda L, alpha:
         initialization.depth_gain(initialization.rectified_mean_square(1, alpha), L - 1)),
)  # fmt: skip


@gain.witness
def _(L, alpha):
    """All outcomes of a stack of one unit per layer, whose weights are 1 or -1: variance 1/n."""
    signs = engine.sign_sequences(L + 1)
    z = signs[0]
    for weights in signs[1:]:
        z = weights * functional.leaky_relu(engine.Tensor(z), alpha).data
    return np.mean(z * z)


@family.part(Text(), marks=2, levels=["medium"])
def why():
    return (
        "ReLU sets half of the inputs to 0 and so halves their mean square; weights with twice the "
        "variance make up for it."
    )
