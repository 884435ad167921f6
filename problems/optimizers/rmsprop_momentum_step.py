"""Steps of RMSprop with momentum.

Trap: letting momentum collect the raw gradients and dividing afterwards, or no root.
Reference: Hinton (2012), lecture 6e; Goodfellow, Bengio and Courville (2016), algorithm 8.6.
Source: S1-73.
"""

from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family
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


@family.part(history, marks=2, levels=GIVEN)
def velocities(g, accumulators, epsilon, alpha, nu):
    normalised = each(lambda gs, means: adaptive.steps(gs, means, -1, nu), g, accumulators)
    return momentum.velocities(normalised, [alpha] * len(g), epsilon)


@family.part(
    lambda g: Array(shape=(2,), digits=4) if np.ndim(g) == 2 else Real(digits=4), levels=GIVEN
)
def position(theta_0, velocities):
    return momentum.position(theta_0, velocities)


@family.part(Real(digits=4), levels=["medium"])
def terminal(steady, epsilon, alpha):
    return momentum.expected_velocity_limit(alpha, epsilon, 1 if steady > 0 else -1)


@family.part(Real(digits=4), levels=["hard"])
def ahead(theta_0, v_0, alpha):
    return nesterov.look_ahead(theta_0, v_0, alpha)


@family.part(Real(digits=4), levels=["hard"])
def gradient(h, c, ahead):
    return nesterov.slope(h, c, ahead)


@family.part(Real(digits=4), levels=["hard"])
def mean_square(gradient, a_0, beta):
    return adaptive.running_means((gradient,), beta, a_0)[0]


@family.part(Real(digits=4), marks=2, levels=["hard"])
def velocity(v_0, gradient, mean_square, epsilon, alpha, nu):
    (normalised,) = adaptive.steps((gradient,), (mean_square,), -1, nu)
    return nesterov.velocity(v_0, normalised, alpha, epsilon)


@family.part(Real(digits=4), levels=["hard"])
def arrival(theta_0, velocity):
    return theta_0 + velocity


@accumulators.mistake("Adagrad's sum", "RMSprop averages: old squares fade with beta.")
def _(g):
    return each(adaptive.running_sums, g)


@accumulators.mistake("alpha used", "The squares are averaged with beta; alpha is for v.")
def _(g, alpha):
    return each(lambda gs: adaptive.running_means(gs, alpha), g)


@accumulators.mistake("beta exchanged", "The old mean keeps the share beta.")
def _(g, beta):
    return each(lambda gs: adaptive.running_means(gs, 1 - beta), g)


@velocities.mistake("no momentum", "The velocity before, times alpha, belongs to the sum.")
def _(g, accumulators, epsilon, nu):
    return each(lambda gs, means: adaptive.steps(gs, means, epsilon, nu), g, accumulators)


@velocities.mistake(
    "momentum of the raw gradients", "Each gradient is divided by its own root before it is added."
)
def _(g, accumulators, epsilon, alpha, nu):
    raw = momentum.velocities(g, [alpha] * len(g), 1)
    return each(lambda vs, means: adaptive.steps(vs, means, -epsilon, nu), raw, accumulators)


@velocities.mistake("no root", "Divide by the root of the accumulator.")
def _(g, accumulators, epsilon, alpha, nu):
    divided = without_root(g, accumulators, -1, nu)
    return momentum.velocities(divided, [alpha] * len(g), epsilon)


@velocities.mistake("lost the sign", "The velocity points against the gradient.")
def _(velocities):
    return negated(velocities)


@position.mistake("last velocity only", "Every velocity so far has moved the parameter.")
def _(theta_0, velocities):
    return momentum.position(theta_0, velocities[-1:])


@position.mistake("subtracted the velocity", "The minus sign is inside v: theta moves by + v.")
def _(theta_0, velocities):
    return momentum.position(theta_0, negated(velocities))


@terminal.mistake("one step only", "The steps add up: divide by 1 - alpha.")
def _(terminal, alpha):
    return terminal * (1 - alpha)


@terminal.mistake("lost the sign", "The velocity points against the gradient.")
def _(terminal):
    return -terminal


@terminal.mistake("not normalised", "Divided by its root mean square, the gradient is 1 or -1.")
def _(steady, epsilon, alpha):
    return momentum.expected_velocity_limit(alpha, epsilon, steady)


@ahead.mistake("did not look ahead", "The gradient is taken at theta plus alpha v.")
def _(theta_0):
    return theta_0


@ahead.mistake("the whole velocity", "Look ahead by alpha times the velocity.")
def _(theta_0, v_0):
    return theta_0 + v_0


@gradient.mistake("no factor 2", "The derivative of the square brings a factor 2.")
def _(gradient):
    return gradient / 2


@gradient.mistake("gradient at the old point", "Take the gradient at the look-ahead point.")
def _(h, c, theta_0):
    return nesterov.slope(h, c, theta_0)


@mean_square.mistake("started at 0", "The mean square of the past is not zero here.")
def _(gradient, beta):
    return adaptive.running_means((gradient,), beta)[0]


@mean_square.mistake("not squared", "The average is taken over the squares of the gradients.")
def _(gradient, a_0, beta):
    return beta * a_0 + (1 - beta) * gradient


@velocity.mistake("no root", "Divide by the root of the mean square.")
def _(v_0, gradient, mean_square, epsilon, alpha, nu):
    return nesterov.velocity(v_0, gradient / (mean_square + nu), alpha, epsilon)


@velocity.mistake("old mean square", "Bring the mean square up to date first.")
def _(v_0, gradient, a_0, epsilon, alpha, nu):
    (normalised,) = adaptive.steps((gradient,), (a_0,), -1, nu)
    return nesterov.velocity(v_0, normalised, alpha, epsilon)


@velocity.mistake("not normalised", "The gradient is divided by the root of the mean square.")
def _(v_0, gradient, epsilon, alpha):
    return nesterov.velocity(v_0, gradient, alpha, epsilon)


@velocity.mistake("gradient added", "The gradient is subtracted: the velocity goes downhill.")
def _(v_0, gradient, mean_square, epsilon, alpha, nu):
    (normalised,) = adaptive.steps((gradient,), (mean_square,), 1, nu)
    return nesterov.velocity(v_0, normalised, alpha, epsilon)


@arrival.mistake("from the look-ahead point", "The step starts at the old parameter.")
def _(ahead, velocity):
    return ahead + velocity


@arrival.mistake("subtracted the velocity", "The minus sign is inside v: theta moves by + v.")
def _(theta_0, velocity):
    return theta_0 - velocity


def optimizer(epsilon, alpha, beta, nu):
    settings = {"lr": epsilon, "momentum": alpha, "alpha": beta, "eps": nu}
    return lambda p: engine.RMSprop(p, **{k: float(v) for k, v in settings.items()})


@lru_cache(maxsize=4)
def run(g, theta_0, epsilon, alpha, beta, nu):
    """The engine's path and its accumulators."""
    return recorded(optimizer(epsilon, alpha, beta, nu), g, theta_0)


@accumulators.witness
def _(g, theta_0, epsilon, alpha, beta, nu):
    return run(g, theta_0, epsilon, alpha, beta, nu)[1]


@velocities.witness
def _(g, theta_0, epsilon, alpha, beta, nu):
    return np.diff(run(g, theta_0, epsilon, alpha, beta, nu)[0], axis=0)


@position.witness
def _(g, theta_0, epsilon, alpha, beta, nu):
    return run(g, theta_0, epsilon, alpha, beta, nu)[0][-1]


@terminal.witness
def _(steady, epsilon, alpha, beta):
    """From a mean square at which equal gradients leave it."""

    def settle(stepper, t):
        if t == 0:
            stepper.state_of(stepper.params[0])[0][:] = steady**2

    stepper = optimizer(epsilon, alpha, beta, 0)
    path = engine.optimizer_path(stepper, [[steady]] * 4, [0.0], settle)
    return engine.geometric_limit(np.diff(path[:, 0]))


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


@ahead.witness
def _(h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu):
    return looked_ahead(h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu)[0]


@gradient.witness
def _(h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu):
    return looked_ahead(h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu)[1]


@mean_square.witness
def _(h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu):
    return looked_ahead(h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu)[2]


@velocity.witness
def _(h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu):
    return looked_ahead(h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu)[3]


@arrival.witness
def _(h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu):
    return looked_ahead(h, c, a_0, v_0, theta_0, epsilon, alpha, beta, nu)[4]
