"""Steps of RMSprop with momentum.

Trap: letting momentum collect the raw gradients and dividing afterwards, or no root.
Reference: Hinton (2012), lecture 6e; Goodfellow, Bengio and Courville (2016), algorithm 8.6.
Source: S1-73.
"""

from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.problems.optimizers._histories import each, recorded, signed_histories
from partialcredit.problems.optimizers._slips import negated, without_root
from partialcredit.solvers import adaptive, momentum, nesterov

family = Family(
    conventions=[
        r"$a_t = \beta a_{t-1} + (1 - \beta) g_t^2$, "
        r"$v_t = \alpha v_{t-1} - \varepsilon g_t / (\sqrt{a_t} + \nu)$ and "
        r"$\theta_t = \theta_{t-1} + v_t${% if level != 'hard' %} with $a_0 = 0$ and $v_0 = 0$; "
        "the first gradient is $g_1${% endif %}",
        r"{% if level == 'hard' %}the gradient $g_t$ is taken at the look-ahead point "
        r"$\theta_{t-1} + \alpha v_{t-1}${% endif %}",
        "{% if theta_0 is iterable %}squares, roots and quotients are taken in each component"
        "{% endif %}",
    ]
)


@family.sample
def sample(draw):
    shared = {
        "epsilon": draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2", "0.5"),
        "alpha": draw.decimal("0.5", "0.6", "0.7", "0.8", "0.9"),
        "beta": draw.decimal("0.8", "0.9", "0.95", "0.97", "0.99"),
        "nu": draw.by_level(0, 0, draw.decimal("0.1", "0.2", "0.5", "1")),
    }
    c, theta_0 = draw.sample([n for n in range(-5, 6) if n], 2)
    if draw.level == "hard":
        v_0 = draw.choice([-1, 1]) * draw.decimal("0.2", "0.3", "0.4", "0.5", "0.6", "0.8")
        start = {"h": draw.integer(1, 5), "c": c, "a_0": draw.integer(2, 9), "v_0": v_0}
        return shared | start | {"theta_0": theta_0}
    if draw.level == "easy":
        return shared | {"g": signed_histories(draw, 2, 1), "theta_0": theta_0}
    steady = {"steady": draw.nonzero(-9, 9), "theta_0": draw.integers(2, -3, 3)}
    return shared | {"g": signed_histories(draw, 2, 2)} | steady


GIVEN = ["easy", "medium"]


def history(g):
    return Array(shape=np.shape(g), digits=4)


@family.part(history, levels=GIVEN)
def accumulators(g, beta):
    return each(lambda gs: adaptive.running_means(gs, beta), g)


accumulators.slips = rows(
    ("Adagrad's sum", "RMSprop averages: old squares fade with beta.",
     lambda g: each(adaptive.running_sums, g)),
    ("alpha used", "The squares are averaged with beta; alpha is for v.",
     lambda g, alpha: each(lambda gs: adaptive.running_means(gs, alpha), g)),
    ("beta exchanged", "The old mean keeps the share beta.",
     lambda g, beta: each(lambda gs: adaptive.running_means(gs, 1 - beta), g)),
)  # fmt: skip

accumulators.witness(
    lambda g, theta_0, epsilon, alpha, beta, nu: run(g, theta_0, epsilon, alpha, beta, nu)[1]
)


@family.part(history, marks=2, levels=GIVEN)
def velocities(g, accumulators, epsilon, alpha, nu):
    normalised = each(lambda gs, means: adaptive.steps(gs, means, -1, nu), g, accumulators)
    return momentum.velocities(normalised, [alpha] * len(g), epsilon)


def momentum_of_the_raw_gradients(g, accumulators, epsilon, alpha, nu):
    raw = momentum.velocities(g, [alpha] * len(g), 1)
    return each(lambda vs, means: adaptive.steps(vs, means, -epsilon, nu), raw, accumulators)


def no_root(g, accumulators, epsilon, alpha, nu):
    divided = without_root(g, accumulators, -1, nu)
    return momentum.velocities(divided, [alpha] * len(g), epsilon)


velocities.slips = rows(
    ("no momentum",
     "The velocity before, times alpha, belongs to the sum.",
     lambda g, accumulators, epsilon, nu: each(lambda gs, means: adaptive.steps(gs, means, epsilon, nu), g, accumulators)),
    ("momentum of the raw gradients",
     "Each gradient is divided by its own root before it is added.",
     momentum_of_the_raw_gradients),
    ("no root", "Divide by the root of the accumulator.", no_root),
    ("lost the sign", "The velocity points against the gradient.",
     lambda velocities: negated(velocities)),
)  # fmt: skip

velocities.witness(
    lambda g, theta_0, epsilon, alpha, beta, nu: np.diff(
        run(g, theta_0, epsilon, alpha, beta, nu)[0], axis=0
    )
)


@family.part(
    lambda g: Array(shape=(2,), digits=4) if np.ndim(g) == 2 else Real(digits=4), levels=GIVEN
)
def position(theta_0, velocities):
    return momentum.position(theta_0, velocities)


position.slips = rows(
    ("last velocity only", "Every velocity so far has moved the parameter.",
     lambda theta_0, velocities: momentum.position(theta_0, velocities[-1:])),
    ("subtracted the velocity", "The minus sign is inside v: theta moves by + v.",
     lambda theta_0, velocities: momentum.position(theta_0, negated(velocities))),
)  # fmt: skip

position.witness(
    lambda g, theta_0, epsilon, alpha, beta, nu: run(g, theta_0, epsilon, alpha, beta, nu)[0][-1]
)


@family.part(Real(digits=4), levels=["medium"])
def terminal(steady, epsilon, alpha):
    return momentum.expected_velocity_limit(alpha, epsilon, 1 if steady > 0 else -1)


terminal.slips = rows(
    ("one step only", "The steps add up: divide by 1 - alpha.",
     lambda terminal, alpha: terminal * (1 - alpha)),
    ("lost the sign", "The velocity points against the gradient.", lambda terminal: -terminal),
    ("not normalised", "Divided by its root mean square, the gradient is 1 or -1.",
     lambda steady, epsilon, alpha: momentum.expected_velocity_limit(alpha, epsilon, steady)),
)  # fmt: skip


@terminal.witness
def _(steady, epsilon, alpha, beta):
    """From a mean square at which equal gradients leave it."""

    def settle(stepper, t):
        if t == 0:
            stepper.state_of(stepper.params[0])[0][:] = steady**2

    stepper = optimizer(epsilon, alpha, beta, 0)
    path = engine.optimizer_path(stepper, [[steady]] * 4, [0.0], settle)
    return engine.geometric_limit(np.diff(path[:, 0]))


@family.part(Real(digits=4), levels=["hard"])
def ahead(theta_0, v_0, alpha):
    return nesterov.look_ahead(theta_0, v_0, alpha)


ahead.slips = rows(
    ("did not look ahead", "The gradient is taken at theta plus alpha v.", lambda theta_0: theta_0),
    ("the whole velocity", "Look ahead by alpha times the velocity.",
     lambda theta_0, v_0: theta_0 + v_0),
)  # fmt: skip

ahead.witness(
    lambda h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu: looked_ahead(
        h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu
    )[0]
)


@family.part(Real(digits=4), levels=["hard"])
def gradient(h, c, ahead):
    return nesterov.slope(h, c, ahead)


gradient.slips = rows(
    ("no factor 2", "The derivative of the square brings a factor 2.",
     lambda gradient: gradient / 2),
    ("gradient at the old point", "Take the gradient at the look-ahead point.",
     lambda h, c, theta_0: nesterov.slope(h, c, theta_0)),
)  # fmt: skip

gradient.witness(
    lambda h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu: looked_ahead(
        h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu
    )[1]
)


@family.part(Real(digits=4), levels=["hard"])
def mean_square(gradient, a_0, beta):
    return adaptive.running_means((gradient,), beta, a_0)[0]


mean_square.slips = rows(
    ("started at 0", "The mean square of the past is not zero here.",
     lambda gradient, beta: adaptive.running_means((gradient,), beta)[0]),
    ("not squared", "The average is taken over the squares of the gradients.",
     lambda gradient, a_0, beta: beta * a_0 + (1 - beta) * gradient),
)  # fmt: skip

mean_square.witness(
    lambda h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu: looked_ahead(
        h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu
    )[2]
)


@family.part(Real(digits=4), marks=2, levels=["hard"])
def velocity(v_0, gradient, mean_square, epsilon, alpha, nu):
    (normalised,) = adaptive.steps((gradient,), (mean_square,), -1, nu)
    return nesterov.velocity(v_0, normalised, alpha, epsilon)


def old_mean_square(v_0, gradient, a_0, epsilon, alpha, nu):
    (normalised,) = adaptive.steps((gradient,), (a_0,), -1, nu)
    return nesterov.velocity(v_0, normalised, alpha, epsilon)


def gradient_added(v_0, gradient, mean_square, epsilon, alpha, nu):
    (normalised,) = adaptive.steps((gradient,), (mean_square,), 1, nu)
    return nesterov.velocity(v_0, normalised, alpha, epsilon)


velocity.slips = rows(
    ("no root",
     "Divide by the root of the mean square.",
     lambda v_0, gradient, mean_square, epsilon, alpha, nu: nesterov.velocity(v_0, gradient / (mean_square + nu), alpha, epsilon)),
    ("old mean square", "Bring the mean square up to date first.", old_mean_square),
    ("not normalised", "The gradient is divided by the root of the mean square.",
     lambda v_0, gradient, epsilon, alpha: nesterov.velocity(v_0, gradient, alpha, epsilon)),
    ("gradient added", "The gradient is subtracted: the velocity goes downhill.", gradient_added),
)  # fmt: skip

velocity.witness(
    lambda h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu: looked_ahead(
        h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu
    )[3]
)


@family.part(Real(digits=4), levels=["hard"])
def arrival(theta_0, velocity):
    return theta_0 + velocity


arrival.slips = rows(
    ("from the look-ahead point", "The step starts at the old parameter.",
     lambda ahead, velocity: ahead + velocity),
    ("subtracted the velocity", "The minus sign is inside v: theta moves by + v.",
     lambda theta_0, velocity: theta_0 - velocity),
)  # fmt: skip

arrival.witness(
    lambda h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu: looked_ahead(
        h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu
    )[4]
)


def optimizer(epsilon, alpha, beta, nu):
    settings = {"lr": epsilon, "momentum": alpha, "alpha": beta, "eps": nu}
    return lambda p: engine.RMSprop(p, **{k: float(v) for k, v in settings.items()})


@lru_cache(maxsize=4)
def run(g, theta_0, epsilon, alpha, beta, nu):
    """The engine's path and its accumulators."""
    return recorded(optimizer(epsilon, alpha, beta, nu), g, theta_0)


@lru_cache(maxsize=4)
def looked_ahead(h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu):
    """Point, gradient, mean square, velocity and position of the engine's step."""
    theta = engine.Tensor([float(theta_0)], requires_grad=True)
    stepper = optimizer(epsilon, alpha, beta, nu)([theta])
    squares, buffer = stepper.state_of(theta)
    squares[:], buffer[:] = float(a_0), -float(v_0 / epsilon)
    point = theta.data + float(alpha * v_0)
    there = engine.Tensor(point, requires_grad=True)
    (h * (there - c) ** 2).sum().backward()
    theta.grad = there.grad
    stepper.step()
    squares, buffer = stepper.state_of(theta)
    moved = theta.data - float(theta_0)
    return [float(x[0]) for x in (point, there.grad, squares, moved, theta.data)]
