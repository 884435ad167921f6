"""Learning-rate schedules.

Trap: off by one epoch, the missing half of the cosine, warm-up not subtracted.
Reference: Loshchilov and Hutter (2017), equation 5; Goyal et al. (2017), section 2; Vaswani et al.
(2017), equation 3.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real
from partialcredit.numbers.exact import PI, cos, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.problems.schedules._curves import half_cosine, stairs, warm_up_and_cosine
from partialcredit.solvers import schedules

family = Family(
    conventions=[
        "{{ 'epochs' if level != 'hard' else 'steps' }} are counted from 0"
        "{% if level == 'hard' %}, except where the schedule is for $t \\ge 1${% endif %}",
        "{% if level != 'easy' %}angles are in radians{% endif %}",
    ]
)


@family.sample
def sample(draw):
    if draw.level == "easy":
        every = draw.integer(5, 30)
        return {
            "eta": draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2", "0.4", "0.5"),
            "gamma": draw.decimal("0.1", "0.2", "0.5"),
            "every": every,
            "late": every * draw.integer(1, 3) + draw.integer(1, every - 2),
            "factor": draw.decimal("0.8", "0.85", "0.9", "0.95", "0.96", "0.98"),
            "t": draw.integer(4, 20),
            "k": draw.decimal("0.1", "0.2", "0.5", "1.5"),
        }
    eta = draw.decimal("0.02", "0.05", "0.1", "0.2", "0.3", "0.4", "0.8")
    T = 10 * draw.integer(6, 20)
    t = draw.choice([t for t in range(T // 10, T) if 2 * t != T])
    W = draw.integer(2, 12) * 5
    if draw.level == "medium":
        return {
            "eta": eta,
            "lowest": eta * draw.decimal("0.01", "0.05", "0.1", "0.2"),
            "T": T,
            "t": t,
            "factor": draw.decimal("0.85", "0.88", "0.9", "0.92", "0.94", "0.95", "0.96", "0.98"),
            "bound": eta * draw.decimal("0.2", "0.3", "0.4", "0.6", "0.7"),
            "n": draw.integer(6, 25),
        }
    rise = 100 * draw.integer(2, 40)
    return {
        "eta": eta,
        "batch": draw.choice([32, 64, 128, 256]),
        "times": draw.choice([3, 4, 6, 8, 16]),
        "W": W,
        "T": T + W,
        "early": draw.integer(1, W - 1),
        "late": W + t,
        "d": draw.choice([64, 128, 256, 512, 768, 1024]),
        "rise": rise,
        "t": draw.choice([t for t in range(100, 2 * rise, 100) if t != rise]),
    }


def rates(eta, steps, schedule):
    """The rates that the engine's optimizer takes under a schedule."""
    optimizer = engine.SGD([engine.Parameter(0.0)], lr=eta)
    chosen = schedule(optimizer)
    taken = [optimizer.lr]
    for _step in range(int(steps)):
        chosen.step()
        taken.append(optimizer.lr)
    return taken


@family.part(Real(digits=3), levels=["easy"])
def step_decay(eta, gamma, every, late):
    return schedules.step_decay(eta, gamma, every, late)


step_decay.slips = rows(
    ("one factor too many", "Count the blocks that are complete.",
     lambda step_decay, gamma: step_decay * gamma),
    ("one factor too few", "The factor is applied at the end of every block, the first as well.",
     lambda step_decay, gamma: step_decay / gamma),
    ("applied once", "The factor is applied at the end of every block.",
     lambda eta, gamma: eta * gamma),
    ("factor subtracted", "The rate is multiplied by the factor.",
     lambda eta, gamma, every, late: eta * (1 - gamma) ** (late // every)),
)  # fmt: skip
step_decay.witness(
    lambda eta, gamma, every, late: rates(eta, late, lambda o: engine.StepLR(o, every, gamma))[-1]
)


@family.part(Real(digits=3), levels=["easy"])
def exponential(eta, factor, t):
    return schedules.exponential(eta, factor, t)


exponential.slips = rows(
    ("one epoch ahead", "In epoch 0 the rate is still the first one.",
     lambda exponential, factor: exponential * factor),
    ("on a line", "The same factor is applied in every epoch: raise it to a power.",
     lambda eta, factor, t: eta * factor * t),
    ("applied once", "The factor is applied in every epoch.", lambda eta, factor: eta * factor),
)  # fmt: skip
exponential.witness(
    lambda eta, factor, t: rates(eta, t, lambda o: engine.ExponentialLR(o, factor))[-1]
)


@family.part(Real(digits=3), levels=["easy"])
def inverse_time(eta, k, t):
    return schedules.inverse_time(eta, k, t)


inverse_time.slips = rows(
    ("one forgotten", "Below the fraction bar stands 1 + k t.", lambda eta, k, t: eta / (k * t)),
    ("one epoch ahead", "Epoch 0 has the first rate.",
     lambda eta, k, t: schedules.inverse_time(eta, k, t + 1)),
)  # fmt: skip
inverse_time.witness(lambda eta, k, t: rates(eta, t, lambda o: engine.InverseTimeLR(o, k))[-1])


@family.part(Real(digits=3), levels=["medium"])
def cosine(eta, lowest, T, t):
    return schedules.cosine(eta, lowest, rational(t, T))


cosine.slips = rows(
    ("half forgotten", "1 + cos runs from 2 to 0: take half of it.",
     lambda cosine, lowest: 2 * cosine - lowest),
    ("full period", "The rate falls along half a period: the angle is pi t/T.",
     lambda eta, lowest, T, t: schedules.cosine(eta, lowest, rational(2 * t, T))),
    ("lowest rate forgotten", "The curve ends at the lowest rate, not at 0.",
     lambda eta, T, t: schedules.cosine(eta, 0, rational(t, T))),
    ("degrees", "The angle is in radians.",
     lambda eta, lowest, T, t: schedules.cosine(eta, lowest, rational(t, 180 * T))),
    ("straight line", "The rate falls along a cosine, not along a line.",
     lambda eta, lowest, T, t: eta - (eta - lowest) * rational(t, T)),
)  # fmt: skip
cosine.witness(
    lambda eta, lowest, T, t: rates(eta, t, lambda o: engine.CosineAnnealingLR(o, T, lowest))[-1]
)


@family.part(Integer(), levels=["medium"])
def first_below(eta, factor, bound):
    return schedules.first_below(eta, factor, bound)


first_below.slips = rows(
    ("one too early", "In this epoch the rate is still above the bound.",
     lambda first_below: first_below - 1),
    ("one too late", "The epoch before is below the bound already; epoch 0 has the first rate.",
     lambda first_below: first_below + 1),
    ("on a line", "The rate falls by a factor in every epoch, not by the same amount.",
     lambda eta, factor, bound: int((1 - bound / eta) / (1 - factor)) + 1),
)  # fmt: skip
first_below.witness(
    lambda eta, factor, bound: sum(
        rate >= bound for rate in rates(eta, 90, lambda o: engine.ExponentialLR(o, factor))
    )
)


@family.part(Real(digits=3), levels=["medium"])
def total(eta, factor, n):
    return schedules.total(eta, factor, n)


total.slips = rows(
    ("constant rate", "The rate falls from epoch to epoch.", lambda eta, n: n * eta),
    ("one term less", "The first n epochs are 0 to n - 1, which are n terms.",
     lambda eta, factor, n: schedules.total(eta, factor, n - 1)),
    ("infinite series", "Only n terms are added.", lambda eta, factor: eta / (1 - factor)),
)  # fmt: skip


@total.witness
def _(eta, factor, n):
    """How far the engine moves a parameter whose gradient is 1."""
    weight = engine.Parameter(0.0)
    optimizer = engine.SGD([weight], lr=eta)
    schedule = engine.ExponentialLR(optimizer, factor)
    for _epoch in range(int(n)):
        weight.grad = np.float64(1)
        optimizer.step()
        schedule.step()
    return -weight.item()


@family.part(Real(digits=3), levels=["hard"])
def scaled(eta, batch, times):
    return schedules.linear_scaling(eta, batch, batch * times)


scaled.slips = rows(
    ("square root", "The linear rule multiplies the rate by the same factor as the batch.",
     lambda eta, times: eta * sqrt(rational(times))),
    ("divided", "A larger batch has a larger rate.", lambda eta, times: eta / times),
    ("unchanged", "The rate grows with the batch.", lambda eta: eta),
)  # fmt: skip


@scaled.witness
def _(eta, times):
    """As many small steps with the same gradient, from one place."""
    return float(np.full(int(times), eta).sum())


@family.part(Real(digits=3), levels=["hard"])
def rising(scaled, W, early):
    return schedules.warm_up(scaled, W, early)


rising.slips = rows(
    ("full rate", "During warm-up the rate is still growing.", lambda scaled: scaled),
    ("share of all steps", "Warm-up ends at W.",
     lambda scaled, T, early: schedules.warm_up(scaled, T, early)),
    ("one step ahead", "Step 0 has the rate 0.",
     lambda scaled, W, early: schedules.warm_up(scaled, W, early + 1)),
)  # fmt: skip


@family.run
def warmed(eta, times, W, T, late):
    """The engine's line, then its cosine."""

    def schedule(optimizer):
        line = engine.LinearLR(optimizer, 0.0, 1.0, int(W))
        return engine.SequentialLR(
            optimizer, [line, engine.CosineAnnealingLR(optimizer, T - W)], [int(W)]
        )

    return rates(eta * times, late, schedule)


rising.witness(lambda warmed, early: warmed[int(early)])


@family.part(Real(digits=3), marks=2, levels=["hard"])
def falling(scaled, W, T, late):
    return schedules.warm_up_cosine(scaled, 0, W, T, late)


falling.slips = rows(
    ("warm-up not subtracted", "The cosine starts at W and runs over T - W steps.",
     lambda scaled, T, late: schedules.cosine(scaled, 0, rational(late, T))),
    ("length not shortened", "The cosine runs over the T - W steps that remain.",
     lambda scaled, T, W, late: schedules.cosine(scaled, 0, rational(late - W, T))),
    ("start not shifted", "The cosine starts at W: count the steps from there.",
     lambda scaled, T, W, late:
         schedules.cosine(scaled, 0, rational(late, T - W)) if late < T - W else None),
    ("half forgotten", "1 + cos runs from 2 to 0: take half of it.", lambda falling: 2 * falling),
    ("cosine alone", "Add 1 to the cosine before halving.",
     lambda scaled, T, W, late: scaled * cos(PI * rational(late - W, T - W))),
)  # fmt: skip
falling.witness(lambda warmed: warmed[-1])


@family.part(Real(digits=3), levels=["hard"])
def peak(d, rise):
    return schedules.noam_peak(d, rise)


peak.slips = rows(
    ("width forgotten", "Both factors count: the width has a root, too.",
     lambda rise: 1 / sqrt(rational(rise))),
    ("no root", "Both exponents are one half.", lambda d, rise: rational(1, d * rise)),
)  # fmt: skip


@family.run
def noam(d, rise):
    """The rates of steps 1, 2, ... by the formula as printed."""
    t = np.arange(1, 2 * rise + 1)
    return d**-0.5 * np.minimum(t**-0.5, t * rise**-1.5)


peak.witness(lambda noam: noam.max())


@family.part(Real(digits=3), levels=["hard"])
def inverse_root(peak, rise, t):
    return schedules.inverse_root(peak, rise, t)


inverse_root.slips = rows(
    ("the other branch", "The smaller of both terms counts.",
     lambda peak, rise, t:
         peak * (rational(t, rise) if t > rise else sqrt(rational(rise, t)))),
    ("the peak", "Only in one step the rate is largest.", lambda peak: peak),
)  # fmt: skip
inverse_root.witness(lambda noam, t: noam[int(t) - 1])


@family.figure
def _(level, eta, gamma, every, lowest, T, W):
    """The first schedule of the problem."""
    if level == "easy":
        return stairs(eta, gamma, every)
    return half_cosine(eta, lowest, T) if level == "medium" else warm_up_and_cosine(W, T)


@family.derive
def turned(T, t):
    return cos(PI * rational(t, T))


@family.derive
def turned_after_warm_up(W, T, late):
    return cos(PI * rational(late - W, T - W))


@family.derive
def around(eta, factor, bound):
    """The rates before and after the bound is crossed."""
    last = schedules.first_below(eta, factor, bound)
    return [schedules.exponential(eta, factor, epoch) for epoch in (last - 1, last)]
