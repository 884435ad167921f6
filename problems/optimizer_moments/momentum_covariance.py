"""Variance and covariance of the velocity under momentum.

Trap: squaring eta and sigma but not alpha, or keeping the mean in the covariance.
Reference: Sutskever et al. (2013), equations 1 and 2.
Source: S1-116.
"""

from itertools import accumulate

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import letters, momentum

family = Family(
    version=2,
    conventions=[
        r"$v_0 = 0$, $v_t = \alpha v_{t-1} - \eta g_t$ and "
        r"$\theta_t = \theta_{t-1} + v_t$; the first gradient is $g_1$, and $\theta_0$ is fixed"
    ],
)


@family.sample
def sample(draw):
    return {
        # A smaller alpha would reach the limit within the digits asked for.
        "alpha": rational(draw.integer(draw.by_level(6, 10, 10), 19), 20),
        "eta": rational(draw.integer(1, 12), draw.choice([20, 50, 100])),
        "sigma": rational(draw.integer(3, 40), 2),
        "mu": draw.by_level(0, (0, 0), (draw.nonzero(-4, 4), draw.nonzero(-4, 4))),
        "t": draw.by_level(draw.integer(2, 3), draw.integer(3, 5), draw.integer(2, 4)),
    }


@family.run
def velocity(alpha, eta, sigma, t, mu):
    """v_t, one row a component, for every outcome."""
    path = enumerated(alpha, eta, sigma, t, mu)
    return path[-1] - path[-2]


WRONG = (
    ("alpha not squared", "A factor of a variance is squared, so the powers of alpha are, too.",
     lambda alpha, eta, sigma, t: eta**2 * sigma**2 * (1 - alpha**t) / (1 - alpha)),
    ("eta and sigma not squared", "A variance has the factors squared.",
     lambda alpha, eta, sigma, t: eta * sigma * (1 - alpha ** (2 * t)) / (1 - alpha**2)),
    ("squared the sum", "Variances of independent terms add; standard deviations do not.",
     lambda alpha, eta, sigma, t: eta**2 * sigma**2 * ((1 - alpha**t) / (1 - alpha)) ** 2),
    ("only two terms", "The sum of the squared weights has t terms, up to alpha^(2t - 2).",
     lambda alpha, eta, sigma: eta**2 * sigma**2 * (1 - alpha**2) / (1 - alpha)),
    ("the limit", "This is the limit for large t.",
     lambda alpha, eta, sigma: eta**2 * sigma**2 / (1 - alpha**2)),
)  # fmt: skip

UNIT = {"alpha": "unit", "eta": "positive", "sigma": "positive", "t": "positive integer"}


@family.part(Expression(symbols=UNIT), marks=3, levels=["hard"])
def formula():
    return letters.formula(momentum.velocity_variance)


formula.slips = in_letters(*WRONG)


@formula.witness
def _(point):
    path = enumerated(**point)
    return np.var(path[-1] - path[-2])


@family.part(Real(digits=3), marks=2)
def variance(alpha, eta, sigma, t):
    return momentum.velocity_variance(alpha, eta, sigma, t)


variance.slips = rows(*WRONG)
variance.witness(
    lambda alpha, eta, sigma, t: np.diff(enumerated(alpha, eta, sigma, t), axis=0)[-1].var()
)


@family.derive
def mean(alpha, eta, mu, t):
    """The expected velocity in every component."""
    return momentum.expected_velocity(alpha, eta, mu, t)


@family.part(Array(shape=(2, 2), digits=3), levels=["medium", "hard"])
def covariance(variance):
    return momentum.second_moment_matrix(variance, (0, 0))


covariance.slips = rows(
    ("correlated components", "Different components have independent noise.",
     lambda variance: [[variance] * 2] * 2),
    ("square root", "The diagonal holds variances, not standard deviations.",
     lambda covariance: sqrt(covariance)),
    ("kept the mean", "A covariance is taken about the mean.",
     lambda variance, mean: momentum.second_moment_matrix(variance, mean)),
)  # fmt: skip
covariance.witness(lambda velocity: np.cov(velocity, bias=True).round(12))


@family.part(Array(shape=(2, 2), digits=3), marks=2, levels=["hard"])
def second_moments(variance, mean):
    return momentum.second_moment_matrix(variance, mean)


second_moments.slips = rows(
    ("the covariance", "The mean of the velocity is not zero here.", lambda covariance: covariance),
    ("mean of the gradient", "Use the mean of the velocity, not of the gradient.",
     lambda variance, mu: momentum.second_moment_matrix(variance, mu)),
)  # fmt: skip
second_moments.witness(lambda velocity: velocity @ velocity.T / velocity.shape[1])


@family.part(Real(digits=3), levels=["medium", "hard"])
def limit(variance, alpha, t):
    """The factor 1 - alpha^(2t) goes to 1."""
    return variance / (1 - alpha ** (2 * t))


limit.slips = rows(
    ("alpha not squared", "A factor of a variance is squared, so the powers of alpha are, too.",
     lambda alpha, eta, sigma: eta**2 * sigma**2 / (1 - alpha)),
    ("squared the sum", "Variances of independent terms add; standard deviations do not.",
     lambda alpha, eta, sigma: (eta * sigma / (1 - alpha)) ** 2),
    ("the variance of one step", "The variances of all steps so far add up.",
     lambda eta, sigma: eta**2 * sigma**2),
    ("eta not squared", "A variance has the factors squared.",
     lambda limit, eta: limit / eta),
    ("sigma not squared", "A variance has the factors squared.",
     lambda limit, sigma: limit / sigma),
)  # fmt: skip


@limit.witness
def _(alpha, eta, sigma):
    velocities = np.diff(enumerated(alpha, eta, sigma, 3), axis=0)
    return engine.geometric_limit(velocities.var(axis=(1, 2)))


@family.part(Real(digits=3), marks=2, levels=["hard"])
def position_variance(alpha, eta, sigma, t):
    return momentum.position_variance(alpha, eta, sigma, t)


position_variance.slips = rows(
    ("velocities taken as independent",
     "The velocities share gradients: collect each gradient first.",
     lambda alpha, eta, sigma, t:
         sum(momentum.velocity_variance(alpha, eta, sigma, j) for j in range(1, t + 1))),
    ("last velocity only", "Every velocity so far has moved the parameter.",
     lambda variance: variance),
)  # fmt: skip
position_variance.witness(lambda alpha, eta, sigma, t: np.var(enumerated(alpha, eta, sigma, t)[-1]))


def enumerated(alpha, eta, sigma, t, mu=(0,)):
    """Paths for every outcome of two-valued noise, shape (t + 1, components, outcomes).

    In every outcome of one component the noise of the others takes all its values, so that sums of
    products over the outcomes are those of independent components.
    """
    signs = engine.sign_sequences(t * len(mu)).reshape(t, len(mu), -1)
    return engine.optimizer_path(
        lambda p: engine.SGD(p, lr=eta, momentum=alpha),
        np.reshape(mu, (-1, 1)) + sigma * signs,
    )


@family.working
def _(alpha, t):
    powers = Vector(alpha**k for k in range(t))
    weights = Vector(accumulate(powers))
    return {"squares": powers**2, "weights": weights, "weight_squares": weights**2}
