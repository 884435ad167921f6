"""Expected velocity of gradient descent with momentum.

Trap: giving the limit, losing the sign, or summing t + 1 terms.
Reference: Sutskever et al. (2013), equations 1 and 2.
Source: S1-95, S1-96, S1-98, S1-120.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import letters, momentum

family = Family(
    version=2,
    conventions=[
        r"$v_0 = 0$, $v_t = \alpha v_{t-1} - \eta g_t$ and "
        r"$\theta_t = \theta_{t-1} + v_t$; the first gradient is $g_1$"
    ],
)


@family.sample
def sample(draw):
    return {
        # A smaller alpha would reach the limit within the digits asked for.
        "alpha": rational(draw.integer(draw.by_level(6, 10, 10), 19), 20),
        "eta": rational(draw.integer(1, 12), draw.choice([20, 50, 100])),
        "mu": draw.nonzero(-15, 15),
        "t": draw.by_level(draw.integer(2, 4), draw.integer(3, 6), draw.integer(4, 8)),
    } | draw.by_level({}, {}, {"means": draw.sample([n for n in range(-5, 6) if n], 3)})


def sign_lost(alpha, eta, mu, t):
    return momentum.expected_velocity(alpha, -eta, mu, t)


WRONG = (
    ("one term too many", "The sum runs over g_1 to g_t: it has t terms.",
     lambda alpha, eta, mu, t: momentum.expected_velocity(alpha, eta, mu, t + 1)),
    ("the limit", "This is the limit for large t.",
     lambda alpha, eta, mu: momentum.expected_velocity_limit(alpha, eta, mu)),
    ("exponential moving average", "Here the gradient is not multiplied by 1 - alpha.",
     lambda alpha, eta, mu, t: (1 - alpha) * momentum.expected_velocity(alpha, eta, mu, t)),
    ("alpha squared", "Only a variance has squared weights; the mean has the weights themselves.",
     lambda alpha, eta, mu, t: momentum.expected_velocity(alpha**2, eta, mu, t)),
)  # fmt: skip

UNIT = {"alpha": "unit", "eta": "positive", "mu": "real", "t": "positive integer"}


@family.part(Expression(symbols=UNIT), marks=3, levels=["hard"])
def formula():
    return letters.formula(momentum.expected_velocity)


formula.slips = in_letters(
    ("lost the sign", "The velocity points against the gradient: check the sign.", sign_lost),
    *WRONG,
)
formula.witness(
    lambda point: enumerated(point["alpha"], point["eta"], [point["mu"]] * point["t"])[-1]
)


@family.part(Real(digits=3), marks=2)
def expected_velocity(alpha, eta, mu, t):
    return momentum.expected_velocity(alpha, eta, mu, t)


expected_velocity.slips = rows(
    ("lost the sign", "The velocity points against the gradient.", sign_lost),
    *WRONG,
    ("no mean", "The mean of the gradients is mu, not 0.", lambda: 0),
    ("one step too few", "The velocity after t steps has t terms.",
     lambda alpha, eta, mu, t: momentum.expected_velocity(alpha, eta, mu, t - 1)),
)  # fmt: skip
expected_velocity.witness(lambda alpha, eta, mu, t: enumerated(alpha, eta, [mu] * t)[-1])


@family.part(Real(digits=3), levels=["medium", "hard"])
def limit(expected_velocity, alpha, t):
    """The factor 1 - alpha^t goes to 1."""
    return expected_velocity / (1 - alpha**t)


limit.slips = rows(
    ("one step only", "The steps add up: divide by 1 - alpha.", lambda eta, mu: -eta * mu),
    ("lost the sign", "The velocity points against the gradient.", lambda limit: -limit),
    ("divided by alpha", "The steps add up: divide by 1 - alpha.",
     lambda alpha, eta, mu: -eta * mu / alpha),
    ("learning rate left out", "Each step is the learning rate times the mean gradient.",
     lambda alpha, mu: -mu / (1 - alpha)),
)  # fmt: skip
limit.witness(lambda alpha, eta, mu: engine.geometric_limit(enumerated(alpha, eta, [mu] * 3)))


@family.part(Real(digits=3), levels=["hard"])
def changing_means(alpha, eta, means):
    return momentum.velocities(means, [alpha] * len(means), eta)[-1]


changing_means.slips = rows(
    ("powers reversed", "The oldest gradient has been multiplied by alpha most often.",
     lambda alpha, eta, means:
         momentum.velocities(means[::-1], [alpha] * len(means), eta)[-1]),
    ("last gradient only", "The earlier gradients still act, through the velocity.",
     lambda eta, means: -eta * means[-1]),
)  # fmt: skip
changing_means.witness(lambda alpha, eta, means: enumerated(alpha, eta, means)[-1])


def enumerated(alpha, eta, means):
    """E[v_1], ..., E[v_t], by running every outcome of two-valued gradient noise."""
    path = engine.optimizer_path(
        lambda p: engine.SGD(p, lr=eta, momentum=alpha),
        np.reshape(means, (-1, 1)) + 2 * engine.sign_sequences(len(means)),
    )
    return np.diff(path, axis=0).mean(axis=1)
