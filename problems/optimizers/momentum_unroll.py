"""Velocities of gradient descent with momentum, step by step.

Trap: reversing the powers of alpha, or moving by the old velocity.
Reference: Sutskever et al. (2013), equations 1 and 2.
Source: S0-87, S1-69, S1-92, S1-93, S1-94, S2-08, S2-09, S2-10.
"""

from functools import cache
from itertools import accumulate
from math import prod
from operator import mul

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.solvers import letters, momentum

family = Family(
    conventions=[
        r"$v_0 = 0$, $v_t = \alpha v_{t-1} - \varepsilon g_t$ and "
        r"$\theta_t = \theta_{t-1} + v_t$; the first gradient is $g_1$"
    ]
)


@family.sample
def sample(draw):
    alpha = draw.decimal("0.5", "0.6", "0.7", "0.8", "0.9")
    rising = [draw.decimal(*some) for some in (("0.4", "0.5"), ("0.6", "0.7"), ("0.8", "0.9"))]
    vectors = draw.sample([n for n in range(-9, 10) if n], 6)
    return {
        "g": draw.by_level(
            vectors[:2], tuple(zip(vectors[:3], vectors[3:6], strict=True)), vectors[:3]
        ),
        "alphas": draw.by_level([alpha] * 2, [alpha] * 3, rising),
        "epsilon": draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2", "0.5"),
        "theta_0": draw.by_level(draw.integer(-5, 5), draw.integers(2, -3, 3), draw.nonzero(-5, 5)),
    } | draw.by_level({}, {"c": draw.nonzero(-5, 5)}, {"c": draw.nonzero(-5, 5)})


def run(g, alphas, epsilon, theta_0=0.0):
    """The path of the engine's optimizer, whose momentum follows the schedule."""

    def follow(optimizer, t):
        optimizer.momentum = float(alphas[t])

    optimizer = lambda p: engine.SGD(p, lr=float(epsilon), momentum=1.0)  # noqa: E731
    return engine.optimizer_path(optimizer, g, theta_0, follow)


@family.part(lambda g: Array(shape=np.shape(g), digits=4), marks=3)
def velocities(g, alphas, epsilon):
    return momentum.velocities(g, alphas, epsilon)


def powers_reversed(g, alphas, epsilon):
    def reversed_powers(gs):
        terms = [prod(alphas[:i]) * g_i for i, g_i in enumerate(gs)]
        return tuple(-epsilon * v for v in accumulate(terms))

    return each(reversed_powers, g)


def exponential_moving_average(g, alphas, epsilon):
    kept = [1 - alpha for alpha in alphas]
    return each(lambda gs: momentum.velocities(list(map(mul, kept, gs)), alphas, epsilon), g)


velocities.slips = rows(
    ("lost the sign", "The velocity points against the gradient.",
     lambda g, alphas, epsilon: momentum.velocities(g, alphas, -epsilon)),
    ("powers reversed", "The older a gradient is, the more often alpha has multiplied it.",
     powers_reversed),
    ("exponential moving average", "The gradient is not multiplied by 1 - alpha.",
     exponential_moving_average),
    ("no memory", "The velocity before, times alpha, belongs to the sum.",
     lambda g, alphas, epsilon: momentum.velocities(g, [0] * len(alphas), epsilon)),
    ("one gradient late",
     "The first velocity contains the first gradient already.",
     lambda g, alphas, epsilon: each(lambda gs: momentum.velocities((0, *gs[:-1]), alphas, epsilon), g)),
)  # fmt: skip

velocities.witness(lambda g, alphas, epsilon: np.diff(run(g, alphas, epsilon), axis=0))


def each(component, g):
    """A function of scalar gradients, component by component."""
    return tuple(zip(*map(component, zip(*g)))) if np.ndim(g) == 2 else component(g)  # noqa: B905


def coordinates(theta_0):
    return Array(shape=(2,), digits=4) if isinstance(theta_0, tuple) else Real(digits=4)


@family.part(coordinates)
def position(theta_0, velocities):
    return momentum.position(theta_0, velocities)


def subtracted_the_velocity(theta_0, velocities):
    back = each(lambda vs: [-v for v in vs], velocities)
    return momentum.position(theta_0, back)


position.slips = rows(
    ("old velocities", "Each step uses the velocity just computed, not the one before.",
     lambda theta_0, velocities: momentum.position(theta_0, velocities[:-1])),
    ("last step only", "Every step so far has moved the parameter.",
     lambda theta_0, velocities: momentum.position(theta_0, velocities[-1:])),
    ("subtracted the velocity", "The minus sign is inside v: theta moves by + v.",
     subtracted_the_velocity),
)  # fmt: skip

position.witness(lambda g, alphas, epsilon, theta_0: run(g, alphas, epsilon, theta_0)[-1])


@family.part(Real(digits=4), levels=["medium", "hard"])
def terminal(alphas, epsilon, c):
    return momentum.expected_velocity_limit(alphas[-1], epsilon, c)


terminal.slips = rows(
    ("one step only", "The steps add up: divide by 1 - alpha.", lambda epsilon, c: -epsilon * c),
    ("lost the sign", "The velocity points against the gradient.", lambda terminal: -terminal),
    ("divided by alpha", "The fixed point is v = alpha v - epsilon c; solve it for v.",
     lambda alphas, epsilon, c: -epsilon * c / alphas[-1]),
)  # fmt: skip

terminal.witness(
    lambda alphas, epsilon, c: engine.geometric_limit(
        np.diff(run([c] * 4, [alphas[-1]] * 4, epsilon))
    )
)


@family.part(
    lambda g: Expression(
        symbols={"alpha": "unit", "epsilon": "positive"}
        | {f"g_{i + 1}": "real" for i in range(len(g))}
    ),
    marks=2,
    levels=["hard"],
)
def formula(g):
    return unrolled(len(g))


formula.slips = rows(
    ("powers reversed", "The older a gradient is, the more often alpha has multiplied it.",
     lambda g: unrolled(len(g), backwards=True)),
    ("lost the sign", "The velocity points against the gradient.", lambda g: negative(len(g))),
    ("exponential moving average", "The gradient is not multiplied by 1 - alpha.",
     lambda g: averaged(len(g))),
    ("one power too many", "The newest gradient is not multiplied by alpha.",
     lambda g: delayed(len(g))),
)  # fmt: skip


@formula.witness
def _(g, point):
    gradients = [point[f"g_{i + 1}"] for i in range(len(g))]
    path = run(gradients, [point["alpha"]] * len(g), point["epsilon"])
    return path[-1] - path[-2]


@cache
def unrolled(t, backwards=False):
    alpha, epsilon, *g = letters.symbols(
        "alpha epsilon " + " ".join(f"g_{i + 1}" for i in range(t))
    )
    return momentum.velocities(g[::-1] if backwards else g, [alpha] * t, epsilon)[-1].expand()


@cache
def negative(t):
    return -unrolled(t)


@cache
def averaged(t):
    return (1 - letters.symbols("alpha")) * unrolled(t)


@cache
def delayed(t):
    return letters.symbols("alpha") * unrolled(t)


@family.working
def _(g, alphas, velocities, theta_0):
    zero = (0, 0) if isinstance(theta_0, tuple) else 0
    return {"steps": tuple(zip(alphas, (zero, *velocities), g, velocities, strict=False))}
