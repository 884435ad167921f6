"""Steps of RMSprop with momentum.

Trap: letting momentum collect the raw gradients and dividing afterwards, or no root.
Reference: Hinton (2012), lecture 6e; Goodfellow, Bengio and Courville (2016), algorithm 8.6.
Source: S1-73.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Real
from partialcredit.numbers.exact import sqrt
from partialcredit.problems.optimizers._histories import (
    coordinates,
    history,
    recorded,
    signed_histories,
)
from partialcredit.solvers import adaptive, momentum, nesterov

family = Family(
    version=3,
    conventions=[
        r"$a_t = \beta a_{t-1} + (1 - \beta) g_t^2$, "
        r"$v_t = \alpha v_{t-1} - \eta g_t / (\sqrt{a_t} + \epsilon)$ and "
        r"$\theta_t = \theta_{t-1} + v_t${% if level != 'hard' %} with $a_0 = 0$ and $v_0 = 0$; "
        "the first gradient is $g_1${% endif %}",
        r"{% if level == 'hard' %}the gradient $g_t$ is taken at the look-ahead point "
        r"$\theta_{t-1} + \alpha v_{t-1}${% endif %}",
        "{% if theta_0 is iterable %}squares, roots and quotients are taken in each component"
        "{% endif %}",
    ],
)


@family.sample
def sample(draw):
    shared = {
        "eta": draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2", "0.5"),
        "alpha": draw.decimal("0.5", "0.6", "0.7", "0.8", "0.9"),
        "beta": draw.decimal("0.8", "0.9", "0.95", "0.97", "0.99"),
        "eps": draw.by_level(0, 0, draw.decimal("0.1", "0.2", "0.5", "1")),
    }
    c, theta_0 = draw.sample([n for n in range(-5, 6) if n], 2)
    if draw.level == "hard":
        v_0 = draw.choice([-1, 1]) * draw.decimal("0.2", "0.3", "0.4", "0.5", "0.6", "0.8")
        start = {"h": draw.integer(1, 5), "c": c, "a_0": draw.integer(2, 9), "v_0": v_0}
        return shared | start | {"theta_0": theta_0, "steady": draw.nonzero(-9, 9)}
    if draw.level == "easy":
        return shared | {"g": signed_histories(draw, 2, 1), "theta_0": theta_0}
    steady = {"steady": draw.nonzero(-9, 9), "theta_0": draw.integers(2, -3, 3)}
    return shared | {"g": signed_histories(draw, 2, 2)} | steady


GIVEN = ["easy", "medium"]


@family.run
def run(g, theta_0, eta, alpha, beta, eps):
    return recorded(optimizer(eta, alpha, beta, eps), g, theta_0)


@family.part(history, levels=GIVEN)
def accumulators(g, beta):
    return adaptive.running_means(g, beta)


accumulators.slips = rows(
    ("Adagrad's sum", "RMSprop averages: old squares fade with beta.",
     lambda g: adaptive.running_sums(g)),
    ("alpha used", "The squares are averaged with beta; alpha is for v.",
     lambda g, alpha: adaptive.running_means(g, alpha)),
    ("beta exchanged", "The old mean keeps the share beta.",
     lambda g, beta: adaptive.running_means(g, 1 - beta)),
)  # fmt: skip
accumulators.witness(lambda run: run.states)


@family.derive
def alphas(g, alpha):
    return [alpha] * len(g)


@family.part(history, marks=2, levels=GIVEN)
def velocities(g, alphas, accumulators, eta, eps):
    return momentum.velocities(adaptive.steps(g, accumulators, -1, eps), alphas, eta)


velocities.slips = rows(
    ("no momentum", "The velocity before, times alpha, belongs to the sum.",
     lambda g, accumulators, eta, eps: adaptive.steps(g, accumulators, eta, eps)),
    ("momentum of the raw gradients",
     "Each gradient is divided by its own root before it is added.",
     lambda g, alphas, accumulators, eta, eps:
         adaptive.steps(momentum.velocities(g, alphas, 1), accumulators, -eta, eps)),
    ("no root", "Divide by the root of the accumulator.",
     lambda g, alphas, accumulators, eta, eps:
         momentum.velocities(g / (accumulators + eps), alphas, eta)),
    ("lost the sign", "The velocity points against the gradient.", lambda velocities: -velocities),
)  # fmt: skip
velocities.witness(lambda run: run.steps)


@family.part(coordinates, levels=GIVEN)
def position(theta_0, velocities):
    return momentum.position(theta_0, velocities)


position.slips = rows(
    ("last velocity only", "Every velocity so far has moved the parameter.",
     lambda theta_0, velocities: theta_0 + velocities[-1]),
    ("subtracted the velocity", "The minus sign is inside v: theta moves by + v.",
     lambda theta_0, velocities: theta_0 - sum(velocities)),
)  # fmt: skip
position.witness(lambda run: run.path[-1])


@family.run
def looked_ahead(h, c, a_0, v_0, theta_0, eta, alpha, beta, eps):
    """Point, gradient, mean square, velocity and position of the engine's step."""
    theta = engine.Tensor([theta_0], dtype="float64", requires_grad=True)
    stepper = optimizer(eta, alpha, beta, eps)([theta])
    squares, buffer = stepper.state_of(theta)
    squares[:], buffer[:] = a_0, -v_0 / eta
    there = engine.Tensor(theta.data + alpha * v_0, requires_grad=True)
    (h * (there - c) ** 2).sum().backward()
    theta.grad = there.grad
    stepper.step()
    squares, buffer = stepper.state_of(theta)
    found = there.data, there.grad, squares, theta.data - theta_0, theta.data
    return [float(x[0]) for x in found]


@family.part(Real(digits=3), levels=["hard"])
def ahead(theta_0, v_0, alpha):
    return nesterov.look_ahead(theta_0, v_0, alpha)


ahead.slips = rows(
    ("did not look ahead", "The gradient is taken at theta plus alpha v.", lambda theta_0: theta_0),
    ("the whole velocity", "Look ahead by alpha times the velocity.",
     lambda theta_0, v_0: theta_0 + v_0),
)  # fmt: skip
ahead.witness(lambda looked_ahead: looked_ahead[0])


@family.part(Real(digits=3), levels=["hard"], after="ahead")
def gradient(h, c, ahead):
    return nesterov.slope(h, c, ahead)


gradient.slips = rows(
    ("no factor 2", "The derivative of the square brings a factor 2.",
     lambda gradient: gradient / 2),
)  # fmt: skip
gradient.witness(lambda looked_ahead: looked_ahead[1])


@family.part(Real(digits=3), levels=["hard"])
def mean_square(gradient, a_0, beta):
    return adaptive.running_means([gradient], beta, a_0)[0]


mean_square.slips = rows(
    ("started at 0", "The mean square of the past is not zero here.",
     lambda gradient, beta: adaptive.running_means([gradient], beta)[0]),
    ("not squared", "The average is taken over the squares of the gradients.",
     lambda gradient, a_0, beta: beta * a_0 + (1 - beta) * gradient),
)  # fmt: skip
mean_square.witness(lambda looked_ahead: looked_ahead[2])


@family.part(Real(digits=3), marks=2, levels=["hard"])
def velocity(v_0, gradient, mean_square, eta, alpha, eps):
    normalised = gradient / (sqrt(mean_square) + eps)
    return nesterov.velocity(v_0, normalised, alpha, eta)


velocity.slips = rows(
    ("no root", "Divide by the root of the mean square.",
     lambda v_0, gradient, mean_square, eta, alpha, eps:
         nesterov.velocity(v_0, gradient / (mean_square + eps), alpha, eta)),
    ("old mean square", "Bring the mean square up to date first.",
     lambda v_0, gradient, a_0, eta, alpha, eps:
         nesterov.velocity(v_0, gradient / (sqrt(a_0) + eps), alpha, eta)),
    ("not normalised", "The gradient is divided by the root of the mean square.",
     lambda v_0, gradient, eta, alpha: nesterov.velocity(v_0, gradient, alpha, eta)),
    ("gradient added", "The gradient is subtracted: the velocity goes downhill.",
     lambda v_0, gradient, mean_square, eta, alpha, eps:
         nesterov.velocity(v_0, -gradient / (sqrt(mean_square) + eps), alpha, eta)),
)  # fmt: skip
velocity.witness(lambda looked_ahead: looked_ahead[3])


@family.part(Real(digits=3), levels=["hard"])
def arrival(theta_0, velocity):
    return theta_0 + velocity


arrival.slips = rows(
    ("from the look-ahead point", "The step starts at the old parameter.",
     lambda ahead, velocity: ahead + velocity),
    ("subtracted the velocity", "The minus sign is inside v: theta moves by + v.",
     lambda theta_0, velocity: theta_0 - velocity),
)  # fmt: skip
arrival.witness(lambda looked_ahead: looked_ahead[4])


@family.part(Real(digits=3), levels=["medium", "hard"])
def terminal(steady, eta, alpha):
    return momentum.expected_velocity_limit(alpha, eta, 1 if steady > 0 else -1)


terminal.slips = rows(
    ("one step only", "The steps add up: divide by 1 - alpha.",
     lambda terminal, alpha: terminal * (1 - alpha)),
    ("lost the sign", "The velocity points against the gradient.", lambda terminal: -terminal),
    ("not normalised", "Divided by its root mean square, the gradient is 1 or -1.",
     lambda steady, eta, alpha: momentum.expected_velocity_limit(alpha, eta, steady)),
)  # fmt: skip


@terminal.witness
def _(steady, eta, alpha, beta):
    """From a mean square at which equal gradients leave it."""

    def settle(stepper, t):
        if t == 0:
            stepper.state_of(stepper.params[0])[0][:] = steady**2

    stepper = optimizer(eta, alpha, beta, 0)
    path = engine.optimizer_path(stepper, [[steady]] * 4, [0.0], settle)
    return engine.geometric_limit(np.diff(path[:, 0]))


def optimizer(eta, alpha, beta, eps):
    settings = {"lr": eta, "momentum": alpha, "alpha": beta, "eps": eps}
    return lambda p: engine.RMSprop(p, **settings)
