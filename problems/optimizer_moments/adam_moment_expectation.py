"""Expected moments of Adam and their bias.

Trap: correcting by the constant 1 - beta, or squaring the mean for the second moment.
Reference: Kingma and Ba (2015), section 3.
Source: S1-117, S1-118, S1-119, S1-76.
"""

from fractions import Fraction

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer, Real
from partialcredit.numbers.rationals import ceil, rational
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import adam, letters

family = Family(
    version=2,
    conventions=[
        r"$m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t$ with $m_0 = 0$; the first gradient is $g_1$",
        r"{% if level == 'hard' %}$v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2$ with $v_0 = 0$"
        "{% endif %}",
    ],
)


@family.sample
def sample(draw):
    return (
        {
            "beta_1": rational(draw.integer(25, 49), 50),
            "mu": rational(draw.nonzero(-99, 99), 10),
            "t": draw.by_level(draw.integer(2, 5), draw.integer(3, 6), draw.integer(3, 8)),
        }
        | draw.by_level({}, *[{"bias": draw.decimal("0.01", "0.02", "0.05", "0.1")}] * 2)
        | draw.by_level(
            {}, {}, {"beta_2": draw.decimal("0.95", "0.99", "0.999"), "sigma": draw.integer(1, 5)}
        )
    )


WRONG = (
    ("no bias", "The average starts at 0, so it is still too small after t steps.", lambda mu: mu),
    ("not scaled", "Every gradient enters with the factor 1 - beta_1.",
     lambda beta_1, mu, t: mu * (1 - beta_1**t) / (1 - beta_1)),
    ("denominator beta", "The geometric sum has the denominator 1 - beta_1, which cancels.",
     lambda beta_1, mu, t: mu * (1 - beta_1) * (1 - beta_1**t) / beta_1),
    ("the missing part", "This is the part that is still missing from the mean.",
     lambda beta_1, mu, t: mu * beta_1**t),
)  # fmt: skip


@family.part(
    Expression(symbols={"beta_1": "unit", "mu": "real", "t": "positive integer"}),
    marks=2,
    levels=["hard"],
)
def formula():
    return letters.formula(adam.expected_first_moment, beta=letters.symbols("beta_1"))


formula.slips = in_letters(*WRONG)
formula.witness(lambda point: enumerated(point["mu"], 1, point["t"], beta_1=point["beta_1"])[0])


@family.run
def mean_moment(beta_1, mu, t):
    return enumerated(mu, 2, t, beta_1)[0]


@family.part(Real(digits=3), marks=2)
def expected(beta_1, mu, t):
    return adam.expected_first_moment(beta_1, mu, t)


expected.slips = rows(*WRONG)
expected.witness(lambda mean_moment: mean_moment)


@family.part(Real(digits=3), levels=["medium", "hard"])
def factor(beta_1, t):
    return adam.corrected(1, beta_1, t)


factor.slips = rows(
    ("constant factor", "The bias fades with t: divide by 1 - beta_1^t.",
     lambda beta_1: 1 / (1 - beta_1)),
    ("inverted", "The moment is too small, so the factor is larger than 1.",
     lambda factor: 1 / factor),
    ("the wrong power", "The moment reaches the share 1 - beta_1^t of the mean.",
     lambda beta_1, t: 1 / beta_1**t),
    ("one step too few", "After t steps the share of the mean is 1 - beta_1^t.",
     lambda beta_1, t: 1 / (1 - beta_1 ** (t - 1))),
    ("one step too many", "After t steps the share of the mean is 1 - beta_1^t.",
     lambda beta_1, t: 1 / (1 - beta_1 ** (t + 1))),
)  # fmt: skip
factor.witness(lambda mu, mean_moment: mu / mean_moment)


@family.part(Integer(), marks=2, levels=["medium", "hard"])
def enough_steps(beta_1, bias):
    return adam.steps_until_unbiased(beta_1, bias)


enough_steps.slips = rows(
    ("rounded down", "After so many steps the bias is still too large: round up.",
     lambda enough_steps: enough_steps - 1, Fraction(1, 2)),
    ("the time constant", "1 / (1 - beta_1) steps leave a bias of about 1 / e.",
     lambda beta_1: ceil(1 / (1 - beta_1))),
    ("reached the share", "The bias has to fall below the bound, not the moment.",
     lambda beta_1, bias: adam.steps_until_unbiased(beta_1, 1 - bias)),
    ("one step too many", "One step less is enough already.",
     lambda enough_steps: enough_steps + 1),
)  # fmt: skip


@enough_steps.witness
def _(beta_1, bias):
    average, t = 0.0, 0
    while not 1 - average < bias:
        average, t = beta_1 * average + (1 - beta_1), t + 1
    return t


WRONG_SECOND = (
    ("squared the mean", "The mean of the square is mu^2 + sigma^2.",
     lambda beta_2, mu, t: mu**2 * (1 - beta_2**t)),
    ("the variance only", "The second moment is not taken about the mean.",
     lambda beta_2, sigma, t: sigma**2 * (1 - beta_2**t)),
    ("no bias", "This average starts at 0, too.", lambda mu, sigma: mu**2 + sigma**2),
)  # fmt: skip


@family.part(
    Expression(
        symbols={"beta_2": "unit", "mu": "real", "sigma": "positive", "t": "positive integer"}
    ),
    marks=2,
    levels=["hard"],
)
def second_formula():
    return letters.formula(adam.expected_second_moment, beta=letters.symbols("beta_2"))


second_formula.slips = in_letters(*WRONG_SECOND)
second_formula.witness(
    lambda point: enumerated(point["mu"], point["sigma"], point["t"], beta_2=point["beta_2"])[1]
)


@family.part(Real(digits=3), levels=["hard"])
def expected_second(beta_2, mu, sigma, t):
    return adam.expected_second_moment(beta_2, mu, sigma, t)


expected_second.slips = rows(*WRONG_SECOND)
expected_second.witness(lambda beta_2, mu, sigma, t: enumerated(mu, sigma, t, beta_2=beta_2)[1])


def enumerated(mu, sigma, t, beta_1=0.5, beta_2=0.5):
    """E[m_t] and E[v_t], by running every outcome of two-valued gradient noise."""
    made = []

    def optimizer(parameters):
        made.append(engine.Adam(parameters, betas=(beta_1, beta_2), eps=1.0))
        return made[0]

    engine.optimizer_path(optimizer, mu + sigma * engine.sign_sequences(t))
    return [moment.mean() for moment in made[0].moments(made[0].params[0])]
