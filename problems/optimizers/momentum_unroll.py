"""Velocities of gradient descent with momentum, step by step.

Trap: reversing the powers of alpha, or moving by the old velocity.
Reference: Sutskever et al. (2013), equations 1 and 2.
Source: S0-87, S1-69, S1-92, S1-93, S1-94, S2-08, S2-09, S2-10.
"""

from functools import cache
from itertools import accumulate
from math import prod

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Real
from partialcredit.numbers.vectors import columns
from partialcredit.problems.optimizers._histories import coordinates, history
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
    alpha = draw.decimal("0.5", "0.6", "0.7", "0.8", "0.9")
    rising = [draw.decimal(*some) for some in (("0.4", "0.5"), ("0.6", "0.7"), ("0.8", "0.9"))]
    vectors = draw.sample([n for n in range(-9, 10) if n], 6)
    return {
        "g": draw.by_level(vectors[:2], columns((vectors[:3], vectors[3:])), vectors[:3]),
        "alphas": draw.by_level([alpha] * 2, [alpha] * 3, rising),
        "eta": draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2", "0.5"),
        "theta_0": draw.by_level(draw.integer(-5, 5), draw.integers(2, -3, 3), draw.nonzero(-5, 5)),
    } | draw.by_level({}, {"c": draw.nonzero(-5, 5)}, {"c": draw.nonzero(-5, 5)})


@family.run
def run(g, alphas, eta, theta_0):
    return trained(g, alphas, eta, theta_0)


@family.part(history, marks=3)
def velocities(g, alphas, eta):
    return momentum.velocities(g, alphas, eta)


velocities.slips = rows(
    ("lost the sign", "The velocity points against the gradient.", lambda velocities: -velocities),
    ("powers reversed", "The older a gradient is, the more often alpha has multiplied it.",
     lambda g, alphas, eta:
         [*accumulate(-eta * prod(alphas[:i]) * g_i for i, g_i in enumerate(g))]),
    ("exponential moving average", "The gradient is not multiplied by 1 - alpha.",
     lambda g, alphas, eta: momentum.velocities((1 - alphas) * g, alphas, eta)),
    ("no memory", "The velocity before, times alpha, belongs to the sum.",
     lambda g, eta: -eta * g),
    ("one gradient late", "The first velocity contains the first gradient already.",
     lambda g, alphas, eta: momentum.velocities((0 * g[0], *g[:-1]), alphas, eta)),
    ("learning rate left out", "Every gradient is multiplied by the learning rate.",
     lambda g, alphas: momentum.velocities(g, alphas, 1)),
)  # fmt: skip
velocities.witness(lambda run: np.diff(run, axis=0))


@family.part(coordinates)
def position(theta_0, velocities):
    return momentum.position(theta_0, velocities)


position.slips = rows(
    ("old velocities", "Each step uses the velocity just computed, not the one before.",
     lambda theta_0, velocities: momentum.position(theta_0, velocities[:-1])),
    ("last step only", "Every step so far has moved the parameter.",
     lambda theta_0, velocities: theta_0 + velocities[-1]),
    ("subtracted the velocity", "The minus sign is inside v: theta moves by + v.",
     lambda theta_0, velocities: theta_0 - sum(velocities)),
)  # fmt: skip
position.witness(lambda run: run[-1])


@family.part(Real(digits=3), levels=["medium", "hard"])
def terminal(alphas, eta, c):
    return momentum.expected_velocity_limit(alphas[-1], eta, c)


terminal.slips = rows(
    ("one step only", "The steps add up: divide by 1 - alpha.", lambda eta, c: -eta * c),
    ("lost the sign", "The velocity points against the gradient.", lambda terminal: -terminal),
    ("divided by alpha", "The fixed point is v = alpha v - eta c; solve it for v.",
     lambda alphas, eta, c: -eta * c / alphas[-1]),
    ("learning rate left out", "Every gradient is multiplied by the learning rate.",
     lambda alphas, c: -c / (1 - alphas[-1])),
)  # fmt: skip
terminal.witness(
    lambda alphas, eta, c: engine.geometric_limit(np.diff(trained([c] * 4, [alphas[-1]] * 4, eta)))
)


def gradients(t):
    return [f"g_{i}" for i in range(1, t + 1)]


@cache
def unrolled(t, backwards=False):
    """The velocity v_t in letters."""
    alpha, eta, *g = letters.symbols(f"alpha eta {' '.join(gradients(t))}")
    return momentum.velocities(g[::-1] if backwards else g, [alpha] * t, eta)[-1].expand()


def in_letters(g):
    domains = {"alpha": "unit", "eta": "positive"}
    return Expression(symbols=domains | dict.fromkeys(gradients(len(g)), "real"))


@family.part(in_letters, marks=2, levels=["hard"])
def formula(g):
    return unrolled(len(g))


formula.slips = rows(
    ("powers reversed", "The older a gradient is, the more often alpha has multiplied it.",
     lambda g: unrolled(len(g), backwards=True)),
    ("lost the sign", "The velocity points against the gradient.", lambda formula: -formula),
    ("exponential moving average", "The gradient is not multiplied by 1 - alpha.",
     lambda formula: (1 - letters.symbols("alpha")) * formula),
    ("one power too many", "The newest gradient is not multiplied by alpha.",
     lambda formula: letters.symbols("alpha") * formula),
)  # fmt: skip


@formula.witness
def _(g, point):
    alphas = [point["alpha"]] * len(g)
    path = trained([point[name] for name in gradients(len(g))], alphas, point["eta"])
    return path[-1] - path[-2]


def trained(g, alphas, eta, theta_0=0.0):
    """The path of the engine's optimizer, whose momentum follows the schedule."""

    def follow(optimizer, t):
        optimizer.momentum = alphas[t]

    return engine.optimizer_path(lambda p: engine.SGD(p, lr=eta, momentum=1.0), g, theta_0, follow)


@family.working
def _(g, alphas, velocities):
    return {"steps": tuple(zip(alphas, (0 * g[0], *velocities), g, velocities, strict=False))}
