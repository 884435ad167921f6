"""Initialisation for linear units, forward and backward.

Trap: the fans multiplied instead of added, the root taken of the 6 alone, one fan only.
Reference: Glorot and Bengio (2010), equations 8 to 16.
Source: S0-63, S0-65, S0-66, S1-52, S1-54, S1-55, S1-56.
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional, init
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.problems.initialization._scale import asked
from partialcredit.solvers import initialization, letters

family = Family(
    version=3,
    conventions=[
        "weights are independent of each other and of everything else, with mean 0; inputs, and "
        "gradients that arrive, are independent with mean 0 and equal variances",
        "{% if k > 1 %}the stride is 1, and borders are left out of account{% endif %}",
    ],
)


@family.sample
def sample(draw):
    channels = range(8, 97)
    fans = [draw.sample(f, 2) for f in (range(10, 501, 10), range(50, 1001, 5), channels)]
    C, K = draw.by_level(*fans)
    return {
        "k": draw.by_level(1, 1, draw.choice([3, 5])),
        "C": C,
        "K": K,
        "both": draw.level != "easy",
        "uniform": draw.chance(0.5),
    } | draw.by_level({"v": draw.integer(2, 25)}, {}, {})


def deviation(n, m):
    return sqrt(initialization.keeping_variance(initialization.mean_fan(n, m)))


def limit(n, m):
    return initialization.uniform_limit(initialization.keeping_variance((n + m) / 2))


def limit_by_the_product(n, m):
    return sqrt(6 / (n * m))


def limit_by_the_root_of_6(n, m):
    import sympy  # the hard level alone pays for it

    return sympy.sqrt(6) / (n + m)


@family.derive
def fan_in(k, C):
    return initialization.fan(k, C)


@family.derive
def fan_out(k, K):
    return initialization.fan(k, K)


@family.part(
    Expression(symbols={"n": "positive integer", "m": "positive integer"}),
    marks=2,
    levels=["hard"],
)
def formula():
    return letters.formula(limit)


formula.slips = rows(
    ("root of the 6 alone", "The fans stand under the root, too.",
     lambda: letters.formula(limit_by_the_root_of_6)),
    ("fans multiplied", "The variance divides by the mean of the fans: add them.",
     lambda: letters.formula(limit_by_the_product)),
    ("standard deviation",
     "A uniform distribution reaches further: its variance is a third of the squared limit.",
     lambda: letters.formula(deviation)),
)  # fmt: skip
formula.witness(lambda point: asked(init.xavier_uniform_, (point["m"], point["n"])))


@family.part(Real(digits=3), marks=2)
def variance(fan_in, fan_out, both):
    return initialization.keeping_variance(
        initialization.mean_fan(fan_in, fan_out) if both else fan_in
    )


variance.slips = rows(
    ("fans multiplied", "The mean of the fans has their sum, not their product.",
     lambda fan_in, fan_out, both: rational(2, fan_in * fan_out) if both else None),
    ("one fan only", "Both directions count: take the mean of both fans.",
     lambda fan_in, both: initialization.keeping_variance(fan_in) if both else None),
    ("sum of the fans", "The mean of the fans is half of their sum.",
     lambda variance, both: variance / 2 if both else None),
    ("kernel left out", "A fan counts every entry of the kernel, for every channel.",
     lambda k, variance: variance * k * k if k > 1 else None),
    ("both fans", "Only the variance of the outputs is asked to be kept: use fan_in.",
     lambda C, K, both: None if both else rational(2, C + K)),
    ("fan out", "An output sums over the inputs: use fan_in.",
     lambda K, both: None if both else initialization.keeping_variance(K)),
    ("factor 2", "The 2 makes up for ReLU; these units are linear.",
     lambda variance, both: None if both else variance * 2),
    ("He's rule", "The 2 of He's rule makes up for ReLU.",
     lambda fan_in, both: initialization.he_variance(fan_in) if both else None),
    ("fan out alone", "Both fans count here.",
     lambda fan_out, both: initialization.keeping_variance(fan_out) if both else None),
)  # fmt: skip
variance.witness(lambda k, C, K, both: drawn_with(k, C, K, both, False) ** 2)


@family.part(Real(digits=3), after="variance")
def width(variance, uniform):
    """The limit of a uniform distribution, or the standard deviation of a normal one."""
    return initialization.uniform_limit(variance) if uniform else sqrt(variance)


def root_of_the_6_alone(fan_in, fan_out, both, uniform):
    return sqrt(6) / (fan_in + fan_out) if both and uniform else None


width.slips = rows(
    ("variance", "That is the variance of the weights; a root is missing.",
     lambda variance: variance),
    ("standard deviation",
     "A uniform distribution reaches further: its variance is a third of the squared limit.",
     lambda variance, uniform: sqrt(variance) if uniform else None),
    ("root of the 6 alone", "The fans stand under the root, too.", root_of_the_6_alone),
    ("limit", "A normal distribution has no limit: give the standard deviation.",
     lambda variance, uniform: None if uniform else initialization.uniform_limit(variance)),
)  # fmt: skip
width.witness(lambda k, C, K, both, uniform: drawn_with(k, C, K, both, uniform))


@family.part(Real(digits=3), levels=["medium", "hard"])
def forward(fan_in, variance):
    return initialization.output_variance(fan_in, variance, 1)


forward.slips = rows(
    ("kept exactly", "The compromise keeps it only where both fans are equal.", lambda: 1),
    ("other direction", "An output sums over fan_in terms.",
     lambda fan_out, variance: fan_out * variance),
    ("standard deviation", "This is the factor of the standard deviation: square it.",
     lambda forward: sqrt(forward)),
)  # fmt: skip


@forward.witness
def _(k, C, K, both):
    """With weights and inputs 1, a sum counts its terms."""
    ones = engine.Tensor(np.ones((1, C, k, k)))
    return functional.conv2d(ones, ones).data.item() * drawn_with(k, C, K, both, False) ** 2


@family.part(Real(digits=3), after="width")
def backward(fan_out, variance):
    return initialization.output_variance(fan_out, variance, 1)


def other_direction(fan_in, variance):
    return fan_in * variance if fan_in * variance != 1 else None


backward.slips = rows(
    ("kept exactly", "This direction has another fan.", lambda: 1),
    ("other direction", "The gradient of an input sums over fan_out terms.", other_direction),
    ("inverse", "The fan multiplies: more terms give a larger variance.",
     lambda backward: 1 / backward),
)  # fmt: skip


@backward.witness
def _(k, C, K, both):
    """With weights and gradients 1, the gradient of an input in the middle counts its terms."""
    x = engine.Tensor(np.zeros((1, 1, 2 * k - 1, 2 * k - 1)), requires_grad=True)
    functional.conv2d(x, engine.Tensor(np.ones((K, 1, k, k)))).sum().backward()
    return x.grad[0, 0, k - 1, k - 1] * drawn_with(k, C, K, both, False) ** 2


def drawn_with(k, C, K, both, uniform):
    """The standard deviation or the limit that the engine's initialiser draws with."""
    if both:
        return asked(init.xavier_uniform_ if uniform else init.xavier_normal_, (K, C, k, k))
    he = init.kaiming_uniform_ if uniform else init.kaiming_normal_
    return asked(he, (K, C, k, k), nonlinearity="linear")
