"""Variance of Adam's first moment.

Trap: squaring sigma but not beta, leaving 1 - beta unsquared, giving the mean or the limit.
Reference: Kingma and Ba (2015), section 3.
Source: S1-119.
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.grading import Expression, Real
from partialcredit.solvers import adam, letters

family = Family(
    conventions=[
        r"$m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t$ with $m_0 = 0$; the first gradient is $g_1$"
    ]
)


@family.sample
def sample(draw):
    return {
        # A smaller beta_1 would reach the limit within the digits asked for.
        "beta_1": Fraction(draw.integer(draw.by_level(25, 35, 35), 49), 50),
        "mu": Fraction(draw.nonzero(-99, 99), 10),
        "sigma": Fraction(draw.integer(3, 40), 2),
        "t": draw.by_level(draw.integer(2, 3), draw.integer(3, 6), draw.integer(3, 8)),
    }


UNIT = {"beta_1": "unit", "sigma": "positive", "t": "positive integer"}


@family.part(Expression(symbols=UNIT), marks=3, levels=["hard"])
def formula():
    return letters.formula(adam.first_moment_variance, beta=letters.symbols("beta_1"))


@family.part(Real(digits=4), marks=2)
def variance(beta_1, sigma, t):
    return adam.first_moment_variance(beta_1, sigma, t)


@family.part(Real(digits=4), levels=["medium", "hard"])
def limit(beta_1, sigma):
    return adam.first_moment_variance_limit(beta_1, sigma)


@family.part(Real(digits=4), marks=2, levels=["medium", "hard"])
def corrected(variance, beta_1, t):
    return adam.corrected(adam.corrected(variance, beta_1, t), beta_1, t)


@family.part(Expression(symbols=UNIT), marks=2, levels=["hard"])
def corrected_formula():
    return letters.formula(adam.corrected_moment_variance, beta=letters.symbols("beta_1"))


@family.part(Real(digits=4), levels=["hard"])
def sample_size(beta_1):
    return adam.effective_sample(beta_1)


@variance.mistake("beta not squared", "The weights are squared, so the powers of beta are, too.")
def beta_plain(beta_1, sigma, t):
    return sigma**2 * (1 - beta_1) * (1 - beta_1**t) / (1 + beta_1)


@variance.mistake("scale not squared", "Every gradient enters with 1 - beta, which is squared.")
def scale_plain(beta_1, sigma, t):
    return sigma**2 * (1 - beta_1 ** (2 * t)) / (1 + beta_1)


@variance.mistake("not scaled", "Every gradient enters with the factor 1 - beta.")
def unscaled(beta_1, sigma, t):
    return sigma**2 * (1 - beta_1 ** (2 * t)) / (1 - beta_1**2)


@variance.mistake("squared the sum", "Variances of independent terms add: square each weight.")
def sum_squared(beta_1, sigma, t):
    return sigma**2 * (1 - beta_1**t) ** 2


@variance.mistake("the mean", "This is a mean; the variance does not depend on it.")
def _(mu):
    return abs(mu)


@variance.mistake("sigma not squared", "A variance has the standard deviation squared.")
def sigma_plain(beta_1, sigma, t):
    return sigma * (1 - beta_1) * (1 - beta_1 ** (2 * t)) / (1 + beta_1)


@variance.mistake(
    "share of the mean", "The mean has reached the share 1 - beta^t, not the variance."
)
def share_of_mean(beta_1, sigma, t):
    return sigma**2 * (1 - beta_1**t)


@variance.mistake("the variance of one gradient", "Averaging makes the noise smaller.")
def _(sigma):
    return sigma**2


@variance.mistake("the limit", "This is the limit for large t.")
def _(beta_1, sigma):
    return adam.first_moment_variance_limit(beta_1, sigma)


@formula.mistake("beta not squared", "The weights are squared, so the powers of beta are, too.")
def _():
    return letters.formula(beta_plain)


@formula.mistake("scale not squared", "Every gradient enters with 1 - beta, which is squared.")
def _():
    return letters.formula(scale_plain)


@formula.mistake("squared the sum", "Variances of independent terms add: square each weight.")
def _():
    return letters.formula(sum_squared)


@formula.mistake(
    "share of the mean", "The mean has reached the share 1 - beta^t, not the variance."
)
def _():
    return letters.formula(share_of_mean)


@limit.mistake("the variance of one gradient", "Averaging makes the noise smaller.")
def _(sigma):
    return sigma**2


@limit.mistake("scale not squared", "Every gradient enters with 1 - beta, which is squared.")
def _(beta_1, sigma):
    return sigma**2 / (1 + beta_1)


@limit.mistake("squared the sum", "The weights are squared before they are added.")
def _(beta_1, sigma):
    return sigma**2 * (1 - beta_1) ** 2 / (1 - beta_1)


@corrected.mistake("correction not squared", "A factor of a variance is squared.")
def corrected_once(beta_1, sigma, t):
    return adam.first_moment_variance(beta_1, sigma, t) / (1 - beta_1**t)


@corrected.mistake("not corrected", "Divide m by 1 - beta^t before taking the variance.")
def _(variance):
    return variance


@corrected.mistake("constant correction", "The correction is 1 - beta^t, not 1 - beta.")
def _(beta_1, variance):
    return variance / (1 - beta_1) ** 2


@corrected_formula.mistake("correction not squared", "A factor of a variance is squared.")
def _():
    return letters.formula(corrected_once)


@corrected_formula.mistake("not corrected", "Divide m by 1 - beta^t before taking the variance.")
def _():
    return letters.formula(adam.first_moment_variance, beta=letters.symbols("beta_1"))


@corrected_formula.mistake("constant correction", "The correction is 1 - beta^t, not 1 - beta.")
def _():
    return letters.formula(constant_correction)


def constant_correction(beta_1, sigma, t):
    return adam.first_moment_variance(beta_1, sigma, t) / (1 - beta_1) ** 2


@sample_size.mistake("sum of the powers", "This is the length of the memory, not of the sample.")
def _(beta_1):
    return 1 / (1 - beta_1)


@sample_size.mistake("inverted", "A mean of n gradients has the n-th part of their variance.")
def _(sample_size):
    return 1 / sample_size


@sample_size.mistake("not squared", "Compare the variances, with squared weights.")
def _(beta_1):
    return 1 / (1 - beta_1) ** 2


@lru_cache(maxsize=8)
def enumerated(beta_1, sigma, t):
    """m_t for every outcome of two-valued gradient noise, by the engine."""
    made = []

    def optimizer(parameters):
        made.append(engine.Adam(parameters, betas=(float(beta_1), 0.5), eps=1.0))
        return made[0]

    engine.optimizer_path(optimizer, float(sigma) * engine.sign_sequences(t))
    return made[0].moments(made[0].params[0])[0]


def unbiased(beta_1, sigma, t):
    """Means of the outcomes with weights that fade into the past and sum to 1."""
    weights = float(beta_1) ** np.arange(t)[::-1]
    return np.average(float(sigma) * engine.sign_sequences(t), axis=0, weights=weights)


def long_run(beta_1, sigma):
    return engine.geometric_limit([enumerated(beta_1, sigma, t).var() for t in (1, 2, 3)])


@formula.witness
def _(point):
    return enumerated(**point).var()


@variance.witness
def _(beta_1, mu, sigma, t):
    return (float(mu) + enumerated(beta_1, sigma, t)).var()


@limit.witness
def _(beta_1, sigma):
    return long_run(beta_1, sigma)


@corrected.witness
def _(beta_1, sigma, t):
    return unbiased(beta_1, sigma, t).var()


@corrected_formula.witness
def _(point):
    return unbiased(**point).var()


@sample_size.witness
def _(beta_1):
    """Plain means of one and of two gradients give the variance of any number of them."""
    of_one, of_two = (engine.sign_sequences(n).mean(axis=0).var() for n in (1, 2))
    return of_one / long_run(beta_1, 1) * (of_one / of_two / 2)


@family.working
def _(beta_1, t):
    weights = tuple((1 - beta_1) * beta_1**k for k in range(t))
    return {"squares": tuple(w**2 for w in weights)}
