"""The questions that Adagrad and RMSprop share: steps that a root divides, and where they lead."""

from partialcredit.family import rows
from partialcredit.problems.optimizers._histories import coordinates, history
from partialcredit.solvers import adaptive, momentum

__all__ = ["declare"]


def declare(family):
    """The parts ``steps`` and ``position``, given a part ``accumulators`` and a run ``run``."""

    @family.part(history, marks=2)
    def steps(g, accumulators, eta, eps):
        return adaptive.steps(g, accumulators, eta, eps)

    steps.slips = rows(
        ("no root", "Divide by the root of the accumulator.",
         lambda g, accumulators, eta, eps: -eta * g / (accumulators + eps)),
        ("lost the sign", "The step goes against the gradient.", lambda steps: -steps),
        ("stabiliser inside the root", "The stabiliser is added after the root is taken.",
         lambda g, accumulators, eta, eps:
             adaptive.steps(g, accumulators + eps, eta, 0) if eps else None),
    )  # fmt: skip
    steps.witness(lambda run: run.steps)

    @family.part(coordinates)
    def position(theta_0, steps):
        return momentum.position(theta_0, steps)

    position.slips = rows(
        ("last step only", "Every step so far has moved the parameter.",
         lambda theta_0, steps: theta_0 + steps[-1]),
        ("steps subtracted", "The minus sign is already inside the steps.",
         lambda theta_0, steps: theta_0 - sum(steps)),
    )  # fmt: skip
    position.witness(lambda run: run.path[-1])

    return steps, position
