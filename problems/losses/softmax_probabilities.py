"""Probabilities from logits: softmax, shifts and temperature.

Trap: dividing the logits themselves, one sigmoid per class, another base, temperature as a factor.
Reference: Bridle (1990); Hinton, Vinyals and Dean (2015), equation 1.
Source: S0-32, S1-09.
"""

from fractions import Fraction

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family
from partialcredit.grading import Array, Expression, Real, TrueFalse
from partialcredit.numbers.exact import exp, log
from partialcredit.problems.losses._softmax_statements import STATEMENTS
from partialcredit.solvers import backprop, cross_entropy, letters, log_sum_exp, softmax

family = Family(
    conventions=[
        "$p_i = e^{z_i} / \\sum_j e^{z_j}$",
        "{% if level == 'hard' %}at temperature $T$ the logits are divided by $T$ first{% endif %}",
    ]
)


@family.sample
def sample(draw):
    n = draw.by_level(3, draw.integer(3, 4), draw.integer(3, 4))
    drawn = {"z": tuple(Fraction(v, 2) for v in draw.integers(n, -6, 6, distinct=True))}
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
    return drawn | {"T": T, "p": Fraction(draw.integer(4, 19), 20)}


@family.condition
def _(W, b, x):
    return len(set(cross_entropy.logits(W, b, x))) == len(W)


def entries(z, W):
    return Array(shape=(len(z or W),), digits=4)


@family.part(lambda W: Array(shape=(len(W),)), levels=["medium"])
def logits(W, b, x):
    return cross_entropy.logits(W, b, x)


@family.part(entries, levels=["easy", "hard"], marks=2)
def probabilities(z):
    return softmax.probabilities(z)


@family.part(entries, levels=["medium"], marks=2)
def predicted(logits):
    return softmax.probabilities(logits)


@family.part(entries, levels=["easy"])
def shifted(z, c):
    return softmax.probabilities([v + c for v in z])


@family.part(Real(digits=4), levels=["easy"])
def raised(z, j, r):
    return softmax.probabilities(changed(z, j, z[j - 1] + r))[j - 1]


def changed(z, j, value):
    return (*z[: j - 1], value, *z[j:])


@family.part(Real(digits=4), levels=["medium"])
def relative(logits, j, k):
    return softmax.odds(*compared(logits, j, k))


def compared(z, j, k):
    """Class j and a class other than it: the k-th of those that are left."""
    return z[j - 1], z[other(j, k) - 1]


def other(j, k):
    return k + (k >= j)


@family.part(entries, levels=["hard"])
def tempered(z, T):
    return softmax.tempered(z, T)


@family.part(Real(digits=4), levels=["hard"], marks=2)
def required(z, j, p):
    return softmax.logit_for(p, z[: j - 1] + z[j:])


@family.part(TrueFalse(statements=3), levels=["medium", "hard"])
def judged(statements):
    return tuple(STATEMENTS[s][1] for s in statements)


@family.part(Expression(symbols={"d": "real", "T": "positive"}), levels=["hard"], marks=2)
def formula():
    return letters.formula(softmax.two_classes)


@logits.mistake("bias forgotten", "The bias is added to every logit.")
def _(W, x):
    return cross_entropy.logits(W, [0] * len(W), x)


@logits.mistake("bias subtracted", "The bias is added.")
def _(W, b, x):
    return cross_entropy.logits(W, [-v for v in b], x)


def shares(z):
    """The logits divided by their sum, where that is possible."""
    return tuple(Fraction(v) / sum(z) for v in z) if sum(z) else None


def odds(z):
    """Each exponential over the sum of the others."""
    return tuple(exp(v - log_sum_exp.value([*z[:i], *z[i + 1 :]])) for i, v in enumerate(z))


@probabilities.mistake("logits divided by their sum", "Exponentials are divided, not the logits.")
def _(z):
    return shares(z)


@probabilities.mistake(
    "sigmoid of each logit", "One exponential each, divided by the sum of all of them."
)
def _(z):
    return backprop.activate("sigmoid", z)


@probabilities.mistake("base 2", "The base of the powers is e.")
def _(z):
    return softmax.probabilities([v * log(2) for v in z])


@probabilities.mistake("base 10", "The base of the powers is e.")
def _(z):
    return softmax.probabilities([v * log(10) for v in z])


@probabilities.mistake("odds", "The sum in the denominator contains the class itself.")
def _(z):
    return odds(z)


@predicted.mistake("logits divided by their sum", "Exponentials are divided, not the logits.")
def _(logits):
    return shares(logits)


@predicted.mistake(
    "sigmoid of each logit", "One exponential each, divided by the sum of all of them."
)
def _(logits):
    return backprop.activate("sigmoid", logits)


@predicted.mistake("base 2", "The base of the powers is e.")
def _(logits):
    return softmax.probabilities([v * log(2) for v in logits])


@predicted.mistake("base 10", "The base of the powers is e.")
def _(logits):
    return softmax.probabilities([v * log(10) for v in logits])


@predicted.mistake("odds", "The sum in the denominator contains the class itself.")
def _(logits):
    return odds(logits)


@shifted.mistake("probabilities shifted", "Adding a number to every logit changes nothing.")
def _(probabilities, c):
    return tuple(p + c for p in probabilities)


@shifted.mistake("multiplied by e to the c", "The factor stands above and below, and cancels.")
def _(probabilities, c):
    return tuple(p * exp(c) for p in probabilities)


@raised.mistake("denominator kept", "The exponential also stands in the sum below.")
def _(probabilities, j, r):
    return probabilities[j - 1] * exp(r)


@raised.mistake("all logits raised", "Only one logit changes.")
def _(probabilities, j):
    return probabilities[j - 1]


@raised.mistake("added to the probability", "The number is added to the logit.")
def _(probabilities, j, r):
    return probabilities[j - 1] + r


@relative.mistake("ratio of the logits", "The ratio of the exponentials depends on a difference.")
def _(logits, j, k):
    a, b = compared(logits, j, k)
    return Fraction(a, b) if b else None


@relative.mistake("the other way round", "The first class named stands above.")
def _(relative):
    return 1 / relative


@relative.mistake("difference of the logits", "Raise e to the difference.")
def _(logits, j, k):
    a, b = compared(logits, j, k)
    return a - b


@tempered.mistake("multiplied by T", "The logits are divided by the temperature.")
def _(z, T):
    return softmax.tempered(z, 1 / T)


@tempered.mistake("probabilities divided", "Divide the logits, not the probabilities.")
def _(probabilities, T):
    return tuple(p / T for p in probabilities)


@tempered.mistake("temperature ignored", "The temperature changes the ratios of the probabilities.")
def _(probabilities):
    return probabilities


@required.mistake("logarithm of p", "The other probabilities add up to 1 - p, not to 1.")
def _(z, j, p):
    return log(p) + log_sum_exp.value(z[: j - 1] + z[j:])


@required.mistake("log-odds alone", "The log-odds are measured from the log-sum of the others.")
def _(p):
    return log(p / (1 - p))


@required.mistake("sum of the other logits", "The exponentials of the others are added.")
def _(z, j, p):
    return log(p / (1 - p)) + sum(z) - z[j - 1]


@judged.mistake("the opposite", "Each statement is judged the wrong way round.")
def _(judged):
    return tuple(not v for v in judged)


@judged.mistake("all true", "Look for a counterexample.")
def _(judged):
    return (True,) * len(judged)


@formula.mistake("multiplied by T", "The difference is divided by the temperature.")
def _():
    return letters.formula(multiplied)


@formula.mistake("wrong sign", "The probability grows with the difference.")
def _():
    return letters.formula(reversed_sign)


@formula.mistake("odds", "That is the ratio of both probabilities.")
def _():
    return letters.formula(ratio_of_both)


def multiplied(d, T):
    return softmax.two_classes(d * T, 1)


def reversed_sign(d, T):
    return softmax.two_classes(-d, T)


def ratio_of_both(d, T):
    return exp(d / T)


def run(z):
    """The engine's softmax."""
    return functional.softmax(engine.Tensor(np.array(z, dtype=np.float64))).data


def scores(W, b, x):
    layer = engine.Linear(2, len(W), generator=0)
    layer.weight.data, layer.bias.data = np.array(W, dtype=float), np.array(b, dtype=float)
    return layer(engine.Tensor([[float(v) for v in x]])).data[0]


@logits.witness
def _(W, b, x):
    return scores(W, b, x)


@probabilities.witness
def _(z):
    return run(z)


@predicted.witness
def _(W, b, x):
    return run(scores(W, b, x))


@shifted.witness
def _(z, c):
    return run([v + c for v in z])


@raised.witness
def _(z, j, r):
    moved = np.array(z, dtype=float)
    moved[j - 1] += r
    return run(moved)[j - 1]


@relative.witness
def _(W, b, x, j, k):
    p = run(scores(W, b, x))
    rest = [q for i, q in enumerate(p) if i != j - 1]
    return p[j - 1] / rest[k - 1]


@tempered.witness
def _(z, T):
    return run([v / T for v in z])


@required.witness
def _(z, j, p):
    """The odds are proportional to the exponential of the logit, so one other logit is enough."""
    trial = np.array(z, dtype=float)
    trial[j - 1] = 0
    q = run(trial)[j - 1]
    return np.log(float(p / (1 - p)) * (1 - q) / q)


@judged.witness
def _(z, W, b, x, statements):
    given = z or tuple(scores(W, b, x).tolist())
    return tuple(bool(STATEMENTS[s][0](given, run)) for s in statements)


@formula.witness
def _(point):
    return run([(point["d"] + 0.7) / point["T"], 0.7 / point["T"]])[0]


@family.working
def _(level, z, j, logits, T):
    terms = tuple(exp(v) for v in (logits if level == "medium" else z))
    found = {
        "terms": terms,
        "total": sum(terms),
        "reason": {s: v[2] for s, v in STATEMENTS.items()},
    }
    if level == "hard":
        found["heated"] = tuple(exp(v / T) for v in z)
    return found | {"rest": sum(terms[: j - 1] + terms[j:])}
