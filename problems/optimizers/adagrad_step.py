"""Steps of Adagrad.

Trap: collecting the gradients instead of their squares, no root, keeping the last square only.
Reference: Duchi, Hazan and Singer (2011), figure 1.
Source: S0-89, S1-71, S1-90, S1-91.
"""

from itertools import accumulate

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Integer
from partialcredit.numbers.vectors import Vector
from partialcredit.problems.optimizers._histories import recorded, signed_histories
from partialcredit.problems.optimizers._scaled_steps import declare
from partialcredit.solvers import adaptive, letters

family = Family(
    version=2,
    conventions=[
        r"$a_t = a_{t-1} + g_t^2$ and "
        r"$\theta_t = \theta_{t-1} - \eta g_t / (\sqrt{a_t} + \epsilon)$ with "
        "$a_0 = 0$; the first gradient is $g_1$",
        "{% if theta_0 is iterable %}squares, roots and quotients are taken in each component"
        "{% endif %}",
    ],
)


@family.sample
def sample(draw):
    t, d = draw.by_level((2, 1), (3, 2), (3, 2))
    return {
        "g": signed_histories(draw, t, d),
        "theta_0": draw.integer(-5, 5) if d == 1 else draw.integers(2, -3, 3),
        "eta": draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2", "0.25", "0.5"),
        "eps": draw.by_level(0, 0, draw.decimal("0.1", "0.2", "0.5", "1")),
    } | draw.by_level(
        {}, {}, {"share": draw.decimal("0.15", "0.16", "0.18", "0.22", "0.24", "0.3", "0.35")}
    )


@family.run
def run(g, theta_0, eta, eps):
    return recorded(lambda p: engine.Adagrad(p, lr=eta, eps=eps), g, theta_0)


@family.part(lambda g: Array(shape=np.shape(g)))
def accumulators(g):
    return adaptive.running_sums(g)


def sums(g):
    return Vector(accumulate(g))


accumulators.slips = rows(
    ("not squared", "Adagrad collects the squares of the gradients.", sums),
    ("last square only", "The squares of all gradients so far are added.", lambda g: g**2),
    ("square of the sum", "Square every gradient before adding.", lambda g: sums(g) ** 2),
)  # fmt: skip
accumulators.witness(lambda run: run.states)

steps, position = declare(family)


def sum_of_the_gradients(g, eta, eps):
    divisors = sums(g) + eps
    return eta * g / divisors if np.all(divisors) else None


steps.slips += rows(
    ("not scaled", "This is plain gradient descent: divide by the root.",
     lambda g, eta: -eta * g),
    ("sum of the gradients", "Divide by the root of the sum of squares, and go downhill.",
     sum_of_the_gradients),
)  # fmt: skip


@family.part(
    Expression(symbols={"eta": "positive", "t": "positive integer"}), marks=2, levels=["hard"]
)
def formula():
    return letters.formula(adaptive.constant_gradient_step)


formula.slips = rows(
    ("no root", "The accumulator is t times the square; its root has the root of t.",
     lambda: letters.formula(lambda eta, t: eta / t)),
    ("first step", "The accumulator grows, so later steps are shorter.",
     lambda: letters.symbols("eta")),
    ("one gradient too many", "After step t the accumulator holds t squares.",
     lambda: letters.formula(
         lambda eta, t: adaptive.constant_gradient_step(eta, t + 1))),
)  # fmt: skip
formula.witness(lambda point: equal_steps(7.0, point["t"], point["eta"])[-1])


@family.part(Integer(), levels=["hard"], after="formula")
def enough(share):
    return adaptive.steps_until_shorter(share)


enough.slips = rows(
    ("no root", "The step shrinks with the root of t.", lambda share: int(1 / share) + 1),
    ("one step early", "At this step the length is still at least the bound.",
     lambda enough: enough - 1),
)  # fmt: skip


@enough.witness
def _(share):
    lengths = equal_steps(3.0, 50, 1.0)
    return int(np.argmax(lengths < share * lengths[0])) + 1


def equal_steps(gradient, t, eta):
    """The lengths of the engine's first t steps when all gradients are equal."""
    return -recorded(lambda p: engine.Adagrad(p, lr=eta, eps=0.0), [gradient] * t).steps
