"""Steps of Adagrad.

Trap: collecting the gradients instead of their squares, no root, keeping the last square only.
Reference: Duchi, Hazan and Singer (2011), figure 1.
Source: S0-89, S1-71, S1-90, S1-91.
"""

from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Integer
from partialcredit.problems.optimizers._histories import each, recorded, signed_histories
from partialcredit.problems.optimizers._scaled_steps import declare
from partialcredit.problems.optimizers._slips import without_root
from partialcredit.solvers import adaptive, letters

family = Family(
    conventions=[
        r"$a_t = a_{t-1} + g_t^2$ and "
        r"$\theta_t = \theta_{t-1} - \varepsilon g_t / (\sqrt{a_t} + \nu)$ with "
        "$a_0 = 0$; the first gradient is $g_1$",
        "{% if theta_0 is iterable %}squares, roots and quotients are taken in each component"
        "{% endif %}",
    ]
)


@family.sample
def sample(draw):
    t, d = draw.by_level((2, 1), (3, 2), (3, 2))
    return {
        "g": signed_histories(draw, t, d),
        "theta_0": draw.integer(-5, 5) if d == 1 else draw.integers(2, -3, 3),
        "epsilon": draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2", "0.25", "0.5"),
        "nu": draw.by_level(0, 0, draw.decimal("0.1", "0.2", "0.5", "1")),
    } | draw.by_level(
        {}, {}, {"share": draw.decimal("0.15", "0.16", "0.18", "0.22", "0.24", "0.3", "0.35")}
    )


@family.part(lambda g: Array(shape=np.shape(g)))
def accumulators(g):
    return each(adaptive.running_sums, g)


def sums(g):
    return each(lambda gs: tuple(np.cumsum(gs).tolist()), g)


def last_squares(g):
    return each(lambda gs: tuple(x * x for x in gs), g)


def squared_sums(g):
    return each(lambda gs: tuple((np.cumsum(gs) ** 2).tolist()), g)


accumulators.slips = rows(
    ("not squared", "Adagrad collects the squares of the gradients.", sums),
    ("last square only", "The squares of all gradients so far are added.", last_squares),
    ("square of the sum", "Square every gradient before adding.", squared_sums),
)  # fmt: skip

accumulators.witness(lambda g, theta_0, epsilon, nu: run(g, theta_0, epsilon, nu)[1])

steps, position = declare(family)


@family.part(
    Expression(symbols={"epsilon": "positive", "t": "positive integer"}), marks=2, levels=["hard"]
)
def formula():
    return letters.formula(adaptive.constant_gradient_step)


formula.slips = rows(
    ("no root", "The accumulator is t times the square; its root has the root of t.",
     lambda: letters.formula(rootless_step)),
    ("first step", "The accumulator grows, so later steps are shorter.",
     lambda: letters.symbols("epsilon")),
    ("one gradient too many", "After step t the accumulator holds t squares.",
     lambda: letters.formula(one_too_many)),
)  # fmt: skip


@formula.witness
def _(point):
    path, _squares = run((7.0,) * point["t"], 0.0, point["epsilon"], 0.0)
    return path[-2] - path[-1]


@family.part(Integer(), levels=["hard"])
def enough(share):
    return adaptive.steps_until_shorter(share)


enough.slips = rows(
    ("no root", "The step shrinks with the root of t.", lambda share: int(1 / share) + 1),
    ("one step early", "At this step the length is still at least the bound.",
     lambda enough: enough - 1),
)  # fmt: skip


@enough.witness
def _(share):
    sizes = -np.diff(run((3.0,) * 50, 0.0, 1.0, 0.0)[0])
    return int(np.argmax(sizes < float(share) * sizes[0])) + 1


def not_scaled(g, epsilon):
    return each(lambda gs: tuple(-epsilon * x for x in gs), g)


def sum_of_the_gradients(g, epsilon, nu):
    divisors = np.array(sums(g)) + nu
    return without_root(g, sums(g), -epsilon, nu) if divisors.all() else None


def last_square_only(g, epsilon, nu):
    return each(lambda gs, a: adaptive.steps(gs, a, epsilon, nu), g, last_squares(g))


def square_of_the_sum(g, epsilon, nu):
    if not np.all(squared_sums(g)):
        return None
    return each(lambda gs, a: adaptive.steps(gs, a, epsilon, nu), g, squared_sums(g))


steps.slips += rows(
    ("not scaled", "This is plain gradient descent: divide by the root.", not_scaled),
    ("sum of the gradients", "Divide by the root of the sum of squares, and go downhill.",
     sum_of_the_gradients),
    ("last square only", "The squares of all gradients so far are added.", last_square_only),
    ("square of the sum", "Square every gradient before adding.", square_of_the_sum),
)  # fmt: skip


def rootless_step(epsilon, t):
    return epsilon / t


def one_too_many(epsilon, t):
    return adaptive.constant_gradient_step(epsilon, t + 1)


@lru_cache(maxsize=4)
def run(g, theta_0, epsilon, nu):
    """The engine's path and its accumulators."""
    return recorded(lambda p: engine.Adagrad(p, lr=float(epsilon), eps=float(nu)), g, theta_0)


@steps.witness
def _(g, theta_0, epsilon, nu):
    return np.diff(run(g, theta_0, epsilon, nu)[0], axis=0)


@position.witness
def _(g, theta_0, epsilon, nu):
    return run(g, theta_0, epsilon, nu)[0][-1]
