"""Expected parameter after some steps with momentum.

Trap: losing the alpha, the sign or the start, or stopping the inner sum one term early.
Reference: Sutskever et al. (2013), equations 1 and 2.
Source: S1-97, S1-99, S1-102, S1-103, S1-104.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Choice, Expression, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import letters, momentum

family = Family(
    version=2,
    conventions=[
        r"$v_0 = 0$, $v_t = \alpha v_{t-1} - \eta g_t$ and "
        r"$\theta_t = \theta_{t-1} + v_t$; the first gradient is $g_1$, and $\theta_0$ is fixed"
    ],
)

LIMITS = ("$j$", "$j - 1$", "$t$", "$t - j$", "$t - 1$")


@family.sample
def sample(draw):
    return {
        "alpha": rational(draw.integer(6, 19), 20),
        "eta": rational(draw.integer(1, 12), draw.choice([20, 50, 100])),
        "mu": draw.nonzero(*draw.by_level((1, 9), (-12, 12), (-12, 12))),
        "theta_0": draw.by_level(draw.integer(0, 5), draw.nonzero(-4, 4), draw.nonzero(-9, 9)),
        "t": draw.by_level(draw.integer(2, 3), draw.integer(3, 5), draw.integer(4, 8)),
    } | draw.by_level({}, {}, {"limits": draw.shuffle(LIMITS)})


@family.part(lambda limits: Choice(limits), levels=["hard"])
def inner_limit(limits):
    return limits.index("$j$")


inner_limit.slips = rows(
    ("one term early", "The velocity v_j contains g_j itself, with the power 0.",
     lambda limits: limits.index("$j - 1$")),
    ("too far", "The velocity v_j cannot contain gradients after step j.",
     lambda limits: limits.index("$t$")),
)  # fmt: skip


@inner_limit.witness
def _(limits):
    """The limit with which the double sum is the engine's parameter after four steps."""
    g, alpha, t = [2.0, 3.0, -5.0, 11.0], 0.3, 4
    steps = engine.optimizer_path(lambda p: engine.SGD(p, lr=1.0, momentum=alpha), g)
    upper = {"$j$": lambda j: j, "$j - 1$": lambda j: j - 1, "$t - j$": lambda j: t - j}
    upper |= {"$t$": lambda _j: t, "$t - 1$": lambda _j: t - 1}
    sums = [
        sum(alpha ** (j - i) * g[i - 1] for j in range(1, t + 1) for i in range(1, upper[k](j) + 1))
        for k in limits
    ]
    return int(np.argmin(np.abs(steps[-1] + sums)))


def t_times(theta_0, alpha, eta, mu, t):
    return theta_0 + t * momentum.expected_velocity(alpha, eta, mu, t)


WRONG = (
    ("lost an alpha",
     "In each inner sum the powers run to j - 1, so alpha stands before 1 - alpha^t.",
     lambda theta_0, alpha, eta, mu, t:
         theta_0 - eta * mu / (1 - alpha) * (t - (1 - alpha**t) / (1 - alpha))),
    ("lost the sign", "The parameter moves against the mean gradient.",
     lambda theta_0, alpha, eta, mu, t:
         momentum.expected_position(theta_0, alpha, -eta, mu, t)),
    ("lost the start", "The steps start from theta_0: add it.",
     lambda alpha, eta, mu, t: momentum.expected_position(0, alpha, eta, mu, t)),
    ("inner sum too short", "The velocity v_j contains g_j itself.",
     lambda theta_0, alpha, eta, mu, t:
         momentum.expected_position(theta_0, alpha, eta, mu, t) + eta * mu * t),
    ("last velocity only", "Every velocity so far has moved the parameter.",
     lambda theta_0, alpha, eta, mu, t:
         theta_0 + momentum.expected_velocity(alpha, eta, mu, t)),
)  # fmt: skip

DOMAINS = {
    **{"theta_0": "real", "alpha": "unit", "eta": "positive", "mu": "real"},
    "t": "positive integer",
}


@family.part(Expression(symbols=DOMAINS), marks=4, levels=["medium", "hard"])
def formula():
    return letters.formula(momentum.expected_position)


formula.slips = in_letters(
    *WRONG,
    ("t times the last velocity", "The earlier velocities were smaller: add them.", t_times),
)
formula.witness(lambda point: enumerated(**point)[-1])


@family.part(Real(digits=3), marks=2)
def expected_position(theta_0, alpha, eta, mu, t):
    return momentum.expected_position(theta_0, alpha, eta, mu, t)


expected_position.slips = rows(
    *WRONG,
    ("t times the last velocity", "The earlier velocities were smaller: add them one by one.",
     t_times),
)  # fmt: skip
expected_position.witness(
    lambda alpha, eta, mu, t, theta_0: enumerated(alpha, eta, mu, t, theta_0)[-1]
)


@family.part(Expression(symbols={"alpha": "unit"}), marks=2, levels=["hard"])
def lag():
    return letters.formula(momentum.expected_position_lag)


lag.slips = rows(
    ("the amplification", "This is by how much the steps grow, not by how much they lag.",
     lambda: letters.formula(lambda alpha: 1 / (1 - alpha))),
)  # fmt: skip


@lag.witness
def _(point):
    path = enumerated(point["alpha"], 1.0, 1.0, 4)
    speed = engine.geometric_limit(np.diff(path))
    return engine.geometric_limit(np.arange(5) - path / speed)


def enumerated(alpha, eta, mu, t, theta_0=0.0):
    """The mean path, by running every outcome of two-valued gradient noise."""
    path = engine.optimizer_path(
        lambda p: engine.SGD(p, lr=eta, momentum=alpha),
        mu + 2 * engine.sign_sequences(t),
        theta_0,
    )
    return path.mean(axis=1)


@family.working
def _(alpha, eta, mu, t):
    steps = range(1, t + 1)
    return {"velocities": [momentum.expected_velocity(alpha, eta, mu, j) for j in steps]}
