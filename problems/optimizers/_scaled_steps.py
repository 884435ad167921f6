"""The questions that Adagrad and RMSprop share: steps that a root divides, and where they lead."""

import numpy as np

from partialcredit.family import rows
from partialcredit.grading import Array, Real
from partialcredit.problems.optimizers._histories import each
from partialcredit.problems.optimizers._slips import negated, without_root
from partialcredit.solvers import adaptive, momentum

__all__ = ["declare", "history"]


def history(g):
    """The kind of a number for every gradient."""
    return Array(shape=np.shape(g), digits=4)


def declare(family):
    """The parts ``steps`` and ``position`` with their slips, given a part ``accumulators``."""

    @family.part(history, marks=2)
    def steps(g, accumulators, epsilon, nu):
        return each(lambda gs, a: adaptive.steps(gs, a, epsilon, nu), g, accumulators)

    steps.slips = rows(
        ("no root", "Divide by the root of the accumulator.", without_root),
        ("lost the sign", "The step goes against the gradient.",
         lambda g, accumulators, epsilon, nu: each(
             lambda gs, a: adaptive.steps(gs, a, -epsilon, nu), g, accumulators)),
        ("nu inside the root", "The stabiliser is added after the root is taken.", nu_inside),
    )  # fmt: skip

    @family.part(lambda g: Array(shape=(2,), digits=4) if np.ndim(g) == 2 else Real(digits=4))
    def position(theta_0, steps):
        return momentum.position(theta_0, steps)

    position.slips = rows(
        ("last step only", "Every step so far has moved the parameter.",
         lambda theta_0, steps: momentum.position(theta_0, steps[-1:])),
        ("steps subtracted", "The minus sign is already inside the steps.",
         lambda theta_0, steps: momentum.position(theta_0, negated(steps))),
    )  # fmt: skip

    return steps, position


def nu_inside(g, accumulators, epsilon, nu):
    if not nu:
        return None
    inside = each(lambda a: tuple(v + nu for v in a), accumulators)
    return each(lambda gs, a: adaptive.steps(gs, a, epsilon, 0), g, inside)
