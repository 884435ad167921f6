"""Steps of RMSprop.

Trap: adding the squares up as Adagrad does, exchanging beta and 1 - beta, no root.
Reference: Hinton (2012), "Neural networks for machine learning", lecture 6e.
Source: S0-90, S1-72.
"""

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer, Real
from partialcredit.numbers.vectors import Vector
from partialcredit.problems.optimizers._histories import history, recorded, signed_histories
from partialcredit.problems.optimizers._scaled_steps import declare
from partialcredit.solvers import adam, adaptive, letters

family = Family(
    version=3,
    conventions=[
        r"$a_t = \beta a_{t-1} + (1 - \beta) g_t^2$ and "
        r"$\theta_t = \theta_{t-1} - \eta g_t / (\sqrt{a_t} + \epsilon)$ with "
        "$a_0 = 0$; the first gradient is $g_1$",
        "{% if theta_0 is iterable %}squares, roots and quotients are taken in each component"
        "{% endif %}",
    ],
)


@family.sample
def sample(draw):
    t, d = draw.by_level((2, 1), (2, 2), (3, 2))
    return {
        "g": signed_histories(draw, t, d),
        "theta_0": draw.integer(-5, 5) if d == 1 else draw.integers(2, -3, 3),
        "eta": draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2", "0.25", "0.5"),
        "beta": draw.decimal("0.8", "0.9", "0.95", "0.97", "0.99"),
        "eps": draw.by_level(0, 0, draw.decimal("0.1", "0.2", "0.5", "1")),
    } | draw.by_level({}, *[{"c": draw.choice([-1, 1]) * draw.integer(2, 9)}] * 2)


@family.run
def run(g, theta_0, eta, beta, eps):
    return trained(g, beta, eps, eta, theta_0)


@family.part(history, marks=2)
def accumulators(g, beta):
    return adaptive.running_means(g, beta)


accumulators.slips = rows(
    ("Adagrad's sum", "RMSprop averages: old squares fade with beta.",
     lambda g: adaptive.running_sums(g)),
    ("beta exchanged", "The old mean keeps the share beta.",
     lambda g, beta: adaptive.running_means(g, 1 - beta)),
    ("not squared", "The average is taken over the squares of the gradients.",
     lambda g, beta: [adam.moving_average(g[: t + 1], beta) for t in range(len(g))]),
    ("square not scaled", "The new square enters with the factor 1 - beta.",
     lambda beta, accumulators: accumulators / (1 - beta)),
    ("no memory", "The old mean, times beta, belongs to the sum.",
     lambda g, beta: (1 - beta) * g**2),
)  # fmt: skip
accumulators.witness(lambda run: run.states)

steps, position = declare(family)


def bias_corrected(g, accumulators, eta, beta, eps):
    shares = Vector(1 - beta**t for t in range(1, len(g) + 1))
    return adaptive.steps(g, accumulators / shares, eta, eps)


steps.slips += rows(
    ("bias corrected", "That is Adam: RMSprop takes the average as it is.", bias_corrected),
)  # fmt: skip


@family.part(Integer(), levels=["medium", "hard"])
def limit(c):
    return c**2


limit.slips = rows(
    ("not squared", "The average is taken over squares.", lambda c: abs(c)),
    ("one step's share", "The weights of all steps add up to 1, not to 1 - beta.",
     lambda beta, c: (1 - beta) * c**2),
    ("the gradient", "The accumulator collects squares.", lambda c: c),
)  # fmt: skip
limit.witness(
    lambda c, beta: round(float(engine.geometric_limit(trained([c] * 3, beta).states)), 6)
)


@family.part(Real(digits=3), levels=["medium", "hard"])
def first_length(beta):
    return adaptive.averaged_constant_step(beta, 1)


first_length.slips = rows(
    ("no root", "Divide by the root of the accumulator.", lambda beta: 1 / (1 - beta)),
    ("as in Adam", "Without bias correction the first average is too small.", lambda: 1),
    ("inverted", "A small average makes the step longer.", lambda first_length: 1 / first_length),
)  # fmt: skip
first_length.witness(lambda c, beta: abs(trained([c], beta).path[1]))


@family.part(
    Expression(symbols={"beta": "unit", "t": "positive integer"}), marks=2, levels=["hard"]
)
def length():
    return letters.formula(adaptive.averaged_constant_step)


length.slips = rows(
    ("no root", "Divide by the root of the accumulator.",
     lambda: letters.formula(lambda beta, t: 1 / (1 - beta**t))),
    ("the first step", "The average has grown: its share is 1 - beta^t.",
     lambda: letters.formula(adaptive.averaged_constant_step, t=1)),
    ("inverted", "A small average makes the step longer.",
     lambda: 1 / letters.formula(adaptive.averaged_constant_step)),
)  # fmt: skip
length.witness(lambda point: -trained([7.0] * point["t"], point["beta"]).steps[-1])


def trained(g, beta, eps=0.0, eta=1.0, theta_0=0.0):
    return recorded(lambda p: engine.RMSprop(p, lr=eta, alpha=beta, eps=eps), g, theta_0)
