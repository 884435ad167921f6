"""Variance of Adam's first moment.

Trap: squaring sigma but not beta, leaving 1 - beta unsquared, giving the mean or the limit.
Reference: Kingma and Ba (2015), section 3.
Source: S1-119.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import adam, letters

family = Family(
    version=3,
    conventions=[
        r"$m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t$ with $m_0 = 0$; the first gradient is $g_1$"
    ],
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


@family.condition
def _(sigma, variance):
    """The deviation in the text is no answer."""
    return abs(variance - sigma) * 100 > sigma


UNIT = {"beta_1": "unit", "sigma": "positive", "t": "positive integer"}


@family.run
def outcomes(beta_1, sigma, t):
    return enumerated(beta_1, sigma, t)


BETA_PLAIN = (
    "beta not squared", "The weights are squared, so the powers of beta are, too.",
    lambda beta_1, sigma, t: sigma**2 * (1 - beta_1) * (1 - beta_1**t) / (1 + beta_1),
)  # fmt: skip
SCALE_PLAIN = (
    "scale not squared", "Every gradient enters with 1 - beta, which is squared.",
    lambda beta_1, sigma, t: sigma**2 * (1 - beta_1 ** (2 * t)) / (1 + beta_1),
)  # fmt: skip
SUM_SQUARED = (
    "squared the sum", "Variances of independent terms add: square each weight.",
    lambda beta_1, sigma, t: sigma**2 * (1 - beta_1**t) ** 2,
)  # fmt: skip
SHARE = (
    "share of the mean", "The mean has reached the share 1 - beta^t, not the variance.",
    lambda beta_1, sigma, t: sigma**2 * (1 - beta_1**t),
)  # fmt: skip


@family.part(Expression(symbols=UNIT), marks=3, levels=["hard"])
def formula():
    return letters.formula(adam.first_moment_variance, beta=letters.symbols("beta_1"))


formula.slips = in_letters(BETA_PLAIN, SCALE_PLAIN, SUM_SQUARED, SHARE)
formula.witness(lambda point: enumerated(**point).var())


@family.part(Real(digits=3), marks=2)
def variance(beta_1, sigma, t):
    return adam.first_moment_variance(beta_1, sigma, t)


variance.slips = rows(
    BETA_PLAIN,
    SCALE_PLAIN,
    ("not scaled", "Every gradient enters with the factor 1 - beta.",
     lambda beta_1, sigma, t: sigma**2 * (1 - beta_1 ** (2 * t)) / (1 - beta_1**2)),
    SUM_SQUARED,
    ("the mean", "This is a mean; the variance does not depend on it.", lambda mu: abs(mu)),
    ("sigma not squared", "A variance has the standard deviation squared.",
     lambda sigma, variance: variance / sigma),
    SHARE,
    ("the variance of one gradient", "Averaging makes the noise smaller.", lambda sigma: sigma**2),
    ("the limit", "This is the limit for large t.",
     lambda variance, beta_1, t: adam.corrected(variance, beta_1, 2 * t)),
    ("powers only", "Every gradient enters with 1 - beta, and the squares are summed.",
     lambda beta_1, sigma, t: sigma**2 * (1 - beta_1 ** (2 * t))),
)  # fmt: skip
variance.witness(lambda mu, outcomes: (mu + outcomes).var())


@family.part(Real(digits=3), levels=["medium", "hard"])
def limit(variance, beta_1, t):
    """The factor 1 - beta_1^(2t), which goes to 1, is divided away."""
    return adam.corrected(variance, beta_1, 2 * t)


limit.slips = rows(
    ("the variance of one gradient", "Averaging makes the noise smaller.", lambda sigma: sigma**2),
    ("scale not squared", "Every gradient enters with 1 - beta, which is squared.",
     lambda beta_1, sigma: sigma**2 / (1 + beta_1)),
    ("squared the sum", "Variances of independent terms add: square each weight.",
     lambda beta_1, sigma: sigma**2 * (1 - beta_1) ** 2 / (1 - beta_1)),
)  # fmt: skip
limit.witness(lambda beta_1, sigma: long_run(beta_1, sigma))


@family.part(Real(digits=3), marks=2, levels=["medium", "hard"])
def corrected(variance, beta_1, t):
    return adam.corrected(adam.corrected(variance, beta_1, t), beta_1, t)


corrected.slips = rows(
    ("correction not squared", "A factor of a variance is squared.",
     lambda variance, beta_1, t: variance / (1 - beta_1**t)),
    ("not corrected", "Divide m by 1 - beta^t before taking the variance.",
     lambda variance: variance),
    ("constant correction", "The correction is 1 - beta^t, not 1 - beta.",
     lambda beta_1, variance: variance / (1 - beta_1) ** 2),
    ("multiplied", "The moment is divided by 1 - beta^t.",
     lambda variance, beta_1, t: variance * (1 - beta_1**t) ** 2),
)  # fmt: skip
corrected.witness(lambda beta_1, sigma, t: unbiased(beta_1, sigma, t).var())


@family.part(Expression(symbols=UNIT), marks=2, levels=["hard"])
def corrected_formula():
    return letters.formula(adam.corrected_moment_variance, beta=letters.symbols("beta_1"))


corrected_formula.slips = rows(
    ("correction not squared", "A factor of a variance is squared.",
     lambda formula: formula / letters.formula(lambda beta_1, t: 1 - beta_1**t)),
    ("not corrected", "Divide m by 1 - beta^t before taking the variance.",
     lambda formula: formula),
    ("constant correction", "The correction is 1 - beta^t, not 1 - beta.",
     lambda formula: formula / (1 - letters.symbols("beta_1")) ** 2),
)  # fmt: skip
corrected_formula.witness(lambda point: unbiased(**point).var())


@family.part(Real(digits=3), levels=["hard"])
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


def enumerated(beta_1, sigma, t):
    """m_t for every outcome of two-valued gradient noise, by the engine."""
    made = []

    def optimizer(parameters):
        made.append(engine.Adam(parameters, betas=(beta_1, 0.5), eps=1.0))
        return made[0]

    engine.optimizer_path(optimizer, sigma * engine.sign_sequences(t))
    return made[0].moments(made[0].params[0])[0]


def unbiased(beta_1, sigma, t):
    """Means of the outcomes with weights that fade into the past and sum to 1."""
    weights = beta_1 ** np.arange(t)[::-1]
    return np.average(sigma * engine.sign_sequences(t), axis=0, weights=weights)


def long_run(beta_1, sigma):
    return engine.geometric_limit([enumerated(beta_1, sigma, t).var() for t in (1, 2, 3)])


@family.working
def _(beta_1, t):
    return {"squares": [((1 - beta_1) * beta_1**k) ** 2 for k in range(t)]}
