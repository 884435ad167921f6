"""Questions about two steps of gradient descent, momentum and Adagrad from the same start."""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Order
from partialcredit.numbers.exact import sign
from partialcredit.numbers.vectors import each
from partialcredit.problems.training._driven import NAMES, driven
from partialcredit.solvers import effects, trajectory

__all__ = ["COMPARED", "descent", "doubled_value", "questions", "straight"]

questions = Family()

COMPARED = trajectory.OPTIMIZERS[:3]


@questions.run
def paths(curvatures, start, eta, alpha, beta, level):
    """By the names of the optimizers that the level asks about."""
    asked = NAMES[: {"easy": 1, "medium": 3, "hard": 5}[level]]
    return {name: driven(name, curvatures, start, eta, alpha, beta) for name in asked}


def descent(curvatures, start, eta):
    return trajectory.path("gradient descent", curvatures, start, eta)


def with_velocity(curvatures, start, eta, alpha):
    return trajectory.path("momentum", curvatures, start, eta, alpha)[-1]


def straight(curvatures, start, eta):
    """Two steps, both with the gradient of the start."""
    step = -eta * curvatures * start
    return start + step, start + 2 * step


def doubled_value(curvatures, point):
    """Twice the value of the function."""
    return sum(curvatures * point * point)


@questions.part(Array(shape=(2,), digits=3), levels=["medium"])
def descended(curvatures, start, eta):
    return descent(curvatures, start, eta)[-1]


descended.slips = rows(
    ("gradient of the start again", "The second step needs a gradient of its own.",
     lambda curvatures, start, eta: straight(curvatures, start, eta)[-1]),
    ("one step only", "Two steps are asked for.",
     lambda curvatures, start, eta: descent(curvatures, start, eta)[0]),
)  # fmt: skip
descended.witness(lambda paths: paths["gradient descent"][-1])


@questions.part(Array(shape=(2,), digits=3), marks=2, levels=["medium"])
def with_momentum(curvatures, start, eta, alpha):
    return with_velocity(curvatures, start, eta, alpha)


with_momentum.slips = rows(
    ("velocity forgotten", "The second step contains alpha times the first.",
     lambda descended: descended),
    ("first step shrunk", "The first velocity is the whole step of descent.",
     lambda curvatures, start, eta, alpha:
         with_velocity(curvatures, start, eta * (1 - alpha), alpha)),
    ("velocity with the wrong sign", "The old velocity is added, times alpha.",
     lambda curvatures, start, eta, alpha: with_velocity(curvatures, start, eta, -alpha)),
)  # fmt: skip
with_momentum.witness(lambda paths: paths["momentum"][-1])


@questions.part(Array(shape=(2,), digits=3), marks=2, levels=["medium"])
def adapted(curvatures, start, eta):
    return trajectory.path("Adagrad", curvatures, start, eta)[-1]


def divided_by_the_sum(curvatures, start, eta):
    first = start - eta / (curvatures * start)
    return first - eta * first / (curvatures * (start**2 + first**2))


adapted.slips = rows(
    ("two full steps", "The accumulator keeps the first gradient: the step shrinks.",
     lambda start, eta: start - 2 * eta * each(sign, start)),
    ("one step only", "Two steps are asked for.",
     lambda start, eta: start - eta * each(sign, start)),
    ("divided by the sum", "Divide by the root of the accumulator.", divided_by_the_sum),
)  # fmt: skip
adapted.witness(lambda paths: paths["Adagrad"][-1])


def by_value(curvatures, *ends):
    """The order of the ends by their function values, the smallest first."""
    return effects.ranking([doubled_value(curvatures, end) for end in ends])


@questions.part(Order(steps=3), levels=["medium"])
def order(curvatures, descended, with_momentum, adapted):
    return by_value(curvatures, descended, with_momentum, adapted)


order.slips = rows(
    ("largest first", "The smallest value of f comes first.", lambda order: order[::-1]),
    ("by distance", "Compare the values of f: a steep coordinate counts for more.",
     lambda descended, with_momentum, adapted: by_value(1, descended, with_momentum, adapted)),
)  # fmt: skip


@order.witness
def _(curvatures, paths):
    ends = [paths[name][-1] for name in COMPARED]
    return np.argsort(np.square(ends) @ np.array(curvatures))
