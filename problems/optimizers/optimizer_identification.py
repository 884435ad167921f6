"""Telling optimizers apart.

Trap: taking an average for a sum, overlooking momentum, thinking that momentum rescales.
Reference: Kingma and Ba (2015), section 5; Goodfellow, Bengio and Courville (2016), section 8.5.
Source: S0-87, S1-74, S1-89, S1-91, S1-112, S3-02.
"""

from functools import cache
from math import atan2

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Choice, Real, Text, TrueFalse
from partialcredit.numbers import notation
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import each
from partialcredit.problems.optimizers._rules import (
    PROPERTIES,
    REDUCTIONS,
    RULES,
    SIGNS,
    same,
    solved,
    trained,
)
from partialcredit.solvers import momentum, quadratic

family = Family(
    version=3,
    conventions=[
        "the first gradient is $g_1$, and what a rule accumulates starts at 0",
        "{% if level != 'easy' %}every stabiliser $\\epsilon$ is 0{% endif %}",
    ],
    hidden=["p", "q", "properties"],
)

SENTENCES = list(PROPERTIES)

NOTHING = {
    **dict.fromkeys(["A", "place", "g", "properties", "subjects"], ()),
    **{"method": "", "reduced": "", "theta_0": 0, "eta": 0, "p": 0, "q": 0},
}


@family.sample
def sample(draw):
    given = {
        "properties": draw.sample(range(len(SENTENCES)), 3),
        "subjects": draw.sample(list(RULES), 3),
    }
    line = {
        "A": (draw.integer(1, 9), draw.integer(1, 9)),
        "place": (draw.nonzero(-9, 9), draw.nonzero(-9, 9)),
    }
    if draw.level == "hard":
        reduced = draw.choice(list(REDUCTIONS))
        return {
            **NOTHING,
            **given,
            **line,
            "reduced": reduced,
            "names": draw.shuffle([name for name in (*RULES, SIGNS) if name != subject(reduced)]),
        }
    sizes = draw.integers(draw.by_level(2, 3, 0), 2, 9, distinct=True)
    own = {
        "method": draw.choice(list(RULES)),
        "names": draw.shuffle(list(RULES)),
        "g": [draw.choice([-1, 1]) * n for n in sizes],
        "theta_0": draw.by_level(draw.integer(-5, 5), 0, 0),
        "eta": draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2", "0.5"),
        "p": draw.decimal("0.6", "0.7", "0.8", "0.9"),
        "q": draw.decimal("0.8", "0.9", "0.95", "0.99"),
    }
    return NOTHING | given | draw.by_level({}, line, {}) | own


def subject(reduced):
    """The rule whose coefficients are set to 0, which is no answer to what it becomes."""
    return max((name for name in RULES if reduced.startswith(name)), key=len)


def options(names):
    return Choice(tuple(names))


CONFUSED = {
    "sum": {"Adagrad": "RMSprop", "RMSprop": "Adagrad"},
    "momentum": {
        "momentum": "gradient descent",
        "RMSprop with momentum": "RMSprop",
        "Adam": "RMSprop",
    },
    "correction": {"Adam": "RMSprop with momentum", "RMSprop with momentum": "Adam"},
    "scaling": {"gradient descent": "momentum", "momentum": "RMSprop with momentum"},
}


def taken_for(method, names, confusion):
    other = CONFUSED[confusion].get(method)
    return None if other is None else names.index(other)


@family.part(options, levels=["easy", "medium"])
def name(method, names):
    return names.index(method)


name.slips = rows(
    ("average taken for a sum", "Adagrad adds all squares up, RMSprop averages them.",
     lambda method, names: taken_for(method, names, "sum")),
    ("overlooked the momentum", "Earlier gradients act on the direction of the step, too.",
     lambda method, names: taken_for(method, names, "momentum")),
    ("averages confused", "Adam averages the gradients and corrects both averages.",
     lambda method, names: taken_for(method, names, "correction")),
    ("scaling confused",
     "Check whether the gradient is divided by a root, and whether a step is kept.",
     lambda method, names: taken_for(method, names, "scaling")),
)  # fmt: skip


@name.witness
def _(method, names, g, eta, p, q):
    """Follow the printed rule, and look for the optimizer that goes the same way."""
    steps = RULES[method].literal(np.array(g, dtype=float), eta, p, q)
    return made_by(steps, names, g, eta, p, q)


@family.derive
def steps(method, g, eta, p, q):
    return solved(method, g, eta, p, q)


@family.part(Real(digits=3), levels=["easy"])
def position(theta_0, steps):
    return momentum.position(theta_0, steps)


position.slips = rows(
    ("last step only", "Every step so far has moved the parameter.",
     lambda theta_0, steps: theta_0 + steps[-1]),
    ("uphill", "The steps go against the gradient.", lambda theta_0, steps: theta_0 - sum(steps)),
    ("plain gradient descent", "The rule is more than the gradient times the rate.",
     lambda g, theta_0, eta: theta_0 - eta * sum(g)),
)  # fmt: skip
position.witness(lambda method, g, theta_0, eta, p, q: trained(method, g, eta, p, q, theta_0)[-1])


@family.part(options, levels=["hard"])
def becomes(left, names):
    return names.index(left)


@family.derive
def left(reduced):
    """The rule that is left when coefficients are 0."""
    return REDUCTIONS[reduced][0] if reduced else ""


becomes.slips = rows(
    ("size of the gradient lost", "Nothing divides the gradient by its size.",
     lambda left, names: names.index(SIGNS) if left == "gradient descent" else None),
    ("memory overlooked", "Squares of earlier gradients are still remembered.",
     lambda left, names: names.index(SIGNS) if left == "RMSprop" else None),
    ("size of the gradient kept", "Divided by its own size, a gradient is 1 or -1.",
     lambda left, names: names.index("gradient descent") if left == SIGNS else None),
)  # fmt: skip


@becomes.witness
def _(reduced, names):
    g, eta, p, q = (3.0, -5.0, 2.0), 0.5, 0.8, 0.9
    steps = REDUCTIONS[reduced][1](np.array(g), eta, p, q)
    if same(steps, [-0.5, 0.5, -0.5]):
        return names.index(SIGNS)
    rules = [candidate for candidate in names if candidate in RULES]
    return names.index(rules[made_by(steps, rules, g, eta, p, q)])


@family.part(Real(digits=3), levels=["medium", "hard"])
def tangent(A, place):
    by_x, by_y = quadratic.gradient(((A[0], 0), (0, A[1])), place, (0, 0))
    return rational(-by_x, by_y)


tangent.slips = rows(
    ("direction of the gradient", "The gradient is perpendicular to the contour line.",
     lambda tangent: -1 / tangent),
    ("lost the sign", "The scalar product with the gradient must be 0.", lambda tangent: -tangent),
    ("inverted", "Solve for the second component.", lambda tangent: 1 / tangent),
)  # fmt: skip


@tangent.witness
def _(A, place):
    """The slope of the ellipse through the point, from its angle."""
    (a, b), (x, y) = A, place
    radius = (a * x * x + b * y * y) ** 0.5
    angle = engine.Tensor(atan2(y * b**0.5, x * a**0.5), requires_grad=True)
    (angle.cos() * (radius / a**0.5)).backward()
    by_x, angle.grad = angle.grad, None
    (angle.sin() * (radius / b**0.5)).backward()
    return angle.grad / by_x


@family.part(TrueFalse(statements=3), marks=2)
def statements(properties, subjects):
    return truths(properties, subjects)


def truths(properties, subjects):
    return each(lambda i, subject: subject in PROPERTIES[SENTENCES[i]][0], properties, subjects)


def mixed_up(subjects, confusion):
    return each(lambda subject: CONFUSED[confusion].get(subject, subject), subjects)


statements.slips = rows(
    ("all true", "At least one of them is false.", lambda properties: [True] * len(properties)),
    ("sum and average confused", "Adagrad adds the squares up, RMSprop averages.",
     lambda properties, subjects: truths(properties, mixed_up(subjects, "sum"))),
    ("momentum taken for scaling", "Momentum remembers; it does not rescale.",
     lambda properties, subjects: truths(properties, mixed_up(subjects, "scaling"))),
)  # fmt: skip
statements.witness(lambda properties, subjects: each(tested, properties, subjects))


def made_by(steps, candidates, g, eta, p, q):
    """The candidate whose engine makes these steps; no other one may."""
    found = [
        i
        for i, candidate in enumerate(candidates)
        if same(np.diff(trained(candidate, g, eta, p, q)), steps)
    ]
    return found[0] if len(found) == 1 else None


@cache
def tested(i, subject):
    return PROPERTIES[SENTENCES[i]][1](subject)


@family.working
def _(method, p, q, properties, subjects):
    numbers = {"p": notation.number(p), "q": notation.number(q)}
    return {
        "claims": each(lambda i, subject: SENTENCES[i].format(subject), properties, subjects),
        "truths": truths(properties, subjects),
        "reasons": each(lambda i: PROPERTIES[SENTENCES[i]][2], properties),
        "setting": {name: rule.setting.format(**numbers) for name, rule in RULES.items()},
        "rule": RULES.get(method),
    }


@family.part(Text(), marks=2, levels=["hard"])
def why():
    return (
        "It divides each component by the size of its own recent gradients, so steep and flat "
        "directions make steps of about the same length with one learning rate."
    )
