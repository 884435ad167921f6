"""Properties of activation functions: centred, bounded, saturating, smooth.

Trap: the ReLU taken for zero-centred, tanh for unsaturated, a small slope for a slope of zero.
Reference: Goodfellow, Bengio and Courville (2016), sections 6.2 and 6.3.
Source: S0-41, S0-44, S0-46, S1-44, S1-46, S1-47, S1-51, S1-110.
"""

from itertools import pairwise

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Choices, Order, Real, TrueFalse
from partialcredit.numbers.exact import log, sqrt, tanh
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.problems.activations._graphs import (
    RESEMBLES,
    means_plot,
    questions,
    slope_plot,
)
from partialcredit.problems.activations._properties import (
    BELIEFS,
    FUNCTIONS,
    PROPERTIES,
    REASONS,
    at,
    shows,
)
from partialcredit.solvers import activations, saturation
from partialcredit.solvers.backprop import leaky_relu, leaky_relu_slope, logistic

family = Family(
    version=3,
    conventions=[
        "the activation functions are the sigmoid $1/(1 + e^{-x})$, tanh, the ReLU, the leaky ReLU "
        "with the slope 0.1 for $x < 0$, ELU with $\\alpha = 1$, softplus $\\ln(1 + e^x)$, swish "
        "($x$ times the sigmoid) and hard tanh ($x$ between $-1$ and 1 and constant beyond)",
    ],
    hidden=["plotted"],
)

TENTH = rational(1, 10)

#: The functions and their derivatives, at a number other than 0, 1 and -1.
EXACT = {
    "sigmoid": (logistic, activations.sigmoid_slope),
    "tanh": (tanh, activations.tanh_slope),
    "ReLU": (leaky_relu, leaky_relu_slope),
    "leaky ReLU": (lambda x: leaky_relu(x, TENTH), lambda x: leaky_relu_slope(x, TENTH)),
    "ELU": (lambda x: activations.elu(x, 1), lambda x: activations.elu_slope(x, 1)),
    "softplus": (activations.softplus, logistic),
    "swish": (lambda x: x * logistic(x), activations.swish_slope),
    "hard tanh": (lambda x: max(-1, min(1, x)), lambda x: int(-1 < x < 1)),
}


def values_at(z, names):
    return Vector(EXACT[name][0](z) for name in names)


def slopes_at(z, names):
    return Vector(EXACT[name][1](z) for name in names)


@family.sample
def sample(draw):
    names, kinds = [*FUNCTIONS], [*PROPERTIES]
    z = rational(draw.integer(11, 300), 100)
    plotted = draw.choice(names)
    others = draw.sample([n for n in names if n not in (plotted, RESEMBLES[plotted])], 2)
    curve = {"plotted": plotted, "offered": draw.shuffle([plotted, RESEMBLES[plotted], *others])}
    if draw.level == "easy":
        pairs = [(draw.choice(names), kind) for kind in draw.sample(kinds, 3)]
        return curve | {"z": z, "pairs": pairs, "names": (), "properties": (), "limit": 0}
    drawn = curve | {"z": z, "pairs": (), "names": draw.sample(names, 5), "limit": 0}
    if draw.level == "medium":
        return drawn | {"properties": draw.sample(kinds, 2)}
    return drawn | {
        "z": z * draw.choice([-1, 1]),
        "properties": draw.sample(kinds, 1),
        "limit": rational(draw.integer(2, 199), 1000),
    }


@family.condition
def _(z, names):
    """No kink, and slopes that can be told from each other."""
    slopes = sorted(map(float, slopes_at(z, names)))
    return abs(z) != 1 and all(b - a > 0.004 for a, b in pairwise(slopes))


@family.condition
def _(names, properties):
    """Every property tells some of the functions from others."""
    return all(0 < len(having(names, kind)) < len(names) for kind in properties)


EASY, MEDIUM, HARD = ["easy"], ["medium"], ["hard"]

LATER = ["medium", "hard"]


#: Of which the easy level asks the means, and the slopes.
MEANS, SMOOTH = ("sigmoid", "ReLU", "softplus"), ("sigmoid", "tanh", "softplus")


@family.part(Array(shape=(3,), digits=3), levels=EASY)
def averages(z):
    return rational(1, 2) * (values_at(z, MEANS) + values_at(-z, MEANS))


averages.slips = rows(
    ("zero-centred", "Only an odd function has the mean 0 over z and -z, and none of these is odd.",
     lambda: (0, 0, 0)),
    ("not halved", "The mean of two values is half of their sum.", lambda averages: 2 * averages),
    ("positive input only", "Average over both inputs.",
     lambda z: values_at(z, MEANS)),
)  # fmt: skip
averages.witness(lambda z: [at(name, [z, -z])[0].mean() for name in MEANS])


@family.derive
def smooth(z):
    return values_at(z, SMOOTH)


@family.part(Array(shape=(3,), digits=3), levels=EASY)
def slopes(z):
    return slopes_at(z, SMOOTH)


slopes.slips = rows(
    ("values", "Those are the values of the functions.", lambda smooth: smooth),
    ("rule of the sigmoid everywhere",
     "The value times one minus the value is the slope of the sigmoid only.",
     lambda smooth: smooth * (1 - smooth)),
    ("slope of the ReLU", "Softplus is smooth; its slope is the sigmoid.",
     lambda slopes: (*slopes[:2], 1)),
)  # fmt: skip
slopes.witness(lambda z: [at(name, z)[1] for name in SMOOTH])


def believed(belief, name, kind):
    """Whether someone with this belief gives a function a property."""
    return name in belief.get(kind, PROPERTIES[kind][1])


def judged_by(belief):
    return lambda pairs: tuple(believed(belief, *pair) for pair in pairs)


@family.part(TrueFalse(statements=3), levels=EASY)
def judged(pairs):
    return tuple(name in PROPERTIES[kind][1] for name, kind in pairs)


judged.slips = rows(
    ("the opposite", "Each statement is judged the wrong way round.",
     lambda judged: tuple(not v for v in judged)),
    ("all true", "Look for a counterexample.", lambda judged: (True,) * len(judged)),
    ("all false", "Check each statement at a few points.", lambda judged: (False,) * len(judged)),
    *((name, sentence, judged_by(belief)) for name, (belief, sentence) in BELIEFS.items()),
)  # fmt: skip
judged.witness(lambda pairs: tuple(shows(name, kind) for name, kind in pairs))


def group(names, holds):
    return frozenset(i for i, name in enumerate(names) if holds(name))


def having(names, kind):
    return group(names, PROPERTIES[kind][1].__contains__)


def grouped_by(belief, place):
    return lambda names, properties: group(
        names, lambda name: believed(belief, name, properties[place])
    )


def slips_of_group(place):
    """Those of the question which functions have the first, or the second property."""
    return rows(
        ("the others", "Those are the ones without this property.",
         lambda names, properties:
             frozenset(range(len(names))) - having(names, properties[place])),
        ("all", "Not every one of them has this property.",
         lambda names: frozenset(range(len(names)))),
        *((name, said, grouped_by(belief, place)) for name, (belief, said) in BELIEFS.items()),
    )  # fmt: skip


@family.part(lambda names: Choices(names), levels=LATER, marks=2)
def first_group(names, properties):
    return having(names, properties[0])


first_group.slips = slips_of_group(0)
first_group.witness(lambda names, properties: group(names, lambda name: shows(name, properties[0])))


@family.part(lambda names: Choices(names), levels=MEDIUM, marks=2)
def second_group(names, properties):
    return having(names, properties[1])


second_group.slips = slips_of_group(1)
second_group.witness(
    lambda names, properties: group(names, lambda name: shows(name, properties[1]))
)


def ranked(numbers):
    return tuple(sorted(range(len(numbers)), key=lambda i: float(numbers[i])))


@family.derive
def found(names, z):
    return slopes_at(z, names)


@family.part(lambda names: Order(len(names)), levels=LATER, marks=2)
def ranking(found):
    return ranked(found)


ranking.slips = rows(
    ("largest first", "The smallest slope comes first.", lambda ranking: ranking[::-1]),
    ("by value", "Compare the slopes, not the values.",
     lambda names, z: ranked(values_at(z, names))),
)  # fmt: skip


@family.run
def measured(names, z):
    """The engine's slopes."""
    return np.array([at(name, z)[1] for name in names])


ranking.witness(lambda measured: np.argsort(measured))


@family.part(Real(digits=3), levels=HARD, after="ranking")
def largest(found):
    return max(found, key=float)


largest.slips = rows(
    ("one", "The slope depends on x and can be above or below 1.", lambda: 1),
    ("smallest", "The largest slope is asked for.", lambda found: min(found, key=float)),
    ("a quarter", "That is the largest slope of the sigmoid over all x.", lambda: rational(1, 4)),
)  # fmt: skip
largest.witness(lambda measured: measured.max())


@family.part(Real(digits=4), levels=HARD, marks=2)
def saturated(limit):
    return saturation.saturation_point(limit)


saturated.slips = rows(
    ("slope of tanh", "That is where tanh has this slope at half the argument.",
     lambda saturated: saturated / 2),
    ("value instead of slope", "The slope is to be small, not the distance from 1.",
     lambda limit: log((1 - limit) / limit)),
    ("root left out", "Solve the quadratic equation s(1 - s) = slope for s.",
     lambda limit: log(1 / (4 * limit)) if limit < TENTH else None),
)  # fmt: skip


@saturated.witness
def _(limit):
    """A grid around the place where the engine's slope passes the limit, made finer."""
    low, high = 0.0, 16.0
    while high - low > 1e-11:
        grid = np.linspace(low, high, 65)
        place = int(np.argmax(at("sigmoid", grid)[1] < limit))
        low, high = grid[place - 1], grid[place]
    return (low + high) / 2


family.include(questions)


def listed(words):
    return ", ".join(words[:-1]) + " and " + words[-1]


@family.working
def _(z, limit):
    return {
        "r": sqrt(1 - 4 * limit) if limit else 0,
        "s": logistic(z),
        "t": tanh(z),
        "above": activations.softplus(z),
        "below": activations.softplus(-z),
        "owners": {kind: listed(sorted(entry[1])) for kind, entry in PROPERTIES.items()},
        "why": REASONS,
    }


@family.figure
def _(level, z, plotted):
    """A derivative; at the easy level also the functions whose means are asked for."""
    question = slope_plot(EXACT[plotted][1])
    return (question, means_plot(z)) if level == "easy" else question
