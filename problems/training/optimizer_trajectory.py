"""Where optimizers go on a quadratic.

Trap: the gradient of the start used again, 1/lambda taken for the bound on the learning rate.
Reference: Goodfellow, Bengio and Courville (2016), sections 4.3, 8.3 and 8.5.
Source: S1-89, S1-91, S1-113.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Choice, Expression, Real
from partialcredit.numbers.exact import sign, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import in_floats
from partialcredit.numbers.vectors import each
from partialcredit.problems.training._compared_optimizers import (
    COMPARED,
    descent,
    doubled_value,
    questions,
    straight,
)
from partialcredit.problems.training._driven import driven
from partialcredit.problems.training._level_lines import drawings, passed
from partialcredit.solvers import adam, adaptive, letters, trajectory

family = Family(
    version=2,
    conventions=[
        "$g_t$ is the gradient before step $t$, and gradient descent subtracts "
        "$\\eta g_t$ from the point",
        "{% if level != 'easy' %}all velocities and accumulators start at 0, and nothing is added "
        "to a denominator{% endif %}",
        "{% if level != 'easy' %}momentum sets $v_t = \\alpha v_{t-1} - \\eta g_t$ and adds "
        "$v_t$ to the point{% endif %}",
        "{% if level != 'easy' %}Adagrad divides $\\eta g_t$ by the root of the sum of all "
        "squared gradients so far, including $g_t^2$, in each coordinate{% endif %}",
        "{% if level == 'hard' %}RMSprop divides by the root of $s_t = \\beta s_{t-1} + "
        "(1 - \\beta) g_t^2$ instead, without bias correction{% endif %}",
        "{% if level == 'hard' %}Adam averages $g_t$ in this way with $\\beta_1$ and $g_t^2$ with "
        "$\\beta_2$, and corrects the bias of both averages{% endif %}",
    ],
)

OUTCOMES = (
    "both coordinates approach 0",
    "only $x_1$ approaches 0, and $\\lvert x_2 \\rvert$ grows",
    "only $x_2$ approaches 0, and $\\lvert x_1 \\rvert$ grows",
    "both coordinates grow in absolute value",
)

SETTINGS = ("curvatures", "start", "eta", "alpha", "beta")


@family.sample
def sample(draw):
    eta = draw.decimal("0.04", "0.05", "0.08", "0.1", "0.125", "0.2")
    bound = int(2 / eta)
    inside = [n for n in range(2, bound) if 2 * n != bound]
    curvatures = [
        draw.choice(inside) if draw.chance(0.5) else draw.integer(bound + 1, bound * 3 // 2)
        for _ in range(2)
    ]
    start = [draw.nonzero(-9, 9), draw.nonzero(-9, 9)]
    if draw.level == "easy":
        return {"curvatures": curvatures, "start": start, "eta": eta, "alpha": 0, "beta": 0}
    drawn = {
        "start": start,
        "beta": 0,
        "alpha": draw.decimal("0.5", "0.6", "0.7", "0.8", "0.9"),
    }
    if draw.level == "medium":
        drawn["eta"] = draw.decimal("0.05", "0.1", "0.2", "0.25", "0.3", "0.4")
        return drawn | {"curvatures": draw.integers(2, 2, 12, distinct=True)}
    drawn |= {"eta": eta, "curvatures": curvatures}
    drawn["beta"] = draw.decimal("0.75", "0.8", "0.9", "0.95")
    drawn["optimizers"] = draw.shuffle(trajectory.OPTIMIZERS)
    made = trajectory.path(draw.choice(trajectory.OPTIMIZERS), **{k: drawn[k] for k in SETTINGS})
    drawn["seen"] = [[rational(round(float(v) * 10**3), 10**3) for v in point] for point in made]
    return drawn


@family.condition
def _(level, curvatures, start, eta, alpha):
    """No two of the optimizers that are compared reach the same value."""
    if level != "medium":
        return True
    ends = [trajectory.path(name, curvatures, start, eta, alpha)[-1] for name in COMPARED]
    return len({doubled_value(curvatures, end) for end in ends}) == len(COMPARED)


family.include(questions)


@family.part(Array(shape=(2, 2), digits=3), marks=2, levels=["easy"])
def points(curvatures, start, eta):
    return descent(curvatures, start, eta)


points.slips = rows(
    ("gradient of the start again", "The second step needs the gradient where it starts.",
     straight),
    ("went up", "Descent subtracts the learning rate times the gradient.",
     lambda curvatures, start, eta: descent(curvatures, start, -eta)),
    ("factor 2 in the gradient", "The one half in f cancels the 2 of the derivative.",
     lambda curvatures, start, eta: descent(2 * curvatures, start, eta)),
    ("curvature lost", "The gradient is the coordinate times its lambda.",
     lambda start, eta: descent((1, 1), start, eta)),
)  # fmt: skip
points.witness(lambda paths: paths["gradient descent"])


@family.part(Array(shape=(2,), digits=3), levels=["easy"])
def factors(curvatures, eta):
    return trajectory.contraction(curvatures, eta)


factors.slips = rows(
    ("wrong sign", "The new coordinate is the old one minus eta lambda times it.",
     lambda factors: 2 - factors),
    ("step instead of factor", "Subtract the relative step from 1.", lambda factors: 1 - factors),
)  # fmt: skip
factors.witness(lambda paths, start: paths["gradient descent"][0] / start)


@family.part(lambda optimizers: Choice(optimizers), marks=2, levels=["hard"])
def identified(optimizers, seen, curvatures, start, eta, alpha, beta):
    args = curvatures, start, eta, alpha, beta
    return nearest([trajectory.path(name, *args) for name in optimizers], seen)


def same_first_step(optimizers, identified):
    twins = ("gradient descent", "momentum", "gradient descent"), ("Adagrad", "Adam", "Adagrad")
    for group in twins:
        if optimizers[identified] in group:
            return optimizers.index(group[group.index(optimizers[identified]) + 1])
    return None


identified.slips = rows(
    ("same first step", "The first step is the same; look at the second one.", same_first_step),
)  # fmt: skip
identified.witness(
    lambda optimizers, paths, seen: nearest([paths[name] for name in optimizers], seen)
)


def nearest(paths, seen):
    """The index of the path that passes the points seen."""
    gaps = np.array(paths, dtype=float) - np.array(seen, dtype=float)
    return int(np.abs(gaps).max(axis=(1, 2)).argmin())


@family.derive
def adam_slopes(curvatures, start, eta):
    """Both gradients of Adam in x_1; its first step has the length eta."""
    return curvatures[0] * start[0], curvatures[0] * (start[0] - eta * sign(start[0]))


@family.derive
def m(adam_slopes, alpha):
    return adam.moving_average(adam_slopes, alpha)


@family.derive
def v(adam_slopes, beta):
    return adam.moving_average(adam_slopes**2, beta)


@family.derive
def m_hat(m, alpha):
    return adam.corrected(m, alpha, 2)


@family.derive
def v_hat(v, beta):
    return adam.corrected(v, beta, 2)


@family.part(Real(digits=3), marks=2, levels=["hard"])
def adam_step(m_hat, v_hat, eta):
    return adam.update(m_hat, v_hat, eta, 0)


def powers_of_the_first_step(m, v, eta, alpha, beta):
    return adam.update(adam.corrected(m, alpha, 1), adam.corrected(v, beta, 1), eta, 0)


adam_step.slips = rows(
    ("no bias correction", "Both moments are divided by 1 minus a power.",
     lambda m, v, eta: adam.update(m, v, eta, 0)),
    ("powers of the first step", "In the second step the powers have exponent 2.",
     powers_of_the_first_step),
    ("no root", "The step divides by the root of the second moment.",
     lambda m_hat, v_hat, eta: adam.update(m_hat, v_hat**2, eta, 0)),
)  # fmt: skip
adam_step.witness(lambda paths: paths["Adam"][1, 0] - paths["Adam"][0, 0])


@family.part(Choice(OUTCOMES), levels=["easy", "hard"])
def outcome(curvatures, eta):
    grows = [abs(f) > 1 for f in trajectory.contraction(curvatures, eta)]
    return 2 * grows[0] + grows[1]


def bound_of_one_over_lambda(curvatures, eta):
    grows = [f < 0 for f in trajectory.contraction(curvatures, eta)]
    return 2 * grows[0] + grows[1]


outcome.slips = rows(
    ("bound of one over lambda", "Factors between -1 and 0 converge with changing signs.",
     bound_of_one_over_lambda),
    ("the sign of the factor", "What counts is whether the factor is below 1 in size.",
     lambda outcome: 3 - outcome),
)  # fmt: skip


@outcome.witness
def _(curvatures, start, eta):
    path = np.abs(driven("gradient descent", curvatures, start, eta, steps=6))
    return int(2 * (path[-1, 0] > path[0, 0]) + (path[-1, 1] > path[0, 1]))


@family.part(Real(digits=3))
def bound(curvatures):
    return trajectory.largest_rate(rational(1) * curvatures)


bound.slips = rows(
    ("one over lambda", "A step may overshoot: the factor only has to stay above -1.",
     lambda bound: bound / 2),
    ("smaller curvature", "The steepest coordinate diverges first.",
     lambda curvatures: rational(2, min(curvatures))),
    ("mean curvature", "The steepest coordinate alone decides.",
     lambda curvatures: rational(4, sum(curvatures))),
)  # fmt: skip


@bound.witness
def _(curvatures, start):
    """The rate at which the faster coordinate lands on its mirror image; steps scale with it."""
    step = driven("gradient descent", curvatures, start, 1, steps=1)[0] - start
    return float(np.min(-2 * np.array(start) / step))


@family.part(Expression(symbols={"eta": "positive", "t": "positive integer"}), levels=["hard"])
def constant():
    return letters.formula(adaptive.constant_gradient_step)


constant.slips = rows(
    ("grows", "The accumulator only grows, so the steps can only shrink.",
     lambda: letters.formula(lambda eta, t: eta * sqrt(t))),
    ("stays", "The accumulator collects t squared gradients.", lambda: letters.symbols("eta")),
    ("one gradient too many", "Step t has seen t gradients.",
     lambda: letters.formula(lambda eta, t: eta / sqrt(t + 1))),
    ("no root", "Divide by the root of the accumulator.",
     lambda: letters.formula(lambda eta, t: eta / t)),
)  # fmt: skip


@constant.witness
def _(point):
    t = point["t"]
    path = engine.optimizer_path(
        lambda p: engine.Adagrad(p, lr=point["eta"], eps=0), np.full((t, 1), 1.7)
    )
    return float(abs(path[t] - path[t - 1])[0])


@family.working
def _(curvatures, start, eta, level, descended, with_momentum, adapted):
    if level == "easy":
        return {}
    ends = (descended, with_momentum, adapted) if adapted else ()
    first = descent(curvatures, start, eta)[0]
    adagrad, second = trajectory.path("Adagrad", curvatures, start, eta)
    return {
        "values": [doubled_value(curvatures, end) * rational(1, 2) for end in ends],
        "first": first,
        "gradients": curvatures * start,
        "slopes": curvatures * first,
        "adagrad": adagrad,
        "ada_slopes": curvatures * adagrad,
        "ada_step": second[0] - adagrad[0],
    }


@family.figure
def _(level, curvatures, start, eta, points, descended, with_momentum, adapted, seen):
    if level == "hard":
        return passed(curvatures, each(float, start), in_floats(seen))
    down, even = start - eta * curvatures * start, start - eta * each(sign, start)
    ends = [points[-1]] if level == "easy" else [descended, with_momentum, adapted]
    paths = {
        name: (each(float, first), each(float, end))
        for name, first, end in zip(COMPARED, (down, down, even), ends, strict=False)
    }
    return drawings(curvatures, each(float, start), paths, legend=level == "medium")
