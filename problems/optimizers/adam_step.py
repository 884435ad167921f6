"""Steps of Adam.

Trap: correcting the bias by 1 - beta at every step, or leaving out the root.
Reference: Kingma and Ba (2015), Algorithm 1.
Source: S0-91, S1-74, S1-75, S1-76, S2-11.
"""

from fractions import Fraction
from types import SimpleNamespace

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Text
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns, freeze
from partialcredit.solvers import adam, letters

family = Family(
    version=3,
    conventions=[
        r"$m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t$ and "
        r"$v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2$ with $m_0 = v_0 = 0$",
        "squares, roots and quotients are taken in each component",
        r"the step is $\Delta\theta_t = -\eta \hat{m}_t / (\sqrt{\hat{v}_t} + \epsilon)$ with "
        r"the bias-corrected moments $\hat{m}_t$ and $\hat{v}_t$; the first gradient is $g_1$",
    ],
)


@family.sample
def sample(draw):
    beta_1, beta_2 = draw.choice(
        [("0.9", "0.999"), ("0.8", "0.99"), ("0.9", "0.99"), ("0.8", "0.9"), ("0.5", "0.9")]
    )
    t = draw.by_level(1, 2, 3)
    sizes = freeze([draw.integers(t, 1, 9, distinct=True) for _ in range(2)])
    negative = freeze([draw.integers(t, 0, 1) for _ in range(2)])
    return {
        "g": columns(sizes * (-1) ** negative),
        "theta_0": draw.by_level(
            draw.integers(2, -2, 2), draw.integers(2, -2, 2), draw.integers(2, -3, 3)
        ),
        "eta": draw.decimal("0.01", "0.05", "0.1", "0.2", "0.5"),
        "beta_1": rational(beta_1),
        "beta_2": rational(beta_2),
        "eps": draw.by_level(0, 0, draw.decimal("0.1", "0.25", "0.5", "1")),
    }


@family.condition
def _(g):
    return all(sum(g))


@family.derive
def path(theta_0, g, eta, beta_1, beta_2, eps):
    return theta_0, *adam.positions(theta_0, g, eta, (beta_1, beta_2), eps)


@family.run
def run(g, theta_0, eta, beta_1, beta_2, eps):
    return trained(g, theta_0, eta, (beta_1, beta_2), eps)


pair = Array(shape=(2,), digits=3)


@family.part(pair)
def first_moment(g, beta_1):
    return adam.moving_average(g, beta_1)


first_moment.slips = rows(
    ("betas swapped", "The first moment uses beta_1, the second beta_2.",
     lambda g, beta_2: adam.moving_average(g, beta_2)),
    ("gradient not scaled", "The new gradient enters with the factor 1 - beta_1.",
     lambda first_moment, beta_1: first_moment / (1 - beta_1)),
    ("weights exchanged", "The old moment keeps the share beta.",
     lambda g, beta_1: adam.moving_average(g, 1 - beta_1)),
    ("last gradient only", "The earlier moment counts, times beta.",
     lambda g, beta_1: (1 - beta_1) * g[-1]),
)  # fmt: skip
first_moment.witness(lambda run: run.moments[0])


@family.part(pair)
def second_moment(g, beta_2):
    return adam.moving_average(g**2, beta_2)


second_moment.slips = rows(
    ("betas swapped", "The first moment uses beta_1, the second beta_2.",
     lambda g, beta_1: adam.moving_average(g**2, beta_1)),
    ("not squared", "The second moment averages the squares of the gradients.",
     lambda g, beta_2: adam.moving_average(g, beta_2)),
    ("square of the first moment", "Square each gradient before averaging.",
     lambda first_moment: first_moment**2),
    ("weights exchanged", "The old moment keeps the share beta.",
     lambda g, beta_2: adam.moving_average(g**2, 1 - beta_2)),
    ("last gradient only", "The earlier moment counts, times beta.",
     lambda g, beta_2: (1 - beta_2) * g[-1] ** 2),
)  # fmt: skip
second_moment.witness(lambda run: run.moments[1])


@family.part(pair)
def first_corrected(first_moment, g, beta_1):
    return adam.corrected(first_moment, beta_1, len(g))


first_corrected.slips = rows(
    ("constant correction", "The correction fades: divide by 1 - beta^t, not 1 - beta.",
     lambda first_moment, beta_1: first_moment / (1 - beta_1)),
    ("multiplied", "The moment is too small, so divide by 1 - beta_1^t.",
     lambda first_moment, g, beta_1: first_moment * (1 - beta_1 ** len(g))),
    ("one step too many", "After t steps divide by 1 - beta^t.",
     lambda first_moment, g, beta_1: first_moment / (1 - beta_1 ** (len(g) + 1))),
)  # fmt: skip
first_corrected.witness(lambda g, beta_1: weighted_mean(g, beta_1))


@family.part(pair)
def second_corrected(second_moment, g, beta_2):
    return adam.corrected(second_moment, beta_2, len(g))


second_corrected.slips = rows(
    ("constant correction", "The correction fades: divide by 1 - beta^t, not 1 - beta.",
     lambda second_moment, beta_2: second_moment / (1 - beta_2)),
    ("beta_1 used", "The second moment is corrected with its own beta_2.",
     lambda second_moment, g, beta_1: adam.corrected(second_moment, beta_1, len(g))),
)  # fmt: skip
second_corrected.witness(lambda g, beta_2: weighted_mean(np.square(g), beta_2))


@family.part(pair, marks=2)
def step(first_corrected, second_corrected, eta, eps):
    return adam.update(first_corrected, second_corrected, eta, eps)


step.slips = rows(
    ("no bias correction", "Use the corrected moments.",
     lambda first_moment, second_moment, eta, eps:
         adam.update(first_moment, second_moment, eta, eps)),
    ("no root", "Divide by the root of the second moment.",
     lambda first_corrected, second_corrected, eta, eps:
         -eta * first_corrected / (second_corrected + eps)),
    ("stabiliser inside the root", "The stabiliser is added after the root is taken.",
     lambda first_corrected, second_corrected, eta, eps:
         adam.update(first_corrected, second_corrected + eps, eta, 0)),
    ("lost the sign", "The step goes against the first moment.", lambda step: -step,
     Fraction(1, 2)),
    ("constant correction", "The correction fades: divide by 1 - beta^t, not 1 - beta.",
     lambda first_moment, second_moment, beta_1, beta_2, eta, eps:
         adam.update(first_moment / (1 - beta_1), second_moment / (1 - beta_2), eta, eps)),
)  # fmt: skip
step.witness(lambda run: run.path[-1] - run.path[-2])


@family.part(pair)
def position(path, step):
    return path[-2] + step


@family.derive
def walked(theta_0, g, beta_1, beta_2):
    """Where steps lead that are computed from the moments in another way."""
    starts = [g[:t] for t in range(1, len(g) + 1)]
    moments = [
        (adam.moving_average(some, beta_1), adam.moving_average(some**2, beta_2), len(some))
        for some in starts
    ]
    return lambda step_of: sum((step_of(*now) for now in moments), theta_0)


def no_root(beta_1, beta_2, eta, eps, walked):
    return walked(
        lambda m, v, t: -eta * adam.corrected(m, beta_1, t) / (adam.corrected(v, beta_2, t) + eps)
    )


position.slips = rows(
    ("no bias correction", "Use the corrected moments in every step.",
     lambda eta, eps, walked: walked(lambda m, v, _t: adam.update(m, v, eta, eps))),
    ("constant correction", "The correction fades: divide by 1 - beta^t, not 1 - beta.",
     lambda beta_1, beta_2, eta, eps, walked: walked(
         lambda m, v, _t: adam.update(m / (1 - beta_1), v / (1 - beta_2), eta, eps))),
    ("no root", "Divide by the root of the second moment.", no_root),
    ("last step only", "The earlier steps have moved the parameters, too.",
     lambda theta_0, step: theta_0 + step),
    ("step subtracted", "The minus sign is already inside the step: add it.",
     lambda theta_0, position: 2 * theta_0 - position),
)  # fmt: skip
position.witness(lambda run: run.path[-1])


@family.part(Expression(symbols={"beta_1": "unit", "beta_2": "unit"}), marks=2, levels=["hard"])
def ratio():
    return letters.formula(adam.uncorrected_first_step_ratio)


ratio.slips = rows(
    ("inverted", "This is the corrected step divided by the uncorrected one.",
     lambda: 1 / letters.formula(adam.uncorrected_first_step_ratio)),
    ("no root", "The second moment stands under a root.",
     lambda: letters.formula(lambda beta_1, beta_2: (1 - beta_1) / (1 - beta_2))),
    ("first moment only", "The second moment is too small as well, and its root divides.",
     lambda: letters.formula(lambda beta_1: 1 - beta_1)),
)  # fmt: skip


@ratio.witness
def _(point):
    """The uncorrected step from the engine's raw moments, against the step it took."""
    run = trained([[3.0]], [1.0], 0.5, (point["beta_1"], point["beta_2"]), 0.0)
    m, v = run.moments
    return (-0.5 * m / np.sqrt(v) / (run.path[1] - run.path[0]))[0]


def trained(g, theta_0, eta, betas, eps):
    """The engine's optimizer on these gradients: its path and its two moments."""
    made = []

    def optimizer(parameters):
        made.append(engine.Adam(parameters, lr=eta, betas=betas, eps=eps))
        return made[0]

    path = engine.optimizer_path(optimizer, g, theta_0)
    return SimpleNamespace(path=path, moments=made[0].moments(made[0].params[0]))


def weighted_mean(values, beta):
    """The mean with weights that fade into the past, which sum to 1 and so have no bias."""
    ages = np.arange(len(values))[::-1]
    return np.average(values, axis=0, weights=beta**ages)


@family.working
def _(path, g, beta_1, beta_2):
    earlier = [
        (
            adam.corrected(adam.moving_average(g[:t], beta_1), beta_1, t),
            adam.corrected(adam.moving_average(g[:t] ** 2, beta_2), beta_2, t),
            path[t],
        )
        for t in range(1, len(g))
    ]
    return {"t": len(g), "before": path[-2], "earlier": earlier}


@family.part(Text(), marks=2, levels=["hard"])
def why():
    return (
        "The averages start at 0, so in the first steps they are too small, by the factor "
        "1 - beta^t; dividing by it makes them averages of what has been seen so far."
    )
