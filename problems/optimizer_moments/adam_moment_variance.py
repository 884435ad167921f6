"""Variance of Adam's first moment.

Trap: squaring sigma but not beta, leaving 1 - beta unsquared, giving the mean or the limit.
Reference: Kingma and Ba (2015), section 3.
Source: S1-119.
"""

from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Real
from partialcredit.numbers.rationals import rational
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
        "beta_1": rational(draw.integer(draw.by_level(25, 35, 35), 49), 50),
        "mu": rational(draw.nonzero(-99, 99), 10),
        "sigma": rational(draw.integer(3, 40), 2),
        "t": draw.by_level(draw.integer(2, 3), draw.integer(3, 6), draw.integer(3, 8)),
    }


UNIT = {"beta_1": "unit", "sigma": "positive", "t": "positive integer"}


@family.part(Expression(symbols=UNIT), marks=3, levels=["hard"])
def formula():
    return letters.formula(adam.first_moment_variance, beta=letters.symbols("beta_1"))


formula.slips = rows(
    ("beta not squared", "The weights are squared, so the powers of beta are, too.",
     lambda: letters.formula(beta_plain)),
    ("scale not squared", "Every gradient enters with 1 - beta, which is squared.",
     lambda: letters.formula(scale_plain)),
    ("squared the sum", "Variances of independent terms add: square each weight.",
     lambda: letters.formula(sum_squared)),
    ("share of the mean", "The mean has reached the share 1 - beta^t, not the variance.",
     lambda: letters.formula(share_of_mean)),
)  # fmt: skip

formula.witness(lambda point: enumerated(**point).var())


@family.part(Real(digits=4), marks=2)
def variance(beta_1, sigma, t):
    return adam.first_moment_variance(beta_1, sigma, t)


def beta_plain(beta_1, sigma, t):
    return sigma**2 * (1 - beta_1) * (1 - beta_1**t) / (1 + beta_1)


def scale_plain(beta_1, sigma, t):
    return sigma**2 * (1 - beta_1 ** (2 * t)) / (1 + beta_1)


def unscaled(beta_1, sigma, t):
    return sigma**2 * (1 - beta_1 ** (2 * t)) / (1 - beta_1**2)


def sum_squared(beta_1, sigma, t):
    return sigma**2 * (1 - beta_1**t) ** 2


def sigma_plain(beta_1, sigma, t):
    return sigma * (1 - beta_1) * (1 - beta_1 ** (2 * t)) / (1 + beta_1)


def share_of_mean(beta_1, sigma, t):
    return sigma**2 * (1 - beta_1**t)


variance.slips = rows(
    ("beta not squared", "The weights are squared, so the powers of beta are, too.", beta_plain),
    ("scale not squared", "Every gradient enters with 1 - beta, which is squared.", scale_plain),
    ("not scaled", "Every gradient enters with the factor 1 - beta.", unscaled),
    ("squared the sum", "Variances of independent terms add: square each weight.", sum_squared),
    ("the mean", "This is a mean; the variance does not depend on it.", lambda mu: abs(mu)),
    ("sigma not squared", "A variance has the standard deviation squared.", sigma_plain),
    ("share of the mean", "The mean has reached the share 1 - beta^t, not the variance.",
     share_of_mean),
    ("the variance of one gradient", "Averaging makes the noise smaller.", lambda sigma: sigma**2),
    ("the limit", "This is the limit for large t.",
     lambda beta_1, sigma: adam.first_moment_variance_limit(beta_1, sigma)),
)  # fmt: skip

variance.witness(lambda beta_1, mu, sigma, t: (float(mu) + enumerated(beta_1, sigma, t)).var())


@family.part(Real(digits=4), levels=["medium", "hard"])
def limit(beta_1, sigma):
    return adam.first_moment_variance_limit(beta_1, sigma)


limit.slips = rows(
    ("the variance of one gradient", "Averaging makes the noise smaller.", lambda sigma: sigma**2),
    ("scale not squared", "Every gradient enters with 1 - beta, which is squared.",
     lambda beta_1, sigma: sigma**2 / (1 + beta_1)),
    ("squared the sum", "The weights are squared before they are added.",
     lambda beta_1, sigma: sigma**2 * (1 - beta_1) ** 2 / (1 - beta_1)),
)  # fmt: skip

limit.witness(lambda beta_1, sigma: long_run(beta_1, sigma))


@family.part(Real(digits=4), marks=2, levels=["medium", "hard"])
def corrected(variance, beta_1, t):
    return adam.corrected(adam.corrected(variance, beta_1, t), beta_1, t)


def corrected_once(beta_1, sigma, t):
    return adam.first_moment_variance(beta_1, sigma, t) / (1 - beta_1**t)


corrected.slips = rows(
    ("correction not squared", "A factor of a variance is squared.", corrected_once),
    ("not corrected", "Divide m by 1 - beta^t before taking the variance.",
     lambda variance: variance),
    ("constant correction", "The correction is 1 - beta^t, not 1 - beta.",
     lambda beta_1, variance: variance / (1 - beta_1) ** 2),
)  # fmt: skip

corrected.witness(lambda beta_1, sigma, t: unbiased(beta_1, sigma, t).var())


@family.part(Expression(symbols=UNIT), marks=2, levels=["hard"])
def corrected_formula():
    return letters.formula(adam.corrected_moment_variance, beta=letters.symbols("beta_1"))


corrected_formula.slips = rows(
    ("correction not squared", "A factor of a variance is squared.",
     lambda: letters.formula(corrected_once)),
    ("not corrected", "Divide m by 1 - beta^t before taking the variance.",
     lambda: letters.formula(adam.first_moment_variance, beta=letters.symbols("beta_1"))),
    ("constant correction", "The correction is 1 - beta^t, not 1 - beta.",
     lambda: letters.formula(constant_correction)),
)  # fmt: skip

corrected_formula.witness(lambda point: unbiased(**point).var())


@family.part(Real(digits=4), levels=["hard"])
def sample_size(beta_1):
    return adam.effective_sample(beta_1)


sample_size.slips = rows(
    ("sum of the powers", "This is the length of the memory, not of the sample.",
     lambda beta_1: 1 / (1 - beta_1)),
    ("inverted", "A mean of n gradients has the n-th part of their variance.",
     lambda sample_size: 1 / sample_size),
    ("not squared", "Compare the variances, with squared weights.",
     lambda beta_1: 1 / (1 - beta_1) ** 2),
)  # fmt: skip


@sample_size.witness
def _(beta_1):
    """Plain means of one and of two gradients give the variance of any number of them."""
    of_one, of_two = (engine.sign_sequences(n).mean(axis=0).var() for n in (1, 2))
    return of_one / long_run(beta_1, 1) * (of_one / of_two / 2)


def constant_correction(beta_1, sigma, t):
    return adam.first_moment_variance(beta_1, sigma, t) / (1 - beta_1) ** 2


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


@family.working
def _(beta_1, t):
    weights = tuple((1 - beta_1) * beta_1**k for k in range(t))
    return {"squares": tuple(w**2 for w in weights)}
