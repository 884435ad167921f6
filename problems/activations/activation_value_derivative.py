"""Values and derivatives of activation functions.

Trap: the value for the slope, the rule of tanh on the sigmoid, the slope on the wrong side.
Reference: Goodfellow, Bengio and Courville (2016), section 6.3; Clevert et al. (2016), equation 15.
Source: S0-40, S0-43, S0-45, S0-47, S0-48, S1-39, S1-43, S1-46, S4-03.
"""

import numpy as np

from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems.activations import _rectifiers, _sigmoid_and_tanh
from partialcredit.problems.activations._derivatives import derivatives
from partialcredit.solvers import activations, letters
from partialcredit.solvers.backprop import logistic

family = Family(
    version=3,
    conventions=[
        "{% if level != 'medium' %}$\\sigma(x) = 1/(1 + e^{-x})${% endif %}",
        "{% if level == 'medium' %}the leaky ReLU is $x$ for $x > 0$ and $a x$ for $x < 0$, ELU is "
        "$x$ for $x > 0$ and $\\alpha (e^x - 1)$ for $x < 0$, and softplus is $\\ln(1 + e^x)$"
        "{% endif %}",
    ],
)

HARD = ["hard"]


@family.sample
def sample(draw):
    if draw.level == "easy":
        x, u = (rational(draw.nonzero(-250, 250), 100) for _ in range(2))
        return {"x": x, "u": u, "w": 1, "b": 0}
    if draw.level == "medium":
        v = [rational(draw.integer(1, 30) * sign, 10) for sign in (-1, -1, 1)]
        return {
            "v": draw.shuffle(v),
            "a": draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2"),
            "alpha": draw.decimal("0.2", "0.25", "0.5", "0.8", "1.5"),
            "x": rational(draw.nonzero(-30, 30), 10),
            "w": 1,
            "b": 0,
        }
    return {
        "w": rational(draw.choice([n for n in range(-14, 15) if abs(n) > 2]), 2),
        "b": rational(draw.nonzero(-30, 30), 10),
        "x": rational(draw.nonzero(-20, 20), 10),
    }


family.include(_sigmoid_and_tanh.questions)
family.include(_rectifiers.questions)


@family.condition
def _(w, b, x):
    """Neither saturated nor at the steepest place."""
    return (w, b) == (1, 0) or rational(1, 2) <= abs(w * x + b) <= 4


@family.derive
def inner(w, b, x):
    """The value of the composite function."""
    return logistic(w * x + b)


@family.run
def composite(w, b):
    return lambda x: functional.sigmoid(x * w + b)


@family.run
def turning(composite):
    """Where the engine's slope is steepest: a grid around the change of its sign, made finer."""
    low, high = -2.2, 2.2
    while high - low > 1e-10:
        grid = np.linspace(low, high, 65)
        bends = np.sign(derivatives(composite, grid, order=2)[2])
        place = int(np.argmax(bends[1:] != bends[0])) + 1
        low, high = grid[place - 1], grid[place]
    return (low + high) / 2


@family.part(Real(digits=3), levels=HARD)
def composite_slope(w, inner):
    return w * inner * (1 - inner)


composite_slope.slips = rows(
    ("inner derivative left out", "The chain rule brings a factor w.",
     lambda inner: inner * (1 - inner)),
    ("times x", "The derivative of w x + b with respect to x is w, not x.",
     lambda x, inner: x * inner * (1 - inner)),
    ("the value", "That is the function itself.", lambda inner: inner),
)  # fmt: skip
composite_slope.witness(lambda composite, x: derivatives(composite, x)[1])


@family.part(Real(digits=3), levels=HARD, marks=2)
def composite_curvature(w, b, x):
    return w**2 * activations.sigmoid_curvature(w * x + b)


composite_curvature.slips = rows(
    ("factor w once", "Each derivative brings a factor w.",
     lambda composite_curvature, w: composite_curvature / w),
    ("slope squared", "The second derivative is not the square of the first.",
     lambda composite_slope: composite_slope**2),
    ("wrong sign", "The curve bends up where the argument is negative.",
     lambda composite_curvature: -composite_curvature),
)  # fmt: skip
composite_curvature.witness(lambda composite, x: derivatives(composite, x, order=2)[2])


@family.part(Real(digits=3), levels=HARD)
def steepest(w, b):
    return activations.steepest_point(w, b)


steepest.slips = rows(
    ("at 0", "The argument of the sigmoid is 0 there, not x.", lambda: 0),
    ("wrong sign", "Solve w x + b = 0 for x.", lambda steepest: -steepest),
    ("bias alone", "Divide by w.", lambda b: -b),
)  # fmt: skip
steepest.witness(lambda turning: turning)


@family.part(Real(digits=3), levels=HARD, after="steepest")
def largest_slope(w):
    return activations.steepest_slope(w)


largest_slope.slips = rows(
    ("inner derivative left out", "The chain rule brings a factor w.", lambda: rational(1, 4)),
    ("value instead of slope", "σ(0) is 1/2, its slope there 1/4.", lambda w: w / 2),
    ("the weight", "The sigmoid's own slope is a factor.", lambda w: w),
)  # fmt: skip
largest_slope.witness(lambda composite, turning: derivatives(composite, turning)[1])


def swished(x):
    return x * functional.sigmoid(x)


@family.part(Real(digits=3), levels=HARD)
def swish_slope(x):
    return activations.swish_slope(x)


swish_slope.slips = rows(
    ("first term only", "The product rule has two terms.", lambda x: logistic(x)),
    ("second term only", "The product rule has two terms.",
     lambda x: x * activations.sigmoid_slope(x)),
    ("slope of the sigmoid", "The factor x belongs to the function, too.",
     lambda x: activations.sigmoid_slope(x)),
)  # fmt: skip
swish_slope.witness(lambda x: derivatives(swished, x)[1])


@family.part(Expression(symbols={"x": "real"}), levels=HARD, marks=2)
def formula():
    return letters.formula(activations.swish_slope)


formula.slips = rows(
    ("first term only", "The product rule has two terms.",
     lambda: letters.formula(lambda x: logistic(x))),
    ("second term only", "The product rule has two terms.",
     lambda: letters.formula(lambda x: activations.swish_slope(x) - logistic(x))),
    ("the function", "This is the function; its derivative is asked for.",
     lambda: letters.formula(lambda x: x * logistic(x))),
)  # fmt: skip
formula.witness(lambda point: derivatives(swished, point["x"])[1])


@family.working
def _(x, w, b):
    return {
        "s": logistic(x),
        "slope": activations.sigmoid_slope(x),
        "rest": logistic(-(w * x + b)),
    }
