"""Convergence of gradient descent on a quadratic.

Trap: stopping at 1/lambda, looking at the smallest eigenvalue, losing the sign of the factor.
Reference: Polyak (1964), section 1 and theorem 9; Goodfellow et al. (2016), section 4.3.
Source: S0-35.
"""

from fractions import Fraction

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.figures import Curve, Mark, Plot
from partialcredit.grading import Integer, Interval, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import Span
from partialcredit.problems.optimizers._best_rate import questions
from partialcredit.problems.optimizers._quadratic import below, edge, factors, walk
from partialcredit.solvers import descent

family = Family(
    version=3,
    conventions=[
        r"a step is $\theta_{t+1} = \theta_t - \eta \nabla J(\theta_t)$"
        r"{% if level == 'medium' %} with $\theta = (x, y)${% endif %}"
    ],
)

RATES = [rational(n, 100) for n in (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20)]

GIVEN = ["easy", "medium"]


@family.sample
def sample(draw):
    share = {"share": draw.decimal("0.1", "0.05", "0.02", "0.01", "0.001")}
    if draw.level == "hard":
        b, more = draw.integer(5, 40), draw.integer(1, 40)
        return {"a": b + more, "b": draw.choice([-1, 1]) * b} | share
    small = draw.integer(2, draw.by_level(30, 8, 0))
    curvatures = draw.by_level((small,), (small, draw.integer(9, 40)), ())
    factors = {rate: {abs(1 - rate * c) for c in curvatures} for rate in RATES}
    good = [
        rate
        for rate, sizes in factors.items()
        if len(sizes) == len(curvatures) and all(0.15 < float(size) < 0.98 for size in sizes)
    ]
    start = {"theta_0": draw.nonzero(-9, 9), "n": draw.integer(3, 6)}
    given = {"eta": draw.choice(good), "curvatures": curvatures} | start
    return given | draw.by_level({}, share, {})


@family.part(Interval(digits=3), levels=GIVEN)
def stable(curvatures):
    return below(descent.largest_rate(max(curvatures)))


stable.slips = rows(
    ("one over the curvature",
     "At 1/lambda one step reaches the minimum; up to 2/lambda the distance shrinks.",
     lambda curvatures: below(rational(1, max(curvatures)))),
    ("smallest curvature", "The steepest direction diverges first.",
     lambda curvatures: below(descent.largest_rate(min(curvatures)))),
    ("end included", "At 2/lambda the parameter jumps back and forth for ever.",
     lambda curvatures: (Span(rational(0), descent.largest_rate(max(curvatures)), False, True),)),
)  # fmt: skip
stable.witness(lambda curvatures: edge(np.diag(curvatures)))


@family.part(Real(digits=3), levels=GIVEN)
def factor(eta, curvatures):
    return max(descent.contraction(eta, curvatures))


factor.slips = rows(
    ("fastest direction", "The slowest direction decides: take the largest factor.",
     lambda eta, curvatures: min(descent.contraction(eta, curvatures))),
    ("learning rate times curvature", "What is left is 1 - eta lambda.",
     lambda eta, curvatures: eta * max(curvatures)),
    ("lost the curvature", "The gradient is lambda theta: the rate is multiplied by lambda.",
     lambda eta: 1 - eta),
    ("root", "The distance is multiplied, not its square.", lambda factor: sqrt(factor)),
)  # fmt: skip
factor.witness(lambda eta, curvatures: np.abs(factors(np.diag(curvatures), eta)).max())


@family.part(Real(digits=3), levels=["easy"])
def loss_factor(factor):
    return factor**2


loss_factor.slips = rows(
    ("not squared", "The loss is quadratic: its factor is squared.", lambda factor: factor),
    ("doubled", "Squaring is not doubling.", lambda factor: 2 * factor),
)  # fmt: skip


@loss_factor.witness
def _(eta, curvatures):
    curvature, theta = curvatures[0], 3.0
    later = theta - eta * curvature * theta
    return (curvature * later**2) / (curvature * theta**2)


@family.part(Real(digits=3), marks=2, levels=GIVEN)
def position(theta_0, n, eta, curvatures):
    return descent.after_steps(theta_0, eta, curvatures[-1], n)


position.slips = rows(
    ("sign lost", "1 - eta lambda may be negative: the parameter changes sides.",
     lambda position: abs(position) if position < 0 else -position),
    ("one step too many", "There are n factors for n steps.",
     lambda theta_0, n, eta, curvatures:
         descent.after_steps(theta_0, eta, curvatures[-1], n + 1)),
    ("steps added", "Each step shrinks what is left, so the factors multiply.",
     lambda theta_0, n, eta, curvatures: theta_0 * (1 - n * eta * curvatures[-1])),
    ("one step too few", "There are n factors for n steps.",
     lambda theta_0, n, eta, curvatures:
         descent.after_steps(theta_0, eta, curvatures[-1], n - 1)),
    ("one step only", "Every step multiplies what is left.",
     lambda theta_0, eta, curvatures: descent.after_steps(theta_0, eta, curvatures[-1], 1)),
    ("start left out", "The factors multiply the start.",
     lambda position, theta_0: position / theta_0),
)  # fmt: skip


@position.witness
def _(theta_0, n, eta, curvatures):
    path = engine.descent_path(
        lambda p: engine.SGD(p, lr=eta),
        lambda theta: theta * theta * (curvatures[-1] / 2),
        theta_0,
        steps=n,
    )
    return path[-1]


@family.part(Integer(), marks=2, levels=["medium"])
def enough(factor, share):
    return descent.steps_to_reach(factor, share)


enough.slips = rows(
    ("rounded down", "After so many steps the bound is not yet reached: round up.",
     lambda enough: enough - 1, Fraction(1, 2)),
    ("loss instead of distance", "The distance shrinks by the factor, not its square.",
     lambda factor, share: descent.steps_to_reach(factor**2, share)),
    ("one step too many", "One step less is enough already.", lambda enough: enough + 1),
)  # fmt: skip
enough.witness(lambda eta, curvatures, share: walk(curvatures, eta, share))

family.include(questions)


@family.figure
def _(level, eta, curvatures, theta_0, n):
    """The points of the descent on the parabola."""
    if level != "easy":
        return ()
    (curvature,) = curvatures
    factor = 1 - float(eta * curvature)
    reach = 1.15 * abs(theta_0)
    sides = [reach * k / 20 for k in range(-20, 21)]
    points = [theta_0 * factor**k for k in range(n + 1)]
    parabola, path = ([(t, curvature * t * t / 2) for t in some] for some in (sides, points))
    return Plot(
        f"The parabola J and the points of the descent on it, at theta = {theta_0}, "
        + ", ".join(f"{t:.4g}" for t in points[1:])
        + ".",
        (Curve(parabola), Curve(path, "", "steps")),
        (Mark(path[0], r"\theta_0"),),
        r"\theta",
        "J",
    )
