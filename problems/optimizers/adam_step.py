"""Steps of Adam.

Trap: correcting the bias by 1 - beta at every step, or leaving out the root.
Reference: Kingma and Ba (2015), Algorithm 1.
Source: S0-91, S1-74, S1-75, S1-76, S2-11.
"""

from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import adam, letters

family = Family(
    conventions=[
        r"$m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t$ and "
        r"$v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2$ with $m_0 = v_0 = 0$",
        "squares, roots and quotients are taken in each component",
        r"the step is $\Delta\theta_t = -\varepsilon \hat{m}_t / (\sqrt{\hat{v}_t} + \nu)$ with "
        r"the bias-corrected moments $\hat{m}_t$ and $\hat{v}_t$; the first gradient is $g_1$",
    ]
)


@family.sample
def sample(draw):
    beta_1, beta_2 = draw.choice(
        [("0.9", "0.999"), ("0.8", "0.99"), ("0.9", "0.99"), ("0.8", "0.9"), ("0.5", "0.9")]
    )
    t = draw.by_level(1, 2, 3)
    columns = [draw.integers(t, 1, 9, distinct=True) for _ in range(2)]
    signs = [draw.integers(t, 0, 1) for _ in range(2)]
    signed = [
        [-g if s else g for g, s in zip(*pair, strict=True)]
        for pair in zip(columns, signs, strict=True)
    ]
    return {
        "g": tuple(zip(*signed, strict=True)),
        "theta_0": draw.by_level(
            draw.integers(2, -2, 2), draw.integers(2, -2, 2), draw.integers(2, -3, 3)
        ),
        "epsilon": draw.decimal("0.01", "0.05", "0.1", "0.2", "0.5"),
        "beta_1": rational(beta_1),
        "beta_2": rational(beta_2),
        "nu": draw.by_level(0, 0, draw.decimal("0.1", "0.25", "0.5", "1")),
    }


@family.condition
def _(g):
    return all(sum(column) for column in zip(*g, strict=True))


def by_component(function, *rows):
    return tuple(function(*column) for column in zip(*rows, strict=True))


def averages(g, beta, power=1):
    return tuple(adam.moving_average([x**power for x in xs], beta) for xs in zip(*g, strict=True))


pair = Array(shape=(2,), digits=4)


@family.part(pair)
def first_moment(g, beta_1):
    return averages(g, beta_1)


first_moment.slips = rows(
    ("betas swapped", "The first moment uses beta_1, the second beta_2.",
     lambda g, beta_2: averages(g, beta_2)),
    ("gradient not scaled", "The new gradient enters with the factor 1 - beta_1.",
     lambda first_moment, beta_1: tuple(m / (1 - beta_1) for m in first_moment)),
)  # fmt: skip

first_moment.witness(
    lambda g, theta_0, epsilon, beta_1, beta_2, nu: run(g, theta_0, epsilon, beta_1, beta_2, nu)[1][
        0
    ]
)


@family.part(pair)
def second_moment(g, beta_2):
    return averages(g, beta_2, 2)


second_moment.slips = rows(
    ("betas swapped", "The first moment uses beta_1, the second beta_2.",
     lambda g, beta_1: averages(g, beta_1, 2)),
    ("not squared", "The second moment averages the squares of the gradients.",
     lambda g, beta_2: averages(g, beta_2)),
    ("square of the first moment", "Square each gradient before averaging.",
     lambda first_moment: tuple(m**2 for m in first_moment)),
)  # fmt: skip

second_moment.witness(
    lambda g, theta_0, epsilon, beta_1, beta_2, nu: run(g, theta_0, epsilon, beta_1, beta_2, nu)[1][
        1
    ]
)


@family.part(pair)
def first_corrected(first_moment, g, beta_1):
    return tuple(adam.corrected(m, beta_1, len(g)) for m in first_moment)


first_corrected.slips = rows(
    ("constant correction", "The correction fades: divide by 1 - beta_1^t, not by 1 - beta_1.",
     lambda first_moment, beta_1: tuple(m / (1 - beta_1) for m in first_moment)),
    ("multiplied", "The moment is too small, so divide by 1 - beta_1^t.",
     lambda first_moment, g, beta_1: tuple(m * (1 - beta_1 ** len(g)) for m in first_moment)),
)  # fmt: skip

first_corrected.witness(lambda g, beta_1: weighted_mean(g, beta_1))


@family.part(pair)
def second_corrected(second_moment, g, beta_2):
    return tuple(adam.corrected(v, beta_2, len(g)) for v in second_moment)


second_corrected.slips = rows(
    ("constant correction", "The correction fades: divide by 1 - beta_2^t, not by 1 - beta_2.",
     lambda second_moment, beta_2: tuple(v / (1 - beta_2) for v in second_moment)),
    ("beta_1 used",
     "The second moment is corrected with its own beta_2.",
     lambda second_moment, g, beta_1: tuple(adam.corrected(v, beta_1, len(g)) for v in second_moment)),
)  # fmt: skip

second_corrected.witness(lambda g, beta_2: weighted_mean(np.square(g), beta_2))


@family.part(pair, marks=2)
def step(first_corrected, second_corrected, epsilon, nu):
    return by_component(
        lambda m, v: adam.update(m, v, epsilon, nu), first_corrected, second_corrected
    )


step.slips = rows(
    ("no bias correction",
     "Use the corrected moments.",
     lambda first_moment, second_moment, epsilon, nu: by_component(lambda m, v: adam.update(m, v, epsilon, nu), first_moment, second_moment)),
    ("no root",
     "Divide by the root of the second moment.",
     lambda first_corrected, second_corrected, epsilon, nu: by_component(lambda m, v: -epsilon * m / (v + nu), first_corrected, second_corrected)),
    ("nu inside the root",
     "The stabiliser is added after the root is taken.",
     lambda first_corrected, second_corrected, epsilon, nu: by_component( lambda m, v: adam.update(m, v + nu, epsilon, 0), first_corrected, second_corrected )),
    ("lost the sign", "The step goes against the first moment.",
     lambda step: tuple(-d for d in step)),
    ("constant correction",
     "The correction fades: divide by 1 - beta^t, not 1 - beta.",
     lambda first_moment, second_moment, beta_1, beta_2, epsilon, nu: by_component( lambda m, v: corrected_alike(m, v, (beta_1, beta_2), epsilon, nu), first_moment, second_moment, )),
)  # fmt: skip


@step.witness
def _(g, theta_0, epsilon, beta_1, beta_2, nu):
    path, _moments = run(g, theta_0, epsilon, beta_1, beta_2, nu)
    return path[-1] - path[-2]


@family.part(pair)
def position(theta_0, g, epsilon, beta_1, beta_2, nu, step):
    before = path_before(theta_0, g, epsilon, beta_1, beta_2, nu)[-1]
    return by_component(lambda x, d: x + d, before, step)


def constant_correction(theta_0, g, beta_1, beta_2, epsilon, nu):
    betas = beta_1, beta_2
    return walked(theta_0, g, betas, lambda m, v, _t: corrected_alike(m, v, betas, epsilon, nu))


def no_root(theta_0, g, beta_1, beta_2, epsilon, nu):
    def rootless_step(m, v, t):
        return -epsilon * adam.corrected(m, beta_1, t) / (adam.corrected(v, beta_2, t) + nu)

    return walked(theta_0, g, (beta_1, beta_2), rootless_step)


position.slips = rows(
    ("no bias correction",
     "Use the corrected moments in every step.",
     lambda theta_0, g, beta_1, beta_2, epsilon, nu: walked(theta_0, g, (beta_1, beta_2), lambda m, v, _t: adam.update(m, v, epsilon, nu))),
    ("constant correction", "The correction fades: divide by 1 - beta^t, not 1 - beta.",
     constant_correction),
    ("no root", "Divide by the root of the second moment.", no_root),
    ("last step only", "The earlier steps have moved the parameters, too.",
     lambda theta_0, step: by_component(lambda x, d: x + d, theta_0, step)),
    ("step subtracted", "The minus sign is already inside the step: add it.",
     lambda theta_0, position: by_component(lambda x, y: 2 * x - y, theta_0, position)),
)  # fmt: skip

position.witness(
    lambda g, theta_0, epsilon, beta_1, beta_2, nu: run(g, theta_0, epsilon, beta_1, beta_2, nu)[0][
        -1
    ]
)


def path_before(theta_0, g, epsilon, beta_1, beta_2, nu):
    """The positions before the last step, from theta_0 on."""
    columns = [
        (x, *adam.positions(x, gs[:-1], epsilon, (beta_1, beta_2), nu))
        for x, gs in zip(theta_0, zip(*g, strict=True), strict=True)
    ]
    return tuple(zip(*columns, strict=True))


@family.part(Expression(symbols={"beta_1": "unit", "beta_2": "unit"}), marks=2, levels=["hard"])
def ratio():
    return letters.formula(adam.uncorrected_first_step_ratio)


ratio.slips = rows(
    ("inverted", "This is the corrected step divided by the uncorrected one.",
     lambda: letters.formula(inverted)),
    ("no root", "The second moment stands under a root.", lambda: letters.formula(rootless)),
    ("first moment only", "The second moment is too small as well, and its root divides.",
     lambda: letters.formula(numerator)),
)  # fmt: skip


@ratio.witness
def _(point):
    """The uncorrected step from the engine's raw moments, against the step it took."""
    path, (m, v) = run(((3.0,),), (1.0,), 0.5, point["beta_1"], point["beta_2"], 0.0)
    return (-0.5 * m / np.sqrt(v) / (path[1] - path[0]))[0]


def corrected_alike(m, v, betas, epsilon, nu):
    return adam.update(m / (1 - betas[0]), v / (1 - betas[1]), epsilon, nu)


def walked(theta_0, g, betas, step_of):
    """Where steps lead that are computed from the moments in another way."""
    end = theta_0
    for t in range(1, len(g) + 1):
        m, v = averages(g[:t], betas[0]), averages(g[:t], betas[1], 2)
        end = tuple(x + step_of(*now, t) for x, *now in zip(end, m, v, strict=True))
    return end


def inverted(beta_1, beta_2):
    return sqrt(1 - beta_2) / (1 - beta_1)


def rootless(beta_1, beta_2):
    return (1 - beta_1) / (1 - beta_2)


def numerator(beta_1):
    return 1 - beta_1


@lru_cache(maxsize=4)
def run(g, theta_0, epsilon, beta_1, beta_2, nu):
    """The engine's optimizer on these gradients: its path and its two moments."""
    made = []

    def optimizer(parameters):
        betas = (float(beta_1), float(beta_2))
        made.append(engine.Adam(parameters, lr=float(epsilon), betas=betas, eps=float(nu)))
        return made[0]

    path = engine.optimizer_path(optimizer, g, theta_0)
    return path, made[0].moments(made[0].params[0])


def weighted_mean(values, beta):
    """The mean with weights that fade into the past, which sum to 1 and so have no bias."""
    ages = np.arange(len(values))[::-1]
    return np.average(values, axis=0, weights=float(beta) ** ages)


@family.working
def _(theta_0, g, epsilon, beta_1, beta_2, nu):
    before = path_before(theta_0, g, epsilon, beta_1, beta_2, nu)
    earlier = [
        (
            tuple(adam.corrected(m, beta_1, i) for m in averages(g[:i], beta_1)),
            tuple(adam.corrected(v, beta_2, i) for v in averages(g[:i], beta_2, 2)),
            before[i],
        )
        for i in range(1, len(g))
    ]
    return {"t": len(g), "before": before[-1], "earlier": earlier}
