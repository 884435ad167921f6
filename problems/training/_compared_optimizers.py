"""Questions about two steps of gradient descent, momentum and Adagrad from the same start."""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Order
from partialcredit.numbers.rationals import rational
from partialcredit.problems.training._driven import driven
from partialcredit.solvers import effects, trajectory

__all__ = ["COMPARED", "doubled_value", "products", "questions", "straight"]

questions = Family()

COMPARED = trajectory.OPTIMIZERS[:3]


def products(a, b):
    return [x * y for x, y in zip(a, b, strict=True)]


def doubled_value(curvatures, point):
    """Twice the value of the function."""
    return sum(products(curvatures, products(point, point)))


def by_value(curvatures, *ends):
    """The order of the ends by their function values, the smallest first."""
    return effects.ranking([doubled_value(curvatures, end) for end in ends])


def straight(curvatures, start, epsilon):
    """Two steps, both with the gradient of the start."""
    steps = [-epsilon * g for g in products(curvatures, start)]
    return tuple(tuple(x + n * s for x, s in zip(start, steps, strict=True)) for n in (1, 2))


@questions.part(Array(shape=(2,), digits=4), levels=["medium"])
def descended(curvatures, start, epsilon):
    return trajectory.path("gradient descent", curvatures, start, epsilon)[-1]


descended.slips = rows(
    ("gradient of the start again", "The second step needs a gradient of its own.",
     lambda curvatures, start, epsilon: straight(curvatures, start, epsilon)[-1]),
    ("one step only",
     "Two steps are asked for.",
     lambda curvatures, start, epsilon: trajectory.path("gradient descent", curvatures, start, epsilon)[0]),
)  # fmt: skip

descended.witness(
    lambda curvatures, start, epsilon: driven("gradient descent", curvatures, start, epsilon)[-1]
)


@questions.part(Array(shape=(2,), digits=4), marks=2, levels=["medium"])
def with_momentum(curvatures, start, epsilon, alpha):
    return trajectory.path("momentum", curvatures, start, epsilon, alpha)[-1]


with_momentum.slips = rows(
    ("velocity forgotten", "The second step contains alpha times the first.",
     lambda descended: descended),
    ("first step shrunk",
     "The first velocity is the whole step of descent.",
     lambda curvatures, start, epsilon, alpha: trajectory.path("momentum", curvatures, start, epsilon * (1 - alpha), alpha)[-1]),
    ("velocity with the wrong sign",
     "The old velocity is added, times alpha.",
     lambda curvatures, start, epsilon, alpha: trajectory.path("momentum", curvatures, start, epsilon, -alpha)[-1]),
)  # fmt: skip

with_momentum.witness(
    lambda curvatures, start, epsilon, alpha: driven("momentum", curvatures, start, epsilon, alpha)[
        -1
    ]
)


@questions.part(Array(shape=(2,), digits=4), marks=2, levels=["medium"])
def adapted(curvatures, start, epsilon):
    return trajectory.path("Adagrad", curvatures, start, epsilon)[-1]


def divided_by_the_sum(curvatures, start, epsilon):
    ends = []
    for c, x in zip(curvatures, start, strict=True):
        first = x - epsilon * rational(1, c * x)
        ends.append(first - epsilon * c * first / (c**2 * (x * x + first * first)))
    return tuple(ends)


adapted.slips = rows(
    ("two full steps", "The accumulator keeps the first gradient: the step shrinks.",
     lambda start, epsilon: tuple(x - 2 * epsilon * (1 if x > 0 else -1) for x in start)),
    ("one step only", "Two steps are asked for.",
     lambda start, epsilon: tuple(x - epsilon * (1 if x > 0 else -1) for x in start)),
    ("divided by the sum", "Divide by the root of the accumulator.", divided_by_the_sum),
)  # fmt: skip

adapted.witness(
    lambda curvatures, start, epsilon: driven("Adagrad", curvatures, start, epsilon)[-1]
)


@questions.part(Order(steps=3), levels=["medium"])
def order(curvatures, descended, with_momentum, adapted):
    return by_value(curvatures, descended, with_momentum, adapted)


order.slips = rows(
    ("largest first", "The smallest value of f comes first.", lambda order: order[::-1]),
    ("by distance", "Compare the values of f: a steep coordinate counts for more.",
     lambda descended, with_momentum, adapted: by_value((1, 1), descended, with_momentum, adapted)),
)  # fmt: skip


@order.witness
def _(curvatures, start, epsilon, alpha):
    ends = [driven(name, curvatures, start, epsilon, alpha)[-1] for name in COMPARED]
    return np.argsort(np.square(ends) @ np.array(curvatures))
