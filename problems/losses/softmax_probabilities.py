"""Probabilities from logits: softmax, shifts and temperature.

Trap: dividing the logits themselves, one sigmoid per class, another base, temperature as a factor.
Reference: Bridle (1990); Hinton, Vinyals and Dean (2015), equation 1.
Source: S0-32, S1-09.
"""

from operator import sub

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real, TrueFalse
from partialcredit.numbers.exact import exp, log
from partialcredit.numbers.rationals import rational
from partialcredit.problems._in_letters import in_letters
from partialcredit.problems.losses._softmax_statements import STATEMENTS
from partialcredit.solvers import backprop, cross_entropy, letters, log_sum_exp, softmax

family = Family(
    version=2,
    conventions=[
        "$p_i = e^{z_i} / \\sum_j e^{z_j}$",
        "{% if level == 'hard' %}at temperature $T$ the logits are divided by $T$ first{% endif %}",
    ],
)


@family.sample
def sample(draw):
    n = draw.by_level(3, draw.integer(3, 4), draw.integer(3, 4))
    drawn = {"z": [rational(v, 2) for v in draw.integers(n, -6, 6, distinct=True)]}
    drawn |= {"T": 1, "W": (), "b": (), "x": (), "j": draw.integer(1, n)}
    if draw.level == "easy":
        return drawn | {"c": draw.nonzero(-4, 4), "r": draw.integer(1, 4)}
    drawn["statements"] = draw.sample([*STATEMENTS], 3)
    if draw.level == "medium":
        return drawn | {
            "z": (),
            "W": draw.matrix(n, 2, -2, 2),
            "b": draw.integers(n, -2, 2),
            "x": (draw.nonzero(-2, 2), draw.nonzero(-2, 2)),
            "k": draw.integer(1, n - 1),
        }
    T = draw.decimal("0.5", "0.8", "1.25", "1.5", "2", "2.5", "4", "5")
    return drawn | {"T": T, "p": rational(draw.integer(4, 19), 20)}


@family.condition
def _(W, b, x):
    return len(set(cross_entropy.logits(W, b, x))) == len(W)


def entries(z, W):
    return Array(shape=(len(z or W),), digits=3)


@family.run
def scores(z, W, b, x):
    """The logits that are given, or the engine's."""
    if z:
        return z
    layer = engine.Linear(2, len(W), generator=0)
    layer.weight.data, layer.bias.data = np.array(W, dtype=float), np.array(b, dtype=float)
    return layer(engine.Tensor([x], dtype="float64")).data[0]


@family.part(lambda W: Array(shape=(len(W),)), levels=["medium"])
def logits(W, b, x):
    return cross_entropy.logits(W, b, x)


logits.slips = rows(
    ("bias forgotten", "The bias is added to every logit.", lambda logits, b: logits - b),
    ("bias subtracted", "The bias is added.", lambda W, b, x: cross_entropy.logits(W, -b, x)),
)  # fmt: skip
logits.witness(lambda scores: scores)


def shares(z):
    """The logits divided by their sum, where that is possible."""
    return z / (rational(1) * sum(z)) if sum(z) else None


def odds(z):
    """Each exponential over the sum of the others."""
    return [exp(v - log_sum_exp.value([*z[:i], *z[i + 1 :]])) for i, v in enumerate(z)]


@family.part(entries, levels=["easy", "hard"], marks=2)
def probabilities(z):
    return softmax.probabilities(z)


probabilities.slips = rows(
    ("logits divided by their sum", "Exponentials are divided, not the logits.",
     lambda z: shares(z)),
    ("sigmoid of each logit", "One exponential each, divided by the sum of all of them.",
     lambda z: backprop.activate("sigmoid", z)),
    ("base 2", "The base of the powers is e.", lambda z: softmax.probabilities(z * log(2))),
    ("base 10", "The base of the powers is e.", lambda z: softmax.probabilities(z * log(10))),
    ("odds", "The sum in the denominator contains the class itself.", lambda z: odds(z)),
)  # fmt: skip
probabilities.witness(lambda z: run(z))


@family.part(entries, levels=["medium"], marks=2)
def predicted(logits):
    return softmax.probabilities(logits)


predicted.slips = rows(
    ("logits divided by their sum", "Exponentials are divided, not the logits.",
     lambda logits: shares(logits)),
    ("sigmoid of each logit", "One exponential each, divided by the sum of all of them.",
     lambda logits: backprop.activate("sigmoid", logits)),
    ("base 2", "The base of the powers is e.",
     lambda logits: softmax.probabilities(logits * log(2))),
    ("base 10", "The base of the powers is e.",
     lambda logits: softmax.probabilities(logits * log(10))),
    ("odds", "The sum in the denominator contains the class itself.", lambda logits: odds(logits)),
    ("exponentials not divided", "Divide by the sum of the exponentials.",
     lambda logits: exp(logits)),
    ("shifted, then not divided", "Divide by the sum of the exponentials.",
     lambda logits: exp(logits - max(logits))),
)  # fmt: skip
predicted.witness(lambda scores: run(scores))


@family.part(entries, levels=["easy"])
def shifted(probabilities):
    """A constant that is added to all logits changes nothing."""
    return probabilities


shifted.slips = rows(
    ("probabilities shifted", "Adding a number to every logit changes nothing.",
     lambda probabilities, c: probabilities + c),
    ("multiplied by e to the c", "The factor stands above and below, and cancels.",
     lambda probabilities, c: probabilities * exp(c)),
)  # fmt: skip
shifted.witness(lambda z, c: run(z + c))


@family.part(Real(digits=3), levels=["easy"])
def raised(z, j, r):
    return softmax.probabilities((*z[: j - 1], z[j - 1] + r, *z[j:]))[j - 1]


raised.slips = rows(
    ("denominator kept", "The exponential also stands in the sum below.",
     lambda probabilities, j, r: probabilities[j - 1] * exp(r)),
    ("all logits raised", "Only one logit changes.", lambda probabilities, j: probabilities[j - 1]),
    ("added to the probability", "The number is added to the logit.",
     lambda probabilities, j, r: probabilities[j - 1] + r),
)  # fmt: skip


@raised.witness
def _(z, j, r):
    moved = np.array(z, dtype=float)
    moved[j - 1] += r
    return run(moved)[j - 1]


@family.part(Real(digits=3), levels=["medium"])
def relative(logits, j, k):
    return softmax.odds(*compared(logits, j, k))


def ratio_of_the_logits(logits, j, k):
    a, b = compared(logits, j, k)
    return rational(a, b) if b else None


relative.slips = rows(
    ("ratio of the logits", "The ratio of the exponentials depends on a difference.",
     ratio_of_the_logits),
    ("the other way round", "The first class named stands above.", lambda relative: 1 / relative),
    ("difference of the logits", "Raise e to the difference.",
     lambda logits, j, k: sub(*compared(logits, j, k))),
)  # fmt: skip


@relative.witness
def _(scores, j, k):
    p = run(scores)
    return p[j - 1] / np.delete(p, j - 1)[k - 1]


def compared(z, j, k):
    """Class j and a class other than it: the k-th of those that are left."""
    return z[j - 1], (*z[: j - 1], *z[j:])[k - 1]


@family.part(entries, levels=["hard"])
def tempered(z, T):
    return softmax.tempered(z, T)


tempered.slips = rows(
    ("multiplied by T", "The logits are divided by the temperature.",
     lambda z, T: softmax.tempered(z, 1 / T)),
    ("probabilities divided", "Divide the logits, not the probabilities.",
     lambda probabilities, T: probabilities / T),
    ("temperature ignored", "The temperature changes the ratios of the probabilities.",
     lambda probabilities: probabilities),
)  # fmt: skip
tempered.witness(lambda z, T: run(z / T))


@family.derive
def others(z, j):
    """The logits of the classes beside class j."""
    return (*z[: j - 1], *z[j:])


@family.part(Real(digits=4), levels=["hard"], marks=2)
def required(others, p):
    return softmax.logit_for(p, others)


required.slips = rows(
    ("logarithm of p", "The other probabilities add up to 1 - p, not to 1.",
     lambda others, p: log(p) + log_sum_exp.value(others)),
    ("log-odds alone", "The log-odds are measured from the log-sum of the others.",
     lambda p: log(p / (1 - p))),
    ("sum of the other logits", "The exponentials of the others are added.",
     lambda others, p: log(p / (1 - p)) + sum(others)),
)  # fmt: skip


@required.witness
def _(z, j, p):
    """The odds are proportional to the exponential of the logit, so one other logit is enough."""
    trial = np.array(z, dtype=float)
    trial[j - 1] = 0
    q = run(trial)[j - 1]
    return np.log(p / (1 - p) * (1 - q) / q)


@family.part(TrueFalse(statements=3), levels=["medium", "hard"])
def judged(statements):
    return [STATEMENTS[s][1] for s in statements]


judged.slips = rows(
    ("the opposite", "Each statement is judged the wrong way round.",
     lambda judged: [not v for v in judged]),
    ("all true", "Look for a counterexample.", lambda judged: [True] * len(judged)),
)  # fmt: skip
judged.witness(
    lambda scores, statements: [bool(STATEMENTS[s][0](list(scores), run)) for s in statements]
)


@family.part(Expression(symbols={"d": "real", "T": "positive"}), levels=["hard"], marks=2)
def formula():
    return letters.formula(softmax.two_classes)


formula.slips = in_letters(
    ("multiplied by T", "The difference is divided by the temperature.",
     lambda d, T: softmax.two_classes(d * T, 1)),
    ("wrong sign", "The probability grows with the difference.",
     lambda d, T: softmax.two_classes(-d, T)),
    ("odds", "That is the ratio of both probabilities.", lambda d, T: exp(d / T)),
)  # fmt: skip
formula.witness(lambda point: run([(point["d"] + 0.7) / point["T"], 0.7 / point["T"]])[0])


def run(z):
    """The engine's softmax."""
    return functional.softmax(engine.Tensor(z, dtype="float64")).data


@family.working
def _(level, z, j, logits, T):
    terms = exp(logits if level == "medium" else z)
    found = {"terms": terms, "total": sum(terms), "rest": sum(terms) - terms[j - 1]}
    found["reason"] = {s: reason for s, (_test, _verdict, reason) in STATEMENTS.items()}
    return found | ({"heated": exp(z / T)} if level == "hard" else {})
