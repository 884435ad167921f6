"""Sigmoid and tanh are one curve, stretched and shifted.

Trap: 2 σ(x) - 1, which is tanh(x/2); the shift left out when a network is converted.
Reference: Bishop (2006), section 3.1 and exercise 5.1.
Source: S0-43, S1-45.
"""

from fractions import Fraction

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family
from partialcredit.grading import Array, Choice, Expression, Real
from partialcredit.numbers.exact import tanh
from partialcredit.problems.activations._converted_network import questions
from partialcredit.problems.activations._derivatives import derivatives
from partialcredit.problems.activations._stretched import TANH, fitted
from partialcredit.solvers import backprop, letters, sigmoid_tanh

family = Family(
    conventions=[
        "$\\sigma(x) = 1/(1 + e^{-x})$",
        "{% if level == 'medium' %}the number in front of $x$ is positive on both sides{% endif %}",
        "{% if level == 'hard' %}the entries of $W'$ have the signs of those of $W${% endif %}",
    ]
)


@family.sample
def sample(draw):
    if draw.level == "easy":
        right, *wrong = TANH
        return {
            "W": (),
            "b": (),
            "x": Fraction(draw.nonzero(-250, 250), 100),
            "options": draw.shuffle([right, *draw.sample(wrong, 4)]),
        }
    x = [Fraction(draw.nonzero(-6, 6), 2) for _ in range(2)]
    if draw.level == "medium":
        A, B = (Fraction(draw.nonzero(-12, 12), 4) for _ in range(2))
        k, m = (Fraction(draw.choice([n for n in range(1, 20) if n != 5]), 5) for _ in range(2))
        return {"A": A, "k": k, "B": B, "m": m, "x": x[0], "W": (), "b": ()}
    return {
        "W": [[Fraction(draw.nonzero(-8, 8), 4) for _ in range(2)] for _ in range(2)],
        "b": [Fraction(draw.nonzero(-8, 8), 4) for _ in range(2)],
        "v": [Fraction(draw.nonzero(-8, 8), 4) for _ in range(2)],
        "c": Fraction(draw.nonzero(-8, 8), 4),
        "x": x,
    }


EASY, MEDIUM = ["easy"], ["medium"]
THREE = Array(shape=(3,), digits=4)


@family.part(lambda options: Choice(options), levels=EASY)
def identity(options):
    return options.index(next(iter(TANH)))


@family.part(Real(digits=4), levels=EASY)
def doubled_sigmoid(x):
    return backprop.logistic(2 * x)


@family.part(Real(digits=4), levels=EASY)
def value(doubled_sigmoid):
    return 2 * doubled_sigmoid - 1


@family.part(Real(digits=4), levels=EASY)
def half(x):
    return tanh(x / 2)


@family.part(THREE, marks=2, levels=MEDIUM)
def from_tanh(A, k):
    return sigmoid_tanh.tanh_as_logistic(A, k)


@family.part(THREE, marks=2, levels=MEDIUM)
def from_sigmoid(B, m):
    return sigmoid_tanh.logistic_as_tanh(B, m)


@family.part(Real(digits=4), levels=MEDIUM)
def check(A, k, x):
    return A * tanh(k * x)


@family.part(Expression(symbols={"s": "unit"}), levels=MEDIUM)
def slope():
    return letters.formula(sigmoid_tanh.tanh_slope)


family.parts |= questions.parts


def place(options, wanted):
    return options.index(wanted) if wanted in options else None


@identity.mistake("argument not doubled", "2 σ(x) - 1 is tanh(x/2).")
def _(options):
    return place(options, "$2 \\sigma(x) - 1$")


@identity.mistake("not shifted", "tanh(0) is 0, but this is not 0 at 0.")
def _(options):
    return place(options, "$\\sigma(2x)$")


@identity.mistake("shifted up", "tanh lies between -1 and 1.")
def _(options):
    return place(options, "$2 \\sigma(2x) + 1$")


@identity.mistake("falling", "tanh grows.")
def _(options):
    return place(options, "$1 - 2 \\sigma(2x)$")


@doubled_sigmoid.mistake("not doubled", "The argument is 2x.")
def _(x):
    return backprop.logistic(x)


@doubled_sigmoid.mistake("value doubled", "The argument is doubled, not the value.")
def _(x):
    return 2 * backprop.logistic(x)


@doubled_sigmoid.mistake("sign of the exponent", "The exponent is -2x.")
def _(x):
    return backprop.logistic(-2 * x)


@value.mistake("argument not doubled", "2 σ(x) - 1 is tanh(x/2).")
def _(x):
    return 2 * backprop.logistic(x) - 1


@value.mistake("sigmoid alone", "This is σ(2x); tanh x is 2 σ(2x) - 1.")
def _(doubled_sigmoid):
    return doubled_sigmoid


@value.mistake("shift left out", "Subtract 1.")
def _(doubled_sigmoid):
    return 2 * doubled_sigmoid


@value.mistake("shifted up", "Subtract 1.")
def _(doubled_sigmoid):
    return 2 * doubled_sigmoid + 1


@half.mistake("whole argument", "2 σ(x) - 1 is not tanh x.")
def _(x):
    return tanh(x)


@half.mistake("half the value", "The argument is halved, not the value.")
def _(x):
    return tanh(x) / 2


@from_tanh.mistake("argument not doubled", "2 σ(x) - 1 is tanh(x/2).")
def _(A, k):
    return (2 * A, k, -A)


@from_tanh.mistake("shift with the wrong sign", "At 0 both sides must be 0.")
def _(A, k):
    return (2 * A, 2 * k, A)


@from_tanh.mistake("height not doubled", "σ spans 1, tanh spans 2.")
def _(A, k):
    return (A, 2 * k, -A / 2)


@from_sigmoid.mistake("argument not halved", "σ(2x) goes with tanh(x).")
def _(B, m):
    return (B / 2, m, B / 2)


@from_sigmoid.mistake("argument doubled", "σ(2x) goes with tanh(x).")
def _(B, m):
    return (B / 2, 2 * m, B / 2)


@from_sigmoid.mistake("shift with the wrong sign", "At 0 both sides must be equal.")
def _(B, m):
    return (B / 2, m / 2, -B / 2)


@check.mistake("argument not scaled", "The argument of tanh is x times the number before it.")
def _(A, x):
    return A * tanh(x)


@check.mistake("half the argument", "2 σ(x) - 1 is tanh(x/2).")
def _(A, k, x):
    return A * tanh(k * x / 2)


@slope.mistake("slope of the sigmoid", "The inner derivative 2 and the factor 2 are left out.")
def _():
    return letters.formula(plain)


@slope.mistake("one factor 2", "Both the height and the argument are doubled.")
def _():
    return letters.formula(half_as_steep)


@slope.mistake(
    "rule of tanh on s", "One minus a square is the slope if tanh x = 2s - 1 is squared, not s."
)
def _():
    return letters.formula(squared)


def plain(s):
    return s * (1 - s)


def half_as_steep(s):
    return 2 * s * (1 - s)


def squared(s):
    return 1 - s * s


@identity.witness
def _(x, options):
    def engine_sigmoid(v):
        return float(functional.sigmoid(engine.Tensor(float(v))).data)

    aim = float(functional.tanh(engine.Tensor(float(x))).data)
    found = [TANH[option](engine_sigmoid, x) for option in options]
    return int(np.argmin(np.abs(np.subtract(found, aim))))


@doubled_sigmoid.witness
def _(x):
    return functional.sigmoid(engine.Tensor(float(2 * x))).data


@value.witness
def _(x):
    return functional.tanh(engine.Tensor(float(x))).data


@half.witness
def _(x):
    return 2 * functional.sigmoid(engine.Tensor(float(x))).data - 1


@from_tanh.witness
def _(A, k):
    return fitted("tanh", A, k, by="sigmoid")


@from_sigmoid.witness
def _(B, m):
    return fitted("sigmoid", B, m, by="tanh")


@check.witness
def _(A, k, x):
    return (functional.tanh(engine.Tensor(float(k * x))) * float(A)).data


@slope.witness
def _(point):
    """At the point where the engine's sigmoid of 2x is s."""
    s = point["s"]
    return derivatives(functional.tanh, np.log(s / (1 - s)) / 2)[1]


@family.working
def _(level, x, W, b):
    if level != "hard":
        return {}
    z = backprop.affine(W, x, b)
    return {"sums": z, "units": backprop.activate("tanh", z)}
