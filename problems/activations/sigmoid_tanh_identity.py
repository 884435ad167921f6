"""Sigmoid and tanh are one curve, stretched and shifted.

Trap: 2 σ(x) - 1, which is tanh(x/2); the shift left out when a network is converted.
Reference: Bishop (2006), section 3.1 and exercise 5.1.
Source: S0-43, S1-45.
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Choice, Expression, Real
from partialcredit.numbers.exact import tanh
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot
from partialcredit.problems.activations._converted_network import questions
from partialcredit.problems.activations._derivatives import derivatives
from partialcredit.problems.activations._stretched import TANH, fitted
from partialcredit.solvers import backprop, letters, sigmoid_tanh

family = Family(
    version=3,
    conventions=[
        "$\\sigma(x) = 1/(1 + e^{-x})$",
        "{% if level == 'medium' %}the number in front of $x$ is positive on both sides{% endif %}",
        "{% if level == 'hard' %}the entries of $W'$ have the signs of those of $W${% endif %}",
    ],
)


QUARTERS = [rational(n, 4) for n in range(-8, 9) if n]


def draw_pairs(draw):
    return [[draw.choice(QUARTERS) for _ in range(2)] for _ in range(2)]


@family.sample
def sample(draw):
    right, *wrong = TANH
    options = {"options": draw.shuffle([right, *draw.sample(wrong, 4)])}
    if draw.level == "easy":
        return {
            "W": (),
            "b": (),
            "x": rational(draw.nonzero(-250, 250), 100),
        } | options
    x = [rational(draw.nonzero(-3, 3), 2) for _ in range(2)]
    if draw.level == "medium":
        A, B = (rational(draw.nonzero(-12, 12), 4) for _ in range(2))
        k, m = (rational(draw.choice([1, 2, 3, 4, 6, 7, 8, 9]), 5) for _ in range(2))
        return {"A": A, "k": k, "B": B, "m": m, "x": x[0], "W": (), "b": ()}
    W, (b, v) = draw_pairs(draw), draw_pairs(draw)
    if sum(v) == 0:  # the shift would stay as it is
        v[1] = v[0]
    # in eighths, so that the new shift is none of the numbers given
    c = rational(2 * draw.integer(-8, 7) + 1, 8)
    return options | {"W": W, "b": b, "v": v, "c": c, "x": x}


@family.condition
def _(W, b, x):
    """No unit so far out that its value is 1 to the digits asked for."""
    return not W or all(abs(dot(row, x) + c) < 3 for row, c in zip(W, b, strict=True))


EASY, MEDIUM, HARD = ["easy"], ["medium"], ["hard"]

THREE = Array(shape=(3,))


def place(options, wanted):
    return options.index(wanted) if wanted in options else None


@family.part(lambda options: Choice(options), levels=[*EASY, *HARD])
def identity(options):
    return options.index(next(iter(TANH)))


identity.slips = rows(
    ("argument not doubled", "2 σ(x) - 1 is tanh(x/2).",
     lambda options: place(options, "$2 \\sigma(x) - 1$")),
    ("not shifted", "tanh(0) is 0, but this is not 0 at 0.",
     lambda options: place(options, "$\\sigma(2x)$")),
    ("shifted up", "tanh lies between -1 and 1.",
     lambda options: place(options, "$2 \\sigma(2x) + 1$")),
    ("falling", "tanh grows.", lambda options: place(options, "$1 - 2 \\sigma(2x)$")),
)  # fmt: skip


def sigmoid_of(x):
    return functional.sigmoid(engine.Tensor(x)).data


def tanh_of(x):
    return functional.tanh(engine.Tensor(x)).data


@identity.witness
def _(options):
    found = [TANH[option](sigmoid_of, 0.7) for option in options]
    return int(np.argmin(np.abs(np.subtract(found, tanh_of(0.7)))))


@family.part(Real(digits=3), levels=EASY)
def doubled_sigmoid(x):
    return backprop.logistic(2 * x)


doubled_sigmoid.slips = rows(
    ("not doubled", "The argument is 2x.", lambda x: backprop.logistic(x)),
    ("value doubled", "The argument is doubled, not the value.",
     lambda x: 2 * backprop.logistic(x)),
    ("sign of the exponent", "The exponent is -2x.", lambda x: backprop.logistic(-2 * x)),
)  # fmt: skip
doubled_sigmoid.witness(lambda x: sigmoid_of(2 * x))


@family.part(Real(digits=3), levels=EASY)
def value(doubled_sigmoid):
    return 2 * doubled_sigmoid - 1


value.slips = rows(
    ("sigmoid alone", "This is σ(2x); tanh x is 2 σ(2x) - 1.",
     lambda doubled_sigmoid: doubled_sigmoid),
    ("shift left out", "Subtract 1.", lambda doubled_sigmoid: 2 * doubled_sigmoid),
    ("shifted up", "Subtract 1.", lambda doubled_sigmoid: 2 * doubled_sigmoid + 1),
)  # fmt: skip
value.witness(tanh_of)


@family.part(Real(digits=3), levels=EASY)
def half(x):
    return tanh(x / 2)


half.slips = rows(
    ("whole argument", "2 σ(x) - 1 is not tanh x.", lambda x: tanh(x)),
    ("half the value", "The argument is halved, not the value.", lambda x: tanh(x) / 2),
)  # fmt: skip
half.witness(lambda x: 2 * sigmoid_of(x) - 1)


@family.part(THREE, marks=2, levels=MEDIUM)
def from_tanh(A, k):
    return sigmoid_tanh.tanh_as_logistic(A, k)


from_tanh.slips = rows(
    ("argument not doubled", "2 σ(x) - 1 is tanh(x/2).", lambda A, k: (2 * A, k, -A)),
    ("shift with the wrong sign", "At 0 both sides must be 0.", lambda A, k: (2 * A, 2 * k, A)),
    ("height not doubled", "σ spans 1, tanh spans 2.", lambda A, k: (A, 2 * k, -A / 2)),
    ("argument halved", "tanh x is 2 times the sigmoid of 2x, less 1.",
     lambda A, k: (2 * A, k / 2, -A)),
    ("no shift", "The sigmoid has the middle 1/2, and tanh 0.", lambda A, k: (2 * A, 2 * k, 0)),
)  # fmt: skip
from_tanh.witness(lambda A, k: fitted("tanh", A, k, by="sigmoid"))


@family.part(THREE, marks=2, levels=MEDIUM)
def from_sigmoid(B, m):
    return sigmoid_tanh.logistic_as_tanh(B, m)


from_sigmoid.slips = rows(
    ("argument not halved", "σ(2x) goes with tanh(x).", lambda B, m: (B / 2, m, B / 2)),
    ("argument doubled", "σ(2x) goes with tanh(x).", lambda B, m: (B / 2, 2 * m, B / 2)),
    ("shift with the wrong sign", "At 0 both sides must be equal.",
     lambda B, m: (B / 2, m / 2, -B / 2)),
    ("height not halved", "The sigmoid rises by B, and tanh by 2: halve it.",
     lambda B, m: (B, m / 2, B / 2)),
    ("shift not halved", "The sigmoid has the middle B/2.", lambda B, m: (B / 2, m / 2, B)),
)  # fmt: skip
from_sigmoid.witness(lambda B, m: fitted("sigmoid", B, m, by="tanh"))


@family.part(Real(digits=3), levels=MEDIUM)
def check(A, k, x):
    return A * tanh(k * x)


check.slips = rows(
    ("argument not scaled", "The argument of tanh is x times the number before it.",
     lambda A, x: A * tanh(x)),
    ("half the argument", "2 σ(x) - 1 is tanh(x/2).", lambda A, k, x: A * tanh(k * x / 2)),
    ("sigmoid for tanh", "The function is A tanh(kx).",
     lambda A, k, x: A * backprop.logistic(k * x)),
    ("sigmoid of twice the argument", "2 times the sigmoid of 2kx, less 1, is tanh(kx).",
     lambda A, k, x: A * backprop.logistic(2 * k * x)),
)  # fmt: skip
check.witness(lambda A, k, x: A * tanh_of(k * x))


@family.part(Expression(symbols={"s": "unit"}), levels=MEDIUM)
def slope():
    return letters.formula(sigmoid_tanh.tanh_slope)


slope.slips = rows(
    ("slope of the sigmoid", "The inner derivative 2 and the factor 2 are left out.",
     lambda: letters.formula(lambda s: s * (1 - s))),
    ("one factor 2", "Both the height and the argument are doubled.",
     lambda: letters.formula(lambda s: 2 * s * (1 - s))),
    ("rule of tanh on s", "One minus a square is the slope if tanh x = 2s - 1 is squared, not s.",
     lambda: letters.formula(lambda s: 1 - s * s)),
)  # fmt: skip


@slope.witness
def _(point):
    """At the point where the engine's sigmoid of 2x is s."""
    s = point["s"]
    return derivatives(functional.tanh, np.log(s / (1 - s)) / 2)[1]


family.include(questions)


@family.working
def _(level, sums):
    return {"units": tanh(sums)} if level == "hard" else {}
