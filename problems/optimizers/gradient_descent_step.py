"""Steps of gradient descent.

Trap: going uphill, summing over the batch, using new values within the same step.
Reference: Goodfellow, Bengio and Courville (2016), section 4.3 and algorithm 8.1.
Source: S0-36, S1-68, S2-06.
"""

from functools import lru_cache

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.figures import Curve, Mark, Plot
from partialcredit.grading import Array, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import descent, quadratic

family = Family(
    conventions=[
        r"a step is $\theta_{t+1} = \theta_t - \varepsilon \nabla J(\theta_t)$"
        "{% if level != 'easy' %}, in all components at once{% endif %}"
    ]
)


@family.sample
def sample(draw):
    rate = draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2")
    if draw.level == "hard":
        return {
            "x": draw.integers(3, -3, 5, distinct=True),
            "y": draw.integers(3, -9, 9),
            "theta_0": (draw.nonzero(-3, 3), draw.nonzero(-3, 3)),
            "epsilon": rate,
        }
    a, b = draw.integers(2, 1, 6)
    k = draw.nonzero(-4, 4)
    if draw.level == "easy":
        return {
            "A": ((a,),),
            "slopes": (draw.nonzero(-9, 9),),
            "theta_0": draw.nonzero(-9, 9),
            "epsilon": rational(draw.integer(1, 20), 100),
        }
    return {
        "A": ((a, k), (0, b)),
        "slopes": (draw.nonzero(-9, 9), draw.nonzero(-9, 9)),
        "theta_0": (draw.nonzero(-4, 4), draw.nonzero(-4, 4)),
        "epsilon": rate,
    }


GIVEN = ["easy", "medium"]


def scalar_or_pair(theta_0):
    return Array(shape=(2,), digits=4) if isinstance(theta_0, tuple) else Real(digits=4)


def wrapped(value):
    return value if isinstance(value, tuple) else (value,)


def like(theta_0, vector):
    """A number where the question has one parameter."""
    return tuple(vector) if isinstance(theta_0, tuple) else vector[0]


@family.part(scalar_or_pair, levels=GIVEN)
def gradient(A, slopes, theta_0):
    return like(theta_0, quadratic.gradient(A, wrapped(theta_0), slopes))


def squares_halved(A, slopes, theta_0):
    half = quadratic.gradient(A, wrapped(theta_0), [0] * len(slopes))
    squares = [row[i] * t for i, (row, t) in enumerate(zip(A, wrapped(theta_0), strict=True))]
    found = [h - s + b for h, s, b in zip(half, squares, slopes, strict=True)]
    return like(theta_0, found)


def mixed_term_lost(A, slopes, theta_0):
    if len(A) == 1:
        return None
    return quadratic.gradient(((A[0][0], 0), (0, A[1][1])), theta_0, slopes)


gradient.slips = rows(
    ("no factor 2", "The derivative of a square brings a factor 2.", squares_halved),
    ("linear terms lost",
     "The linear terms have constant derivatives: add them.",
     lambda A, slopes, theta_0: like(theta_0, quadratic.gradient(A, wrapped(theta_0), [0] * len(slopes)))),
    ("mixed term lost", "The mixed term has a derivative by either variable.", mixed_term_lost),
)  # fmt: skip

gradient.witness(
    lambda A, slopes, theta_0, epsilon: like(theta_0, run(A, slopes, theta_0, epsilon)[0][0])
)


@family.part(scalar_or_pair, levels=GIVEN)
def first(theta_0, gradient, epsilon):
    return like(theta_0, descent.step(wrapped(theta_0), wrapped(gradient), epsilon))


def one_after_the_other(A, slopes, theta_0, first, epsilon):
    if len(A) == 1:
        return None
    between = (first[0], theta_0[1])
    return (first[0], descent.step(between, quadratic.gradient(A, between, slopes), epsilon)[1])


first.slips = rows(
    ("uphill",
     "The step goes against the gradient.",
     lambda theta_0, gradient, epsilon: like(theta_0, descent.step(wrapped(theta_0), wrapped(gradient), -epsilon))),
    ("no learning rate", "The gradient is multiplied by the learning rate.",
     lambda theta_0, gradient: like(theta_0, descent.step(wrapped(theta_0), wrapped(gradient), 1))),
    ("one after the other", "Both components step from the old point.", one_after_the_other),
)  # fmt: skip

first.witness(
    lambda A, slopes, theta_0, epsilon: like(theta_0, run(A, slopes, theta_0, epsilon)[1][0])
)


@family.part(Array(shape=(2,), digits=4), marks=2, levels=["medium"])
def second(A, slopes, first, epsilon):
    return descent.step(first, quadratic.gradient(A, first, slopes), epsilon)


def uphill(A, slopes, theta_0, gradient, epsilon):
    above = descent.step(theta_0, gradient, -epsilon)
    return descent.step(above, quadratic.gradient(A, above, slopes), -epsilon)


def no_factor_2(A, slopes, theta_0, epsilon):
    point = theta_0
    for _step in range(2):
        point = descent.step(point, squares_halved(A, slopes, point), epsilon)
    return point


second.slips = rows(
    ("same gradient twice", "The point has moved: take the gradient afresh.",
     lambda first, gradient, epsilon: descent.step(first, gradient, epsilon)),
    ("one step only", "This is the point after one step.", lambda first: first),
    ("uphill", "The steps go against the gradient.", uphill),
    ("no factor 2", "The derivative of a square brings a factor 2.", no_factor_2),
)  # fmt: skip

second.witness(lambda A, slopes, theta_0, epsilon: run(A, slopes, theta_0, epsilon)[1][1])


@family.part(Real(digits=4), levels=GIVEN)
def change(A, slopes, theta_0, first):
    before, after = (quadratic.value(A, wrapped(x), slopes, 0) for x in (theta_0, first))
    return after - before


change.slips = rows(
    ("linear approximation", "For this step the curvature matters: compute both values.",
     lambda gradient, epsilon: -epsilon * sum(g**2 for g in wrapped(gradient))),
    ("sign", "The change is the new value minus the old one.", lambda change: -change),
)  # fmt: skip


@change.witness
def _(A, slopes, theta_0, epsilon):
    losses = run(A, slopes, theta_0, epsilon)[2]
    return losses[1] - losses[0]


@family.part(Array(shape=(3,)), levels=["hard"])
def residuals(x, y, theta_0):
    return descent.line_residuals(x, y, theta_0)


residuals.slips = rows(
    ("sign", "The error is the prediction minus the target.",
     lambda residuals: tuple(-r for r in residuals)),
    ("bias forgotten", "The line has an intercept.",
     lambda x, y, theta_0: descent.line_residuals(x, y, (theta_0[0], 0))),
)  # fmt: skip

residuals.witness(lambda x, y, theta_0, epsilon: fit(x, y, theta_0, epsilon)[0])


@family.part(Array(shape=(2,), digits=4), marks=2, levels=["hard"])
def batch_gradient(x, residuals):
    return descent.line_gradient(x, residuals)


batch_gradient.slips = rows(
    ("summed", "The loss is a mean: divide by the number of examples.",
     lambda batch_gradient, x: tuple(g * len(x) for g in batch_gradient)),
    ("input forgotten", "By w, each error is multiplied by its input.",
     lambda batch_gradient: (batch_gradient[1], batch_gradient[1])),
    ("factor 2 kept", "The half before the square cancels the factor 2.",
     lambda batch_gradient: tuple(2 * g for g in batch_gradient)),
)  # fmt: skip

batch_gradient.witness(lambda x, y, theta_0, epsilon: fit(x, y, theta_0, epsilon)[1])


@family.part(Array(shape=(2,), digits=4), levels=["hard"])
def after(theta_0, batch_gradient, epsilon):
    return descent.step(theta_0, batch_gradient, epsilon)


def one_after_the_other_2(x, y, theta_0, after, epsilon):
    between = (after[0], theta_0[1])
    slope = descent.line_gradient(x, descent.line_residuals(x, y, between))
    return (after[0], theta_0[1] - epsilon * slope[1])


after.slips = rows(
    ("uphill", "The step goes against the gradient.",
     lambda theta_0, batch_gradient, epsilon: descent.step(theta_0, batch_gradient, -epsilon)),
    ("one after the other", "Both parameters step from the old line.", one_after_the_other_2),
)  # fmt: skip

after.witness(lambda x, y, theta_0, epsilon: fit(x, y, theta_0, epsilon)[2])


@family.part(Real(digits=4), marks=2, levels=["hard"])
def loss_change(x, y, residuals, after):
    later = descent.half_mean_square(descent.line_residuals(x, y, after))
    return later - descent.half_mean_square(residuals)


loss_change.slips = rows(
    ("sign", "The change is the new loss minus the old one.", lambda loss_change: -loss_change),
    ("linear approximation", "The loss is curved: compute both values.",
     lambda batch_gradient, epsilon: -epsilon * sum(g**2 for g in batch_gradient)),
)  # fmt: skip


@loss_change.witness
def _(x, y, theta_0, epsilon):
    losses = fit(x, y, theta_0, epsilon)[3]
    return losses[1] - losses[0]


def descend(theta, loss, epsilon, steps):
    """The engine's gradients, path and losses."""
    theta = engine.Tensor([float(v) for v in theta], requires_grad=True)
    stepper = engine.SGD([theta], lr=float(epsilon))
    slopes, path, losses = [], [], []
    for _step in range(steps):
        stepper.zero_grad()
        here = loss(theta)
        here.backward()
        slopes.append(theta.grad.copy())
        losses.append(here.item())
        stepper.step()
        path.append(theta.data.copy())
    return slopes, path, [*losses, loss(theta).item()]


@lru_cache(maxsize=4)
def run(A, slopes, theta_0, epsilon):
    matrix, linear = engine.Tensor(A, dtype="float64"), engine.Tensor(slopes, dtype="float64")
    loss = lambda theta: theta @ matrix @ theta + linear @ theta  # noqa: E731
    return descend(wrapped(theta_0), loss, epsilon, 2)


@lru_cache(maxsize=4)
def fit(x, y, theta_0, epsilon):
    inputs, targets = engine.Tensor([float(v) for v in x]), engine.Tensor([float(v) for v in y])
    error = lambda theta: inputs * theta[0] + theta[1] - targets  # noqa: E731
    slopes, path, losses = descend(theta_0, lambda t: (error(t) ** 2).mean() / 2, epsilon, 1)
    return error(engine.Tensor([float(v) for v in theta_0])).data, slopes[0], path[0], losses


@family.figure
def _(level, A, slopes, theta_0, first):
    """The parabola with the start, and with the step; its sides are of the width of the start."""
    if level != "easy":
        return ()
    least = -slopes[0] / (2 * A[0][0])

    def height(theta):
        return quadratic.value(A, (theta,), slopes, 0)

    before, after = ((float(t), float(height(t))) for t in (theta_0, first))
    reach = 1.2 * max(abs(before[0] - least), abs(after[0] - least), 0.5)
    sides = [least + reach * n / 20 for n in range(-20, 21)]
    parabola = Curve([(theta, height(theta)) for theta in sides])
    start = Mark(before, r"\theta_0")
    about = f"The parabola J, open upwards, with the start at theta = {theta_0}"
    return [
        Plot(f"{about}.", (parabola,), (start,), r"\theta", "J"),
        Plot(
            f"{about} and the end of the step at theta = {after[0]:.4g}.",
            (parabola, Curve((before, after), "", "steps")),
            (start, Mark(after, r"\theta_1")),
            r"\theta",
            "J",
        ),
    ]
