"""Steps of RMSprop.

Trap: adding the squares up as Adagrad does, exchanging beta and 1 - beta, no root.
Reference: Hinton (2012), "Neural networks for machine learning", lecture 6e.
Source: S0-90, S1-72.
"""

from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer, Real
from partialcredit.problems.optimizers._histories import each, recorded, signed_histories
from partialcredit.problems.optimizers._scaled_steps import declare, history
from partialcredit.solvers import adaptive, letters

family = Family(
    conventions=[
        r"$a_t = \beta a_{t-1} + (1 - \beta) g_t^2$ and "
        r"$\theta_t = \theta_{t-1} - \varepsilon g_t / (\sqrt{a_t} + \nu)$ with "
        "$a_0 = 0$; the first gradient is $g_1$",
        "{% if theta_0 is iterable %}squares, roots and quotients are taken in each component"
        "{% endif %}",
    ]
)


@family.sample
def sample(draw):
    t, d = draw.by_level((2, 1), (2, 2), (3, 2))
    return {
        "g": signed_histories(draw, t, d),
        "theta_0": draw.integer(-5, 5) if d == 1 else draw.integers(2, -3, 3),
        "epsilon": draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2", "0.25", "0.5"),
        "beta": draw.decimal("0.8", "0.9", "0.95", "0.97", "0.99"),
        "nu": draw.by_level(0, 0, draw.decimal("0.1", "0.2", "0.5", "1")),
    } | draw.by_level({}, *[{"c": draw.choice([-1, 1]) * draw.integer(2, 9)}] * 2)


@family.part(history, marks=2)
def accumulators(g, beta):
    return each(lambda gs: adaptive.running_means(gs, beta), g)


def not_squared(g, beta):
    def plain(gs):
        found = [0]
        for x in gs:
            found.append(beta * found[-1] + (1 - beta) * x)
        return tuple(found[1:])

    return each(plain, g)


accumulators.slips = rows(
    ("Adagrad's sum", "RMSprop averages: old squares fade with beta.",
     lambda g: each(adaptive.running_sums, g)),
    ("beta exchanged", "The old mean keeps the share beta.",
     lambda g, beta: each(lambda gs: adaptive.running_means(gs, 1 - beta), g)),
    ("not squared", "The average is taken over the squares of the gradients.", not_squared),
    ("square not scaled",
     "The new square enters with the factor 1 - beta.",
     lambda beta, accumulators: each(lambda means: tuple(a / (1 - beta) for a in means), accumulators)),
    ("no memory", "The old mean, times beta, belongs to the sum.",
     lambda g, beta: each(lambda gs: tuple((1 - beta) * x * x for x in gs), g)),
)  # fmt: skip

accumulators.witness(lambda g, theta_0, epsilon, beta, nu: run(g, theta_0, epsilon, beta, nu)[1])

steps, position = declare(family)


@family.part(Integer(), levels=["medium", "hard"])
def limit(c):
    return c**2


limit.slips = rows(
    ("not squared", "The average is taken over squares.", lambda c: abs(c)),
    ("one step's share", "The weights of all steps add up to 1, not to 1 - beta.",
     lambda beta, c: (1 - beta) * c**2),
)  # fmt: skip

limit.witness(
    lambda c, beta: round(float(engine.geometric_limit(run((c,) * 3, 0.0, 1.0, beta, 0.0)[1])), 6)
)


@family.part(Real(digits=4), levels=["medium", "hard"])
def first_length(beta):
    return adaptive.averaged_constant_step(beta, 1)


first_length.slips = rows(
    ("no root", "Divide by the root of the accumulator.", lambda beta: 1 / (1 - beta)),
    ("as in Adam", "Without bias correction the first average is too small.", lambda: 1),
    ("inverted", "A small average makes the step longer.", lambda first_length: 1 / first_length),
)  # fmt: skip

first_length.witness(lambda c, beta: abs(run((c,), 0.0, 1.0, beta, 0.0)[0][1]))


@family.part(
    Expression(symbols={"beta": "unit", "t": "positive integer"}), marks=2, levels=["hard"]
)
def length():
    return letters.formula(adaptive.averaged_constant_step)


length.slips = rows(
    ("no root", "Divide by the root of the accumulator.", lambda: letters.formula(rootless_length)),
    ("the first step", "The average has grown: its share is 1 - beta^t.",
     lambda: letters.formula(adaptive.averaged_constant_step, t=1)),
    ("inverted", "A small average makes the step longer.",
     lambda: letters.formula(inverted_length)),
)  # fmt: skip


@length.witness
def _(point):
    path, _means = run((7.0,) * point["t"], 0.0, 1.0, point["beta"], 0.0)
    return path[-2] - path[-1]


def bias_corrected(g, accumulators, epsilon, beta, nu):
    def corrected(gs, means):
        whole = [a / (1 - beta ** (i + 1)) for i, a in enumerate(means)]
        return adaptive.steps(gs, whole, epsilon, nu)

    return each(corrected, g, accumulators)


steps.slips += rows(
    ("bias corrected", "That is Adam: RMSprop takes the average as it is.", bias_corrected),
)  # fmt: skip


def rootless_length(beta, t):
    return 1 / (1 - beta**t)


def inverted_length(beta, t):
    return 1 / adaptive.averaged_constant_step(beta, t)


@lru_cache(maxsize=4)
def run(g, theta_0, epsilon, beta, nu):
    """The engine's path and its accumulators."""
    settings = {"lr": float(epsilon), "alpha": float(beta), "eps": float(nu)}
    return recorded(lambda p: engine.RMSprop(p, **settings), g, theta_0)


@steps.witness
def _(g, theta_0, epsilon, beta, nu):
    return np.diff(run(g, theta_0, epsilon, beta, nu)[0], axis=0)


@position.witness
def _(g, theta_0, epsilon, beta, nu):
    return run(g, theta_0, epsilon, beta, nu)[0][-1]
