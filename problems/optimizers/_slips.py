"""Slips that several families of per-coordinate step sizes share."""

from partialcredit.problems.optimizers._histories import each
from partialcredit.solvers import adaptive


def without_root(g, accumulators, epsilon, nu):
    """The steps when the accumulator itself divides."""

    def divided(gs, values):
        return tuple(-epsilon * x / (a + nu) for x, a in zip(gs, values, strict=True))

    return each(divided, g, accumulators)


def nu_inside(g, accumulators, epsilon, nu):
    """The steps when the stabiliser stands under the root; None when there is none."""

    def inside(gs, values):
        return adaptive.steps(gs, [a + nu for a in values], epsilon, 0)

    return each(inside, g, accumulators) if nu else None


def negated(history):
    """Every step the other way."""
    return each(lambda steps: tuple(-step for step in steps), history)
