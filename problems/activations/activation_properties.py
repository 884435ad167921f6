"""Properties of activation functions: centred, bounded, saturating, smooth.

Trap: the ReLU taken for zero-centred, tanh for unsaturated, a small slope for a slope of zero.
Reference: Goodfellow, Bengio and Courville (2016), sections 6.2 and 6.3.
Source: S0-41, S0-44, S0-46, S1-44, S1-46, S1-47, S1-51, S1-110.
"""

from fractions import Fraction
from itertools import pairwise
from math import exp, log1p

import numpy as np

from partialcredit.family import Family
from partialcredit.figures import Curve, Mark, Plot
from partialcredit.grading import Array, Choices, Order, Real, TrueFalse
from partialcredit.numbers.exact import log, sqrt, tanh
from partialcredit.problems.activations._properties import BELIEFS, FUNCTIONS, PROPERTIES, at, shows
from partialcredit.solvers import activations, saturation
from partialcredit.solvers.backprop import leaky_relu, leaky_relu_slope, logistic

family = Family(
    conventions=[
        "the activation functions are the sigmoid $1/(1 + e^{-x})$, tanh, the ReLU, the leaky ReLU "
        "with the slope 0.1 for $x < 0$, ELU with $\\alpha = 1$, softplus $\\ln(1 + e^x)$, swish "
        "($x$ times the sigmoid) and hard tanh ($x$ between $-1$ and 1 and constant beyond)",
    ]
)

TENTH = Fraction(1, 10)

#: The derivatives of the functions at a number other than 0, 1 and -1.
SLOPES = {
    "sigmoid": activations.sigmoid_slope,
    "tanh": activations.tanh_slope,
    "ReLU": leaky_relu_slope,
    "leaky ReLU": lambda x: leaky_relu_slope(x, TENTH),
    "ELU": lambda x: activations.elu_slope(x, 1),
    "softplus": logistic,
    "swish": activations.swish_slope,
    "hard tanh": lambda x: int(-1 < x < 1),
}


@family.sample
def sample(draw):
    names, kinds = [*FUNCTIONS], [*PROPERTIES]
    z = Fraction(draw.integer(11, 300), 100)
    if draw.level == "easy":
        pairs = [(draw.choice(names), kind) for kind in draw.sample(kinds, 3)]
        return {"z": z, "pairs": pairs, "names": (), "properties": (), "limit": 0}
    drawn = {"z": z, "pairs": (), "names": draw.sample(names, 5), "limit": 0}
    if draw.level == "medium":
        return drawn | {"properties": draw.sample(kinds, 2)}
    return drawn | {
        "z": z * draw.choice([-1, 1]),
        "properties": draw.sample(kinds, 1),
        "limit": Fraction(draw.integer(2, 199), 1000),
    }


@family.condition
def _(z, names):
    """No kink, and slopes that can be told from each other."""
    slopes = sorted(float(SLOPES[name](z)) for name in names)
    return abs(z) != 1 and all(b - a > 0.004 for a, b in pairwise(slopes))


@family.condition
def _(names, properties):
    """Every property tells some of the functions from others."""
    return all(0 < len(having(names, kind)) < len(names) for kind in properties)


EASY, MEDIUM, HARD = ["easy"], ["medium"], ["hard"]
LATER = ["medium", "hard"]


@family.part(Array(shape=(3,), digits=4), levels=EASY)
def averages(z):
    half = Fraction(1, 2)
    return tuple(
        half * (function(z) + function(-z))
        for function in (logistic, leaky_relu, activations.softplus)
    )


@family.part(Array(shape=(3,), digits=4), levels=EASY)
def slopes(z):
    return (activations.sigmoid_slope(z), activations.tanh_slope(z), logistic(z))


@family.part(TrueFalse(statements=3), levels=EASY)
def judged(pairs):
    return tuple(name in PROPERTIES[kind][1] for name, kind in pairs)


def having(names, kind):
    return frozenset(i for i, name in enumerate(names) if name in PROPERTIES[kind][1])


@family.part(lambda names: Choices(names), levels=LATER, marks=2)
def first_group(names, properties):
    return having(names, properties[0])


@family.part(lambda names: Choices(names), levels=MEDIUM, marks=2)
def second_group(names, properties):
    return having(names, properties[1])


@family.part(lambda names: Order(len(names)), levels=LATER, marks=2)
def ranking(names, z):
    return tuple(sorted(range(len(names)), key=lambda i: float(SLOPES[names[i]](z))))


@family.part(Real(digits=4), levels=HARD)
def largest(names, z):
    return max((SLOPES[name](z) for name in names), key=float)


@family.part(Real(digits=4), levels=HARD, marks=2)
def saturated(limit):
    return saturation.saturation_point(limit)


@averages.mistake(
    "zero-centred", "Only an odd function has the mean 0 over z and -z, and none of these is odd."
)
def _():
    return (0, 0, 0)


@averages.mistake("not halved", "The mean of two values is half of their sum.")
def _(averages):
    return tuple(2 * v for v in averages)


@averages.mistake("positive input only", "Average over both inputs.")
def _(z):
    return (logistic(z), z, activations.softplus(z))


@slopes.mistake("values", "Those are the values of the functions.")
def _(z):
    return (logistic(z), tanh(z), activations.softplus(z))


@slopes.mistake(
    "rule of the sigmoid everywhere",
    "The value times one minus the value is the slope of the sigmoid only.",
)
def _(z):
    return tuple(y * (1 - y) for y in (logistic(z), tanh(z), activations.softplus(z)))


@slopes.mistake("slope of the ReLU", "Softplus is smooth; its slope is the sigmoid.")
def _(slopes):
    return (*slopes[:2], 1)


@judged.mistake("the opposite", "Each statement is judged the wrong way round.")
def _(judged):
    return tuple(not v for v in judged)


@judged.mistake("all true", "Look for a counterexample.")
def _(judged):
    return (True,) * len(judged)


@judged.mistake("all false", "Check each statement at a few points.")
def _(judged):
    return (False,) * len(judged)


@first_group.mistake("the others", "Those are the ones without this property.")
def _(names, first_group):
    return frozenset(range(len(names))) - first_group


@first_group.mistake("all", "Not every one of them has this property.")
def _(names):
    return frozenset(range(len(names)))


@second_group.mistake("the others", "Those are the ones without this property.")
def _(names, second_group):
    return frozenset(range(len(names))) - second_group


@second_group.mistake("all", "Not every one of them has this property.")
def _(names):
    return frozenset(range(len(names)))


def believed(belief, name, kind):
    """Whether someone with this belief gives a function a property."""
    return name in belief.get(kind, PROPERTIES[kind][1])


def judged_by(belief):
    return lambda pairs: tuple(believed(belief, *pair) for pair in pairs)


def grouped_by(belief, place):
    return lambda names, properties: frozenset(
        i for i, name in enumerate(names) if believed(belief, name, properties[place])
    )


for slip, (belief, feedback) in BELIEFS.items():
    judged.mistake(slip, feedback)(judged_by(belief))
    first_group.mistake(slip, feedback)(grouped_by(belief, 0))
    second_group.mistake(slip, feedback)(grouped_by(belief, 1))


@ranking.mistake("largest first", "The smallest slope comes first.")
def _(ranking):
    return ranking[::-1]


@ranking.mistake("by value", "Compare the slopes, not the values.")
def _(names, z):
    values = {
        "sigmoid": logistic,
        "tanh": tanh,
        "ReLU": leaky_relu,
        "leaky ReLU": lambda x: leaky_relu(x, TENTH),
        "ELU": lambda x: activations.elu(x, 1),
        "softplus": activations.softplus,
        "swish": lambda x: x * logistic(x),
        "hard tanh": lambda x: max(-1, min(1, x)),
    }
    return tuple(sorted(range(len(names)), key=lambda i: float(values[names[i]](z))))


@largest.mistake("one", "The slope depends on x and can be above or below 1.")
def _():
    return 1


@largest.mistake("smallest", "The largest slope is asked for.")
def _(names, z):
    return min((SLOPES[name](z) for name in names), key=float)


@largest.mistake("a quarter", "That is the largest slope of the sigmoid over all x.")
def _():
    return Fraction(1, 4)


@saturated.mistake("slope of tanh", "That is where tanh has this slope at half the argument.")
def _(saturated):
    return saturated / 2


@saturated.mistake("value instead of slope", "The slope is to be small, not the distance from 1.")
def _(limit):
    return log((1 - limit) / limit)


@saturated.mistake("root left out", "Solve the quadratic equation s(1 - s) = slope for s.")
def _(limit):
    return log(1 / (4 * limit)) if limit < TENTH else None


@averages.witness
def _(z):
    both = [float(z), -float(z)]
    return [at(name, both)[0].mean() for name in ("sigmoid", "ReLU", "softplus")]


@slopes.witness
def _(z):
    return [at(name, float(z))[1] for name in ("sigmoid", "tanh", "softplus")]


@judged.witness
def _(pairs):
    return tuple(shows(name, kind) for name, kind in pairs)


@first_group.witness
def _(names, properties):
    return frozenset(i for i, name in enumerate(names) if shows(name, properties[0]))


@second_group.witness
def _(names, properties):
    return frozenset(i for i, name in enumerate(names) if shows(name, properties[1]))


@ranking.witness
def _(names, z):
    return tuple(int(i) for i in np.argsort([at(name, float(z))[1] for name in names]))


@largest.witness
def _(names, z):
    return max(float(at(name, float(z))[1]) for name in names)


@saturated.witness
def _(limit):
    """A grid around the place where the engine's slope passes the limit, made finer."""
    low, high = 0.0, 16.0
    while high - low > 1e-11:
        grid = np.linspace(low, high, 65)
        place = int(np.argmax(at("sigmoid", grid)[1] < float(limit)))
        low, high = grid[place - 1], grid[place]
    return (low + high) / 2


def listed(words):
    return ", ".join(words[:-1]) + " and " + words[-1]


@family.working
def _(z, names, limit):
    r = sqrt(1 - 4 * limit) if limit else 0
    return {
        "r": r,
        "s": logistic(z),
        "t": tanh(z),
        "above": activations.softplus(z),
        "below": activations.softplus(-z),
        "found": [SLOPES[name](z) for name in names],
        "owners": {kind: listed(sorted(entry[1])) for kind, entry in PROPERTIES.items()},
    }


CURVES = {
    "sigmoid": lambda x: 1 / (1 + exp(-x)),
    "ReLU": lambda x: max(x, 0.0),
    "softplus": lambda x: log1p(exp(x)),
}


@family.figure
def _(level, z):
    """The functions whose means are asked for, with their points at z and -z."""
    if level != "easy":
        return ()
    grid = [n / 8 for n in range(-28, 29)]
    ends = (-float(z), float(z))
    points = ", ".join(
        f"{name} from {f(ends[0]):.4g} to {f(ends[1]):.4g}" for name, f in CURVES.items()
    )
    return Plot(
        f"Three curves with their points at x = {ends[0]:g} and x = {ends[1]:g}: {points}.",
        tuple(Curve([(x, f(x)) for x in grid], rf"\text{{{n}}}") for n, f in CURVES.items()),
        tuple(Mark((x, f(x))) for f in CURVES.values() for x in ends),
        window=((-3.5, -0.3), (3.5, 3.5)),
    )
