"""Cross-entropy and squared error behind a sigmoid.

Trap: the slope of the sigmoid in the wrong loss, the derivative by the output, lost factors.
Reference: Nielsen (2015), chapter 3.
Source: S0-50, S0-51, S1-40, S1-41, S4-02, S4-08, S4-15.
"""

from fractions import Fraction
from types import SimpleNamespace

import numpy as np

from partialcredit import engine
from partialcredit.engine.functional import binary_cross_entropy_with_logits, mse_loss, sigmoid
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Choice, Expression, Real, Text
from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, columns, dot, each
from partialcredit.solvers import backprop, letters, sigmoid_losses

family = Family(
    version=3,
    conventions=[
        "$s{% if z|length > 1 %}_i{% endif %} = \\sigma(z{% if z|length > 1 %}_i{% endif %})$ with "
        "$\\sigma(z) = 1/(1 + e^{-z})$, and $\\ln$ is the natural logarithm",
        "{% if z|length > 1 %}$\\mathrm{CE} = -\\sum_i \\left[ y_i \\ln s_i + (1 - y_i) "
        "\\ln(1 - s_i) \\right]$ and $\\mathrm{MSE} = \\frac{1}{n} \\sum_i (y_i - s_i)^2$"
        "{% else %}$\\mathrm{CE} = -\\left[ y \\ln s + (1 - y) \\ln(1 - s) \\right]$ and "
        "$\\mathrm{MSE} = (y - s)^2${% endif %}",
    ],
)

#: What happens to both gradients for an output that is saturated, on the wrong or the right side.
SATURATED = (
    "only the gradient of CE stays away from 0",
    "only the gradient of MSE stays away from 0",
    "both gradients stay away from 0",
    "both gradients go to 0",
)


@family.sample
def sample(draw):
    n = draw.by_level(1, 3, 1)
    if draw.level == "hard":
        z = draw.integer(250, 500) * draw.choice([-1, 1])
        return {
            "z": [rational(z, 100)],
            "y": [int(z < 0)],
            # where another output goes, and the statements about its gradients
            "label": draw.integer(0, 1),
            "direction": draw.choice([-1, 1]),
            "saturated": draw.shuffle(SATURATED),
        }
    y = draw.sample([0, 1, draw.integer(0, 1)], 3)[:n]
    parts = draw.by_level(1000, 10, 0)
    return {"z": [rational(draw.nonzero(-5 * parts, 5 * parts), parts) for _ in y], "y": y}


@family.condition
def _(z):
    return len(set(map(abs, z))) == len(z)


def per_example(z):
    return Array(shape=(len(z),), digits=3) if len(z) > 1 else Real(digits=3)


def flat(values):
    """A number where there is one example."""
    return values if len(values) > 1 else values[0]


@family.derive
def slope(z):
    """The derivative of the sigmoid at every output."""
    s = Vector(backprop.activate("sigmoid", z))
    return flat(s * (1 - s))


@family.run
def by_engine(z, y):
    return measured(z, y)


@family.part(Real(digits=3))
def cross_entropy_value(z, y):
    return sigmoid_losses.cross_entropy_loss(z, y)


def minus_before_one_term(z, y):
    terms = [sigmoid_losses.cross_entropy_loss([v], [t]) for v, t in zip(z, y, strict=True)]
    return dot(2 * y - 1, terms)


cross_entropy_value.slips = rows(
    ("lost the sign", "The logarithms are negative; the loss is positive.",
     lambda cross_entropy_value: -cross_entropy_value),
    ("minus before one term", "The minus sign reaches both logarithms.", minus_before_one_term),
    ("labels exchanged", "The label 1 belongs to ln s.",
     lambda z, y: sigmoid_losses.cross_entropy_loss(z, 1 - y)),
    ("the mean", "CE is the sum over the examples here.",
     lambda cross_entropy_value, z: cross_entropy_value / len(z) if len(z) > 1 else None),
    ("logarithm to base 10", "The logarithm is the natural one.",
     lambda cross_entropy_value: cross_entropy_value / log(10)),
    ("logarithm to base 2", "The logarithm is the natural one.",
     lambda cross_entropy_value: cross_entropy_value / log(2)),
)  # fmt: skip
cross_entropy_value.witness(lambda by_engine: by_engine[0].value)


@family.part(Real(digits=3))
def squared_error_value(z, y):
    return sigmoid_losses.mean_squared_error(z, y)


squared_error_value.slips = rows(
    ("one half", "There is no factor 1/2 here.",
     lambda squared_error_value: squared_error_value / 2),
    ("the sum", "MSE divides by n.",
     lambda squared_error_value, z: squared_error_value * len(z) if len(z) > 1 else None),
    ("without the sigmoid", "The output is s, not z.",
     lambda z, y: backprop.squared_error(z, y) * rational(1, len(z))),
)  # fmt: skip
squared_error_value.witness(lambda by_engine: by_engine[1].value)


@family.part(per_example)
def by_cross_entropy(z, y):
    return flat(each(sigmoid_losses.cross_entropy_gradient, z, y))


by_cross_entropy.slips = rows(
    ("wrong sign", "The error is s - y, not y - s.", lambda by_cross_entropy: -by_cross_entropy),
    ("by the output", "That is the derivative with respect to s; the slope of s is missing.",
     lambda by_cross_entropy, slope: by_cross_entropy / slope),
    ("slope kept", "The slope s(1 - s) cancels in the cross-entropy.",
     lambda by_cross_entropy, slope: by_cross_entropy * slope),
    ("squared error", "That is the gradient of MSE.", lambda by_squared_error: by_squared_error),
)  # fmt: skip
by_cross_entropy.witness(lambda by_engine: by_engine[0].gradient)


@family.part(per_example, marks=2)
def by_squared_error(z, y):
    return flat(each(sigmoid_losses.squared_error_gradient, z, y, len(z)))


by_squared_error.slips = rows(
    ("slope left out", "Multiply by the slope s(1 - s) of the sigmoid.",
     lambda by_cross_entropy, z: by_cross_entropy * rational(2, len(z))),
    ("factor 2 lost", "The derivative of the square has a factor 2.",
     lambda by_squared_error: by_squared_error / 2, Fraction(1, 2)),
    ("not divided by n", "MSE is a mean over n examples.",
     lambda by_squared_error, z: by_squared_error * len(z) if len(z) > 1 else None),
    ("wrong sign", "The error is s - y, not y - s.",
     lambda by_squared_error: -by_squared_error),
    ("2/n left out", "The mean has the factor 1/n, and the square brings down a 2.",
     lambda by_squared_error, z: by_squared_error * rational(len(z), 2) if len(z) != 2 else None),
)  # fmt: skip
by_squared_error.witness(lambda by_engine: by_engine[1].gradient)


@family.part(Real(digits=3), levels=["hard"])
def ratio(by_cross_entropy, by_squared_error):
    return by_cross_entropy / by_squared_error


ratio.slips = rows(
    ("the other way round", "The gradient of CE stands above.", lambda ratio: 1 / ratio),
)  # fmt: skip
ratio.witness(lambda by_engine: by_engine[0].gradient / by_engine[1].gradient)


@family.part(Expression(symbols={"z": "real"}), levels=["hard"], marks=2)
def formula():
    return letters.formula(sigmoid_losses.gradient_ratio)


formula.slips = rows(
    ("the other way round", "The gradient of CE stands above.", lambda formula: 1 / formula),
    ("factor 2 lost", "The derivative of the square has a factor 2.", lambda formula: 2 * formula),
    ("derivatives by the output", "Both derivatives have the slope of s as a factor.",
     lambda formula: formula * formula * 2),
)  # fmt: skip


@formula.witness
def _(point):
    by_ce, by_mse = measured([point["z"]], [1])
    return by_ce.gradient / by_mse.gradient


@family.part(lambda saturated: Choice(saturated), levels=["hard"])
def limit(saturated, label, direction):
    return saturated.index(SATURATED[3 if (direction > 0) == label else 0])


limit.slips = rows(
    ("MSE learns", "The slope of the sigmoid is a factor of the gradient of MSE.",
     lambda saturated, limit:
         saturated.index(SATURATED[1]) if saturated[limit] == SATURATED[0] else None),
    ("saturation ignored", "Every saturated sigmoid has a slope near 0.",
     lambda saturated: saturated.index(SATURATED[2])),
    ("the other side", "Is the output right or wrong there?",
     lambda saturated, limit:
         saturated.index(SATURATED[0 if saturated[limit] == SATURATED[3] else 3])),
)  # fmt: skip


@limit.witness
def _(saturated, label, direction):
    stays = [abs(float(m.gradient)) > 1e-6 for m in measured([direction * 40.0], [label])]
    names = {(1, 0): 0, (0, 1): 1, (1, 1): 2, (0, 0): 3}
    return saturated.index(SATURATED[names[tuple(map(int, stays))]])


def measured(z, y):
    """The engine's two losses and their gradients by automatic differentiation."""
    found = []
    for loss in (cross_entropy_sum, squared_mean):
        logits = engine.Tensor(z, dtype="float64", requires_grad=True)
        value = loss(logits, np.array(y, dtype=float))
        value.backward()
        found.append(SimpleNamespace(value=float(value.data), gradient=flat(logits.grad)))
    return found


def cross_entropy_sum(logits, y):
    return binary_cross_entropy_with_logits(logits, y, reduction="sum")


def squared_mean(logits, y):
    return mse_loss(sigmoid(logits), y)


@family.part(Text(), marks=2, levels=["hard"])
def why():
    return (
        "For an output that is confidently wrong the slope of the sigmoid is nearly 0; it is a "
        "factor of the gradient of MSE, which hardly learns, but cancels in that of CE."
    )


@family.working
def _(z, y):
    s = Vector(backprop.activate("sigmoid", z))
    return {
        "s": s,
        "rest": backprop.activate("sigmoid", -z),
        "wrong": s - y,
        "against": (1 - 2 * y) * z,
        "n": len(z),
        "pairs": columns((z, y)),
    }
