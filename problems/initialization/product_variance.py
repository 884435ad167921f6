"""Variance of a weight times an input.

Trap: adding the variances, leaving the means out, attaching a mean to the wrong variance.
Reference: Goodman (1960), "On the exact variance of products", equation 2.
Source: S0-64, S1-53.
"""

from functools import reduce

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Choices, Expression, Real
from partialcredit.numbers.exact import Exact, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import initialization, letters

family = Family(version=2, conventions=["all weights and inputs are independent of each other"])

TERMS = (
    r"$\mathbb{E}[w]^2 \, \mathrm{Var}(h)$",
    r"$\mathbb{E}[h]^2 \, \mathrm{Var}(w)$",
    r"$\mathrm{Var}(w) \, \mathrm{Var}(h)$",
)


@family.sample
def sample(draw):
    means = [m for m in range(-6, 7) if abs(m) > 1]
    p, q = draw.sample(range(3, 101), 2)
    a, b = draw.sample(means, 2)
    return {
        "a": draw.by_level(0, a, a),
        "b": draw.by_level(0, b, b),
        "p": rational(p, 20),
        "q": rational(q, 20),
        "n": draw.integer(3, 5),
    } | draw.by_level(
        {},
        {"zero": draw.choice(["w", "h", "w and h"])},
        {"fan": draw.integer(5, 50) * 10, "v": draw.integer(2, 9)},
    )


@family.condition
def _(a, b):
    return abs(a) != abs(b) or a == 0


def of_the_product(a, b, p, q):
    return initialization.product_variance(a, p, b, q)


def crossed(a, b, p, q):
    return initialization.product_variance(b, p, a, q)


def added(p, q):
    return p + q + p * q


@family.run
def outcomes(a, b, p, q):
    """The products of two numbers that take two values each, equally likely."""
    w, h = (mean + variance**0.5 * np.array([-1.0, 1.0]) for mean, variance in ((a, p), (b, q)))
    return np.multiply.outer(w, h).ravel()


@family.part(
    Expression(symbols={"a": "real", "b": "real", "p": "positive", "q": "positive"}),
    marks=2,
    levels=["hard"],
)
def formula():
    return letters.formula(of_the_product)


formula.slips = rows(
    ("mean with its own variance", "The mean of w multiplies the variance of h.",
     lambda: letters.formula(crossed)),
    ("variances added", "The squares of the means belong to the first two terms.",
     lambda: letters.formula(added)),
    ("product left out", "Both factors vary at once: Var(w) Var(h) is missing.",
     lambda: letters.formula(lambda a, b, p, q: a**2 * q + b**2 * p)),
)  # fmt: skip
formula.witness(lambda point: np.var(outcomes(**point)))


@family.part(Real(digits=3), marks=2)
def product(a, b, p, q):
    return initialization.product_variance(a, p, b, q)


product.slips = rows(
    ("variances added", "The variance of a product is not a sum of variances.", lambda p, q: p + q),
    ("variances and their product added", "Plain variances do not belong to the sum.", added),
    ("standard deviations multiplied", "This is the product of standard deviations.",
     lambda a, p, q: sqrt(p * q) if a == 0 else None),
    ("means left out", "This is right for means of 0 only.", lambda a, p, q: p * q if a else None),
    ("mean with its own variance", "The mean of w multiplies the variance of h.", crossed),
    ("product left out", "Both factors vary at once: Var(w) Var(h) is missing.",
     lambda a, p, q, product: product - p * q if a else None),
    ("mean not subtracted", "This is E[(wh)^2]; subtract the square of E[wh].",
     lambda a, b, product: product + (a * b) ** 2),
)  # fmt: skip
product.witness(lambda outcomes: np.var(outcomes))


@family.part(Choices(TERMS), levels=["medium"])
def vanishing(zero):
    return frozenset(i for i, name in enumerate("wh") if name in zero)


vanishing.slips = rows(
    ("the other term", "A mean of w that is 0 removes the term with that mean.",
     lambda vanishing: frozenset({0, 1}) - vanishing if len(vanishing) == 1 else None),
    ("the product of variances", "The variances are not 0, so their product stays.",
     lambda: frozenset({2})),
    ("everything", "The variances are not 0, so their product stays.",
     lambda zero: frozenset({0, 1, 2}) if "and" in zero else None),
)  # fmt: skip


@vanishing.witness
def _(a, b, p, q, zero):
    """What moves the variance: a mean that is 0 leaves nothing of the other's spread through it."""
    a, b = (0 if name in zero else mean for name, mean in (("w", a), ("h", b)))
    least = np.var(outcomes(0, 0, p, q))
    alone = [np.var(outcomes(a, 0, p, q)) - least, np.var(outcomes(0, b, p, q)) - least, least]
    return frozenset(i for i, share in enumerate(alone) if abs(share) < 1e-9)


@family.part(Real(digits=3))
def total(n, product):
    return initialization.sum_variance(n, product)


total.slips = rows(
    ("one product only", "The variances of independent terms add up.", lambda product: product),
    ("squared", "That holds for a multiple of one number; here the terms are independent.",
     lambda n, product: n * n * product),
    ("mean", "The terms are added, not averaged.", lambda n, product: product / n),
)  # fmt: skip
total.witness(lambda outcomes, n: np.var(reduce(np.add.outer, [outcomes] * n)))


@family.part(Real(digits=3), levels=["hard"], marks=2)
def rectified(fan, v, p):
    return initialization.output_variance(fan, p, initialization.rectified_mean_square(v))


rectified.slips = rows(
    ("ReLU ignored", "ReLU halves the mean square of z.",
     lambda fan, v, p: initialization.output_variance(fan, p, v)),
    ("variance of h", "The mean of h is not 0: the mean square of h counts.",
     lambda rectified: rectified * (1 - 1 / Exact("pi"))),
    ("one product only", "The variances of independent terms add up.",
     lambda fan, rectified: rectified / fan),
)  # fmt: skip


@rectified.witness
def _(fan, v, p):
    """Half of the z are above 0, half below; the output is linear in the weights."""
    z = v**0.5 * np.resize([1.0, -1.0], fan)
    weights = engine.Tensor(np.zeros((1, fan)), requires_grad=True)
    functional.linear(functional.relu(engine.Tensor(z)), weights).backward()
    return p * np.vdot(weights.grad, weights.grad)
