"""Variance and covariance of the velocity under momentum.

Trap: squaring epsilon and sigma but not alpha, or keeping the mean in the covariance.
Reference: Sutskever et al. (2013), equations 1 and 2.
Source: S1-116.
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.solvers import letters, momentum

family = Family(
    conventions=[
        r"$v_0 = 0$, $v_t = \alpha v_{t-1} - \varepsilon g_t$ and "
        r"$\theta_t = \theta_{t-1} + v_t$; the first gradient is $g_1$, and $\theta_0$ is fixed"
    ]
)


@family.sample
def sample(draw):
    return {
        # A smaller alpha would reach the limit within the digits asked for.
        "alpha": Fraction(draw.integer(draw.by_level(6, 10, 10), 19), 20),
        "epsilon": Fraction(draw.integer(1, 12), draw.choice([20, 50, 100])),
        "sigma": Fraction(draw.integer(3, 40), 2),
        "mu": draw.by_level(0, (0, 0), (draw.nonzero(-4, 4), draw.nonzero(-4, 4))),
        "t": draw.by_level(draw.integer(2, 3), draw.integer(3, 5), draw.integer(2, 4)),
    }


@lru_cache(maxsize=4)
def enumerated(alpha, epsilon, sigma, t, mu=(0,)):
    """Paths for every outcome of two-valued noise, shape (t + 1, components, outcomes).

    In every outcome of one component the noise of the others takes all its values, so that sums of
    products over the outcomes are those of independent components.
    """
    signs = engine.sign_sequences(t * len(mu)).reshape(t, len(mu), -1)
    return engine.optimizer_path(
        lambda p: engine.SGD(p, lr=float(epsilon), momentum=float(alpha)),
        np.reshape(mu, (-1, 1)) + float(sigma) * signs,
    )


@family.part(
    Expression(
        symbols={
            "alpha": "unit",
            "epsilon": "positive",
            "sigma": "positive",
            "t": "positive integer",
        }
    ),
    marks=3,
    levels=["hard"],
)
def formula():
    return letters.formula(momentum.velocity_variance)


@formula.witness
def _(point):
    path = enumerated(**point)
    return np.var(path[-1] - path[-2])


@family.part(Real(digits=4), marks=2)
def variance(alpha, epsilon, sigma, t):
    return momentum.velocity_variance(alpha, epsilon, sigma, t)


@variance.witness
def _(alpha, epsilon, sigma, t):
    path = enumerated(alpha, epsilon, sigma, t)
    return np.var(path[-1] - path[-2])


@variance.mistake(
    "alpha not squared", "A factor of a variance is squared, so the powers of alpha are, too."
)
def alpha_plain(alpha, epsilon, sigma, t):
    return epsilon**2 * sigma**2 * (1 - alpha**t) / (1 - alpha)


@variance.mistake("epsilon and sigma not squared", "A variance has the factors squared.")
def factors_plain(alpha, epsilon, sigma, t):
    return epsilon * sigma * (1 - alpha ** (2 * t)) / (1 - alpha**2)


@variance.mistake(
    "squared the sum", "Variances of independent terms add; standard deviations do not."
)
def sum_squared(alpha, epsilon, sigma, t):
    return epsilon**2 * sigma**2 * ((1 - alpha**t) / (1 - alpha)) ** 2


@variance.mistake(
    "only two terms", "The sum of the squared weights has t terms, up to alpha^(2t - 2)."
)
def two_terms(alpha, epsilon, sigma):
    return epsilon**2 * sigma**2 * (1 - alpha**2) / (1 - alpha)


@variance.mistake("the limit", "This is the limit for large t.")
def limit_instead(alpha, epsilon, sigma):
    return momentum.velocity_variance_limit(alpha, epsilon, sigma)


@formula.mistake(
    "alpha not squared", "A factor of a variance is squared, so the powers of alpha are, too."
)
def _():
    return letters.formula(alpha_plain)


@formula.mistake("epsilon and sigma not squared", "A variance has the factors squared.")
def _():
    return letters.formula(factors_plain)


@formula.mistake(
    "squared the sum", "Variances of independent terms add; standard deviations do not."
)
def _():
    return letters.formula(sum_squared)


@formula.mistake(
    "only two terms", "The sum of the squared weights has t terms, up to alpha^(2t - 2)."
)
def _():
    return letters.formula(two_terms)


@formula.mistake("the limit", "This is the limit for large t.")
def _():
    return letters.formula(limit_instead)


@family.part(Array(shape=(2, 2), digits=4), levels=["medium", "hard"])
def covariance(variance):
    return momentum.second_moment_matrix(variance, (0, 0))


@covariance.witness
def _(alpha, epsilon, sigma, t, mu):
    path = enumerated(alpha, epsilon, sigma, t, mu)
    return np.cov(path[-1] - path[-2], bias=True).round(12)


@covariance.mistake("correlated components", "Different components have independent noise.")
def _(variance):
    return ((variance, variance), (variance, variance))


@covariance.mistake("square root", "The diagonal holds variances, not standard deviations.")
def _(variance):
    root = sqrt(variance)
    return ((root, 0), (0, root))


@covariance.mistake("kept the mean", "A covariance is taken about the mean.")
def _(alpha, epsilon, mu, t, variance):
    mean = [momentum.expected_velocity(alpha, epsilon, m, t) for m in mu]
    return momentum.second_moment_matrix(variance, mean)


@family.part(Array(shape=(2, 2), digits=4), marks=2, levels=["hard"])
def second_moments(alpha, epsilon, mu, t, variance):
    mean = [momentum.expected_velocity(alpha, epsilon, m, t) for m in mu]
    return momentum.second_moment_matrix(variance, mean)


@second_moments.witness
def _(alpha, epsilon, sigma, t, mu):
    path = enumerated(alpha, epsilon, sigma, t, mu)
    v = path[-1] - path[-2]
    return v @ v.T / v.shape[1]


@second_moments.mistake("the covariance", "The mean of the velocity is not zero here.")
def _(covariance):
    return covariance


@second_moments.mistake(
    "mean of the gradient", "Use the mean of the velocity, not of the gradient."
)
def _(variance, mu):
    return momentum.second_moment_matrix(variance, mu)


@family.part(Real(digits=4), levels=["medium", "hard"])
def limit(alpha, epsilon, sigma):
    return momentum.velocity_variance_limit(alpha, epsilon, sigma)


@limit.witness
def _(alpha, epsilon, sigma):
    velocities = np.diff(enumerated(alpha, epsilon, sigma, 3), axis=0)
    return engine.geometric_limit(velocities.var(axis=(1, 2)))


@limit.mistake("alpha not squared", "The weights are squared, so the ratio is alpha^2.")
def _(alpha, epsilon, sigma):
    return epsilon**2 * sigma**2 / (1 - alpha)


@limit.mistake("squared the sum", "Add the squares of the weights, not the weights.")
def _(alpha, epsilon, sigma):
    return (epsilon * sigma / (1 - alpha)) ** 2


@family.part(Real(digits=4), marks=2, levels=["hard"])
def position_variance(alpha, epsilon, sigma, t):
    return momentum.position_variance(alpha, epsilon, sigma, t)


@position_variance.witness
def _(alpha, epsilon, sigma, t):
    return np.var(enumerated(alpha, epsilon, sigma, t)[-1])


@position_variance.mistake(
    "velocities taken as independent",
    "The velocities share gradients: collect each gradient first.",
)
def _(alpha, epsilon, sigma, t):
    return sum(momentum.velocity_variance(alpha, epsilon, sigma, j) for j in range(1, t + 1))


@position_variance.mistake("last velocity only", "Every velocity so far has moved the parameter.")
def _(variance):
    return variance


@family.working
def _(alpha, epsilon, mu, t):
    powers = [alpha**k for k in range(t)]
    weights = tuple(sum(powers[: k + 1]) for k in range(t))
    means = mu if isinstance(mu, tuple) else (mu,)
    return {
        "mean": tuple(momentum.expected_velocity(alpha, epsilon, m, t) for m in means),
        "squares": tuple(p**2 for p in powers),
        "weights": weights,
        "weight_squares": tuple(w**2 for w in weights),
    }
