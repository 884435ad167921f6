"""Questions about two steps of gradient descent, momentum and Adagrad from the same start."""

from fractions import Fraction

import numpy as np

from partialcredit.family import Family
from partialcredit.grading import Array, Order
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


@questions.part(Array(shape=(2,), digits=4), marks=2, levels=["medium"])
def with_momentum(curvatures, start, epsilon, alpha):
    return trajectory.path("momentum", curvatures, start, epsilon, alpha)[-1]


@questions.part(Array(shape=(2,), digits=4), marks=2, levels=["medium"])
def adapted(curvatures, start, epsilon):
    return trajectory.path("Adagrad", curvatures, start, epsilon)[-1]


@questions.part(Order(steps=3), levels=["medium"])
def order(curvatures, descended, with_momentum, adapted):
    return by_value(curvatures, descended, with_momentum, adapted)


@descended.mistake("gradient of the start again", "The second step needs a gradient of its own.")
def _(curvatures, start, epsilon):
    return straight(curvatures, start, epsilon)[-1]


@descended.mistake("one step only", "Two steps are asked for.")
def _(curvatures, start, epsilon):
    return trajectory.path("gradient descent", curvatures, start, epsilon)[0]


@with_momentum.mistake("velocity forgotten", "The second step contains alpha times the first.")
def _(descended):
    return descended


@with_momentum.mistake("first step shrunk", "The first velocity is the whole step of descent.")
def _(curvatures, start, epsilon, alpha):
    return trajectory.path("momentum", curvatures, start, epsilon * (1 - alpha), alpha)[-1]


@with_momentum.mistake("velocity with the wrong sign", "The old velocity is added, times alpha.")
def _(curvatures, start, epsilon, alpha):
    return trajectory.path("momentum", curvatures, start, epsilon, -alpha)[-1]


@adapted.mistake("two full steps", "The accumulator keeps the first gradient: the step shrinks.")
def _(start, epsilon):
    return tuple(x - 2 * epsilon * (1 if x > 0 else -1) for x in start)


@adapted.mistake("one step only", "Two steps are asked for.")
def _(start, epsilon):
    return tuple(x - epsilon * (1 if x > 0 else -1) for x in start)


@adapted.mistake("divided by the sum", "Divide by the root of the accumulator.")
def _(curvatures, start, epsilon):
    ends = []
    for c, x in zip(curvatures, start, strict=True):
        first = x - epsilon * Fraction(1, c * x)
        ends.append(first - epsilon * c * first / (c**2 * (x * x + first * first)))
    return tuple(ends)


@order.mistake("largest first", "The smallest value of f comes first.")
def _(order):
    return order[::-1]


@order.mistake("by distance", "Compare the values of f: a steep coordinate counts for more.")
def _(descended, with_momentum, adapted):
    return by_value((1, 1), descended, with_momentum, adapted)


@descended.witness
def _(curvatures, start, epsilon):
    return driven("gradient descent", curvatures, start, epsilon)[-1]


@with_momentum.witness
def _(curvatures, start, epsilon, alpha):
    return driven("momentum", curvatures, start, epsilon, alpha)[-1]


@adapted.witness
def _(curvatures, start, epsilon):
    return driven("Adagrad", curvatures, start, epsilon)[-1]


@order.witness
def _(curvatures, start, epsilon, alpha):
    ends = [driven(name, curvatures, start, epsilon, alpha)[-1] for name in COMPARED]
    return np.argsort(np.square(ends) @ np.array(curvatures))
