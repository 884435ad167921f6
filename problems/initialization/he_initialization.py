"""Initialisation for layers with ReLU.

Trap: the factor 2 left out, both fans averaged, the size of the kernel forgotten.
Reference: He, Zhang, Ren and Sun (2015), equations 10 and 15.
Source: S1-56.
"""

from fractions import Fraction
from functools import cache

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional, init
from partialcredit.family import Family
from partialcredit.grading import Expression, Real
from partialcredit.numbers.exact import Exact, sqrt
from partialcredit.solvers import initialization, letters

family = Family(
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


@family.part(Real(digits=4))
def mean_square(v, alpha):
    return initialization.rectified_mean_square(v, alpha)


@cache
def formula_of(slope="alpha", factor=1):
    n, a = letters.symbols("n alpha")
    slope = {"alpha": a, "root": sqrt(a), "": 0}[slope]
    return initialization.he_variance(n, slope) * factor


@family.part(
    Expression(symbols={"alpha": "unit", "n": "positive integer"}), marks=2, levels=["hard"]
)
def formula():
    return formula_of()


@family.part(Real(digits=4), marks=2)
def variance(k, C, alpha):
    return initialization.he_variance(initialization.fan(k, C), alpha)


@family.part(Real(digits=4), levels=["medium", "hard"])
def deviation(variance):
    return sqrt(variance)


@family.part(Real(digits=4))
def gain(L, alpha):
    return initialization.depth_gain(initialization.rectified_mean_square(1, alpha), L)


@mean_square.mistake("nothing lost", "ReLU sets half of the values to 0, or makes them smaller.")
def _(v):
    return v


@mean_square.mistake("variance of h", "The mean of h is not 0, so E[h^2] exceeds the variance.")
def _(v, alpha):
    return v * Fraction(1, 2) * ((1 + alpha**2) - (1 - alpha) ** 2 / Exact("pi"))


@mean_square.mistake("slope not squared", "The slope multiplies h, so h^2 has its square.")
def _(v, alpha):
    return initialization.rectified_mean_square(v, sqrt(alpha)) if alpha else None


@mean_square.mistake("plain ReLU", "The leaky ReLU keeps something of the negative values.")
def _(v, alpha):
    return initialization.rectified_mean_square(v) if alpha else None


@formula.mistake("factor 2 left out", "Half of the mean square is lost: make up for it by 2.")
def _():
    return formula_of(factor=Fraction(1, 2))


@formula.mistake("slope not squared", "The slope multiplies h, so h^2 has its square.")
def _():
    return formula_of("root")


@formula.mistake("plain ReLU", "The leaky ReLU keeps something of the negative values.")
def _():
    return formula_of("")


@variance.mistake("factor 2 left out", "Half of the mean square is lost: make up for it by 2.")
def _(variance):
    return variance / 2


@variance.mistake("kernel left out", "Every output sees a whole window of each channel.")
def _(k, C, alpha):
    return initialization.he_variance(C, alpha) if k > 1 else None


@variance.mistake("fan out", "What goes forward is summed over the inputs: take fan_in.")
def _(k, K, alpha):
    return initialization.he_variance(initialization.fan(k, K), alpha)


@variance.mistake("both fans", "The mean of both fans belongs to Glorot's initialisation.")
def _(k, C, K, alpha):
    return initialization.he_variance(initialization.fan(k, C + K), alpha)


@variance.mistake("plain ReLU", "The leaky ReLU keeps something of the negative values.")
def _(k, C, alpha):
    return initialization.he_variance(initialization.fan(k, C)) if alpha else None


@variance.mistake("standard deviation", "The variance is asked for, not its root.")
def _(variance):
    return sqrt(variance)


@deviation.mistake("variance", "The standard deviation is the root of the variance.")
def _(variance):
    return variance


@deviation.mistake("squared", "The standard deviation is the root of the variance, not its square.")
def _(variance):
    return variance**2


@gain.mistake("one layer only", "Every layer multiplies by the same factor.")
def _(alpha):
    return initialization.rectified_mean_square(1, alpha)


@gain.mistake("added up", "The factors of the layers multiply.")
def _(L, alpha):
    return L * initialization.rectified_mean_square(1, alpha)


@gain.mistake("nothing lost", "1/n keeps the variance of linear layers; ReLU takes half of it.")
def _():
    return 1


@gain.mistake("standard deviation", "This is the factor of the standard deviation: square it.")
def _(gain):
    return sqrt(gain)


@cache
def normal():
    """Nodes and weights of the normal distribution, symmetric about 0."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(6)
    return nodes, weights / weights.sum()


@mean_square.witness
def _(v, alpha):
    nodes, weights = normal()
    h = functional.leaky_relu(engine.Tensor(nodes * float(v) ** 0.5), float(alpha)).data
    return weights @ h**2


@variance.witness
def _(k, C, alpha):
    """Half of the inputs come from z = 1 and half from z = -1.

    The layer's slopes by its weights, squared, add up to its variance per variance of a weight.
    """
    z = np.ones((1, C, k, k))
    z[:, ::2] = -1
    weight = engine.Tensor(np.zeros(z.shape), requires_grad=True)
    functional.conv2d(functional.leaky_relu(engine.Tensor(z), float(alpha)), weight).backward()
    return 1 / np.vdot(weight.grad, weight.grad)


@formula.witness
def _(point):
    """All weights 1 and -1, on inputs made of z = 1 and z = -1."""
    signs = engine.sign_sequences(point["n"])
    h = functional.leaky_relu(
        engine.Tensor([[1.0] * len(signs), [-1.0] * len(signs)]), point["alpha"]
    )
    return 1 / np.mean(functional.linear(h, engine.Tensor(signs.T)).data ** 2)


@deviation.witness
def _(k, C, alpha):
    """By which factor the engine's initialiser scales its standard normal draws."""
    drawn = init.kaiming_normal_(engine.Tensor(np.empty((1, C, k, k))), float(alpha), generator=1)
    return drawn.data[0, 0, 0, 0] / init.generator_of(1).normal()


@gain.witness
def _(L, alpha):
    """All outcomes of a stack of one unit per layer, whose weights are 1 or -1: variance 1/n."""
    signs = engine.sign_sequences(L + 1)
    z = signs[0]
    for weights in signs[1:]:
        z = weights * functional.leaky_relu(engine.Tensor(z), float(alpha)).data
    return np.mean(z * z)


@family.working
def _(k, C):
    return {"fan": initialization.fan(k, C)}
