"""Steps of gradient descent.

Trap: going uphill, summing over the batch, using new values within the same step.
Reference: Goodfellow, Bengio and Courville (2016), section 4.3 and algorithm 8.1.
Source: S0-36, S1-68, S2-06.
"""

from fractions import Fraction
from types import SimpleNamespace

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.figures import Curve, Mark, Plot
from partialcredit.grading import Array, Integer, Real, Text
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.problems.optimizers._histories import coordinates
from partialcredit.solvers import descent, quadratic

family = Family(
    version=3,
    conventions=[
        r"a step is $\theta_{t+1} = \theta_t - \eta \nabla J(\theta_t)$"
        "{% if level != 'easy' %}, in all components at once{% endif %}"
    ],
)


@family.sample
def sample(draw):
    rate = draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2")
    if draw.level == "hard":
        return {
            "x": draw.integers(3, -3, 5, distinct=True),
            "y": draw.integers(3, -9, 9),
            "theta_0": (draw.nonzero(-3, 3), draw.nonzero(-3, 3)),
            "eta": rate,
        }
    a, b = draw.integers(2, 1, 6)
    k = draw.nonzero(-4, 4)
    if draw.level == "easy":
        return {
            "A": ((a,),),
            "slopes": (draw.nonzero(-9, 9),),
            "theta_0": draw.nonzero(-9, 9),
            "eta": rational(draw.integer(1, 20), 100),
        }
    return {
        "A": ((a, k), (0, b)),
        "slopes": (draw.nonzero(-9, 9), draw.nonzero(-9, 9)),
        "theta_0": (draw.nonzero(-4, 4), draw.nonzero(-4, 4)),
        "eta": rate,
    }


GIVEN = ["easy", "medium"]


def pair_or_number(values):
    """A number where the question has one parameter."""
    return values if len(values) == 2 else values[0]


@family.derive
def squares(A):
    """The coefficients of the squares."""
    return pair_or_number(Vector(row[i] for i, row in enumerate(A)))


@family.derive
def linear(slopes):
    return pair_or_number(slopes)


@family.derive
def slope(A, slopes):
    """The gradient at a point."""
    return lambda theta: pair_or_number(quadratic.gradient(A, as_vector(theta), slopes))


def value_at(A, slopes):
    return lambda theta: quadratic.value(A, as_vector(theta), slopes, 0)


def as_vector(theta):
    return theta if isinstance(theta, tuple) else Vector((theta,))


@family.run
def run(A, slopes, theta_0, eta):
    matrix, linear = engine.Tensor(A, dtype="float64"), engine.Tensor(slopes, dtype="float64")
    loss = lambda theta: theta @ matrix @ theta + linear @ theta  # noqa: E731
    return descend(as_vector(theta_0), loss, eta, 2)


@family.part(lambda theta_0: Array(shape=(2,)) if np.ndim(theta_0) else Integer(), levels=GIVEN)
def gradient(slope, theta_0):
    return slope(theta_0)


gradient.slips = rows(
    ("no factor 2", "The derivative of a square brings a factor 2.",
     lambda gradient, squares, theta_0: gradient - squares * theta_0),
    ("linear terms lost", "The linear terms have constant derivatives: add them.",
     lambda gradient, linear: gradient - linear),
    ("mixed term lost", "The mixed term has a derivative with respect to either variable.",
     lambda A, squares, linear, theta_0: 2 * squares * theta_0 + linear if len(A) > 1 else None),
)  # fmt: skip
gradient.witness(lambda run: run.gradients[0])


@family.part(coordinates, levels=GIVEN)
def first(theta_0, gradient, eta):
    return descent.step(theta_0, gradient, eta)


def one_after_the_other(theta_0, first, slope, eta):
    if not isinstance(theta_0, tuple):
        return None
    between = Vector((first[0], theta_0[1]))
    return first[0], descent.step(between, slope(between), eta)[1]


first.slips = rows(
    ("uphill", "The step goes against the gradient.",
     lambda theta_0, gradient, eta: descent.step(theta_0, gradient, -eta)),
    ("no learning rate", "The gradient is multiplied by the learning rate.",
     lambda theta_0, gradient: descent.step(theta_0, gradient, 1)),
    ("one after the other", "Both components step from the old point.", one_after_the_other),
    ("gradient only", "Start from the point: theta minus the learning rate times the gradient.",
     lambda gradient, eta: -eta * gradient),
)  # fmt: skip
first.witness(lambda run: run.path[0])


@family.part(Array(shape=(2,), digits=3), marks=2, levels=["medium"])
def second(first, slope, eta):
    return descent.step(first, slope(first), eta)


def uphill(theta_0, slope, eta):
    above = descent.step(theta_0, slope(theta_0), -eta)
    return descent.step(above, slope(above), -eta)


def no_factor_2(theta_0, slope, squares, eta):
    point = theta_0
    for _step in range(2):
        point = descent.step(point, slope(point) - squares * point, eta)
    return point


second.slips = rows(
    ("same gradient twice", "The point has moved: take the gradient afresh.",
     lambda first, gradient, eta: descent.step(first, gradient, eta)),
    ("one step only", "This is the point after one step.", lambda first: first),
    ("uphill", "The steps go against the gradient.", uphill),
    ("no factor 2", "The derivative of a square brings a factor 2.", no_factor_2),
    ("from the start again", "The second step starts where the first one ended.",
     lambda theta_0, first, slope, eta: descent.step(theta_0, slope(first), eta)),
)  # fmt: skip
second.witness(lambda run: run.path[1])


@family.part(Real(digits=3), levels=GIVEN)
def change(A, slopes, theta_0, first):
    height = value_at(A, slopes)
    return height(first) - height(theta_0)


change.slips = rows(
    ("linear approximation", "For this step the curvature matters: compute both values.",
     lambda gradient, eta: -eta * sum(as_vector(gradient) ** 2)),
    ("sign", "The change is the new value minus the old one.", lambda change: -change),
)  # fmt: skip
change.witness(lambda run: run.losses[1] - run.losses[0])


@family.run
def fit(x, y, theta_0, eta):
    inputs, targets = (engine.Tensor(values, dtype="float64") for values in (x, y))
    error = lambda theta: inputs * theta[0] + theta[1] - targets  # noqa: E731
    found = descend(theta_0, lambda theta: (error(theta) ** 2).mean() / 2, eta, 1)
    found.errors = error(engine.Tensor(theta_0, dtype="float64")).data
    return found


@family.part(Array(shape=(3,)), levels=["hard"])
def residuals(x, y, theta_0):
    return descent.line_residuals(x, y, theta_0)


residuals.slips = rows(
    ("sign", "The error is the prediction minus the target.", lambda residuals: -residuals),
    ("bias forgotten", "The line has an intercept.",
     lambda residuals, theta_0: residuals - theta_0[1]),
)  # fmt: skip
residuals.witness(lambda fit: fit.errors)


@family.part(Array(shape=(2,), digits=3), marks=2, levels=["hard"])
def batch_gradient(x, residuals):
    return descent.line_gradient(x, residuals)


batch_gradient.slips = rows(
    ("summed", "The loss is a mean: divide by the number of examples.",
     lambda batch_gradient, x: batch_gradient * len(x)),
    ("input forgotten", "For w, each error is multiplied by its input.",
     lambda batch_gradient: (batch_gradient[1], batch_gradient[1])),
    ("factor 2 kept", "The half before the square cancels the factor 2.",
     lambda batch_gradient: 2 * batch_gradient),
)  # fmt: skip
batch_gradient.witness(lambda fit: fit.gradients[0])


@family.part(Array(shape=(2,), digits=4), levels=["hard"])
def after(theta_0, batch_gradient, eta):
    return descent.step(theta_0, batch_gradient, eta)


def one_after_the_other_2(x, y, theta_0, after, eta):
    between = Vector((after[0], theta_0[1]))
    slope = Vector(descent.line_gradient(x, descent.line_residuals(x, y, between)))
    return after[0], descent.step(between, slope, eta)[1]


after.slips = rows(
    ("uphill", "The step goes against the gradient.",
     lambda theta_0, batch_gradient, eta: descent.step(theta_0, batch_gradient, -eta)),
    ("one after the other", "Both parameters step from the old line.", one_after_the_other_2),
)  # fmt: skip
after.witness(lambda fit: fit.path[0])


@family.part(Real(digits=3), marks=2, levels=["hard"], after="after")
def loss_change(x, y, residuals, after):
    later = descent.half_mean_square(descent.line_residuals(x, y, after))
    return later - descent.half_mean_square(residuals)


loss_change.slips = rows(
    ("sign", "The change is the new loss minus the old one.", lambda loss_change: -loss_change,
     Fraction(1, 2)),
    ("linear approximation", "The loss is curved: compute both values.",
     lambda batch_gradient, eta: -eta * sum(batch_gradient**2)),
)  # fmt: skip
loss_change.witness(lambda fit: fit.losses[1] - fit.losses[0])


def descend(start, loss, eta, steps):
    """The engine's gradients and points of some steps, and all losses."""
    theta = engine.Tensor(start, dtype="float64", requires_grad=True)
    stepper = engine.SGD([theta], lr=eta)
    slopes, path, losses = [], [], []
    for _step in range(steps):
        stepper.zero_grad()
        here = loss(theta)
        here.backward()
        slopes.append(theta.grad.squeeze().copy())
        losses.append(here.item())
        stepper.step()
        path.append(theta.data.squeeze().copy())
    return SimpleNamespace(gradients=slopes, path=path, losses=[*losses, loss(theta).item()])


@family.figure
def _(level, A, slopes, theta_0, first):
    """The parabola with the start, and with the step; its sides are of the width of the start."""
    if level != "easy":
        return ()
    least = -slopes[0] / (2 * A[0][0])
    height = value_at(A, slopes)
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


@family.part(Text(), marks=2, levels=["hard"])
def line():
    return (
        "Line 2 uses the new w; the errors must be computed once, with the old w and the old b, "
        "before either of them changes."
    )
