"""Slips that several families of per-coordinate step sizes share."""

from partialcredit.problems.optimizers._histories import each


def without_root(g, accumulators, epsilon, nu):
    """The steps when the accumulator itself divides."""

    def divided(gs, values):
        return tuple(-epsilon * x / (a + nu) for x, a in zip(gs, values, strict=True))

    return each(divided, g, accumulators)


def negated(history):
    """Every step the other way."""
    return each(lambda steps: tuple(-step for step in steps), history)
