"""Odds and boundaries of logistic models; sigmoid and softmax are one model.

Trap: odds taken for probabilities, the logits of one class alone, a prior that is not made odds.
Reference: Bishop (2006), section 4.2; Hastie, Tibshirani and Friedman (2009), section 4.4; King and
Zeng (2001), section 4.1.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine.functional import softmax
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.exact import exp, log
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot
from partialcredit.solvers import logistic_odds

family = Family(
    conventions=[
        "the odds of class 1 are $p / (1 - p)$, where $p$ is its probability",
        "{% if level == 'easy' %}$\\sigma(z) = 1 / (1 + e^{-z})${% endif %}",
    ]
)

LATER = ["medium", "hard"]


@family.sample
def sample(draw):
    if draw.level == "easy":
        return {
            "W": [(0,), (rational(draw.nonzero(-15, 15), 10),)],
            "b": [0, rational(draw.nonzero(-8, 8), 2)],
            "x": [draw.nonzero(-5, 5)],
            "step": draw.integer(2, 5),
        }
    rest = {"step": draw.integer(2, 5)}
    if draw.level == "hard":
        old = draw.decimal("0.2", "0.3", "0.4", "0.5")
        rest = {
            "old": old,
            "new": draw.decimal("0.01", "0.02", "0.05", "0.1"),
            "K": draw.integer(3, 20),
            "d": draw.integer(4, 60),
        }
    return rest | {
        "W": [[rational(n, 4) for n in draw.integers(2, -5, 5)] for _class in range(2)],
        "b": [rational(n, 2) for n in draw.integers(2, -4, 4, distinct=True)],
        "x": [draw.nonzero(-4, 4), draw.nonzero(-4, 4)],
    }


@family.condition
def _(W, x, logit):
    """All weights matter, and the logit is neither 0 nor beyond what a person would print."""
    return all(W[1][i] != W[0][i] for i in range(len(x))) and 0 < abs(logit) < 7


@family.derive
def difference(W, b):
    return logistic_odds.of_softmax(W, b)


@family.derive
def logit(difference, x):
    return dot(difference[:-1], x) + difference[-1]


@family.run
def run(W, b):
    """The engine's probabilities, by softmax of both logits."""
    weights, biases = np.array(W, dtype=float), np.array(b, dtype=float)

    def predict(x):
        return softmax(engine.Tensor(weights @ np.array(x, dtype=float) + biases)).data

    return predict


def even(p):
    """The odds of class 1."""
    return p[1] / p[0]


@family.part(Array(shape=(3,)), levels=LATER)
def sigmoid(W, b):
    return logistic_odds.of_softmax(W, b)


sigmoid.slips = rows(
    ("class 1 alone", "Only differences of logits count.", lambda W, b: (*W[1], b[1])),
    ("turned round", "Class 1 is likely where its logit is the larger one.",
     lambda sigmoid: -sigmoid),
    ("sum", "Subtract the weights of class 0.", lambda W, b: (*(W[0] + W[1]), b[0] + b[1])),
    ("bias of class 1", "The biases are subtracted as well.",
     lambda sigmoid, b: (*sigmoid[:-1], b[1])),
)  # fmt: skip


@sigmoid.witness
def _(run):
    """Log-odds at 0 and at both unit vectors."""
    logs = [np.log(even(run(x))) for x in ((1, 0), (0, 1), (0, 0))]
    return [logs[0] - logs[2], logs[1] - logs[2], logs[2]]


@family.part(Real(digits=3), levels=["easy"])
def odds(difference, x):
    return logistic_odds.odds(difference[:-1], difference[-1], x)


odds.slips = rows(
    ("logit", "That is the logarithm of the odds.", lambda logit: logit),
    ("probability", "The odds are p / (1 - p).",
     lambda odds: logistic_odds.probability(odds)),
    ("odds of class 0", "The odds of class 1 are asked for.", lambda logit: exp(-logit)),
    ("bias forgotten", "Add the bias.",
     lambda difference, x: logistic_odds.odds(difference[:-1], 0, x)),
)  # fmt: skip
odds.witness(lambda run, x: even(run(x)))


@family.part(Real(digits=3), levels=["easy"])
def probability(odds):
    return logistic_odds.probability(odds)


probability.slips = rows(
    ("odds", "The probability is odds / (1 + odds).", lambda odds: odds),
    ("class 0", "The probability of class 1 is asked for.", lambda probability: 1 - probability),
    ("inverse of the odds", "The probability is odds / (1 + odds).", lambda logit: exp(-logit)),
)  # fmt: skip
probability.witness(lambda run, x: run(x)[1])


@family.part(Real(digits=3), levels=["easy"])
def factor(difference, step):
    return logistic_odds.factor(difference[0], step)


factor.slips = rows(
    ("one unit", "The feature grows by more than 1.",
     lambda difference: logistic_odds.factor(difference[0], 1)),
    ("not exponential", "What is added to the logit multiplies the odds by its exponential.",
     lambda difference, step: difference[0] * step),
    ("ratio of probabilities", "The odds grow by a constant factor, not the probability.",
     lambda odds, factor:
         logistic_odds.probability(odds * factor) / logistic_odds.probability(odds)),
    ("inverse", "A positive weight makes the odds grow.", lambda factor: 1 / factor),
)  # fmt: skip
factor.witness(lambda run, x, step: even(run((x[0] + step, *x[1:]))) / even(run(x)))


@family.part(Real(digits=3), levels=["easy"])
def boundary(difference):
    return logistic_odds.boundary(difference[0], difference[1])


boundary.slips = rows(
    ("sign", "Solve w x + b = 0.", lambda boundary: -boundary),
    ("weight forgotten", "Divide by the weight.", lambda difference: -difference[1]),
    ("upside down", "Divide the bias by the weight.",
     lambda difference: -difference[0] / difference[1]),
)  # fmt: skip


def crossing(log_odds):
    """Where a function that is a line is 0, from two of its values."""
    at_zero, at_one = log_odds(0.0), log_odds(1.0)
    return at_zero / (at_zero - at_one)


boundary.witness(lambda run: crossing(lambda x: np.log(even(run((x,))))))


@family.part(Real(digits=3), levels=["medium"])
def there(sigmoid, x):
    return logistic_odds.probability(logistic_odds.odds(sigmoid[:-1], sigmoid[-1], x))


there.slips = rows(
    ("odds", "The probability is odds / (1 + odds).", lambda logit: exp(logit)),
    ("class 0", "The probability of class 1 is asked for.", lambda there: 1 - there),
    ("logit", "Put the logit into the sigmoid.", lambda logit: logit),
    ("bias forgotten", "Add the bias.",
     lambda sigmoid, x: logistic_odds.probability(logistic_odds.odds(sigmoid[:-1], 0, x))),
)  # fmt: skip
there.witness(lambda run, x: run(x)[1])


@family.part(Real(digits=3), levels=["medium"])
def multiplied(sigmoid, step):
    return logistic_odds.factor(sigmoid[0], step)


multiplied.slips = rows(
    ("one unit", "The feature grows by more than 1.",
     lambda sigmoid: logistic_odds.factor(sigmoid[0], 1)),
    ("not exponential", "What is added to the logit multiplies the odds by its exponential.",
     lambda sigmoid, step: sigmoid[0] * step),
    ("class 1 alone", "Only differences of logits count.",
     lambda W, step: logistic_odds.factor(W[1][0], step)),
)  # fmt: skip
multiplied.witness(lambda run, x, step: even(run((x[0] + step, x[1]))) / even(run(x)))


@family.part(Real(digits=3), levels=["medium"])
def line(sigmoid, x):
    return logistic_odds.boundary(sigmoid[0], sigmoid[1] * x[1] + sigmoid[2])


line.slips = rows(
    ("sign", "Solve w x + b = 0.", lambda line: -line),
    ("second feature forgotten", "The second feature is not 0.",
     lambda sigmoid: logistic_odds.boundary(sigmoid[0], sigmoid[2])),
    ("bias forgotten", "Add the bias.",
     lambda sigmoid, x: logistic_odds.boundary(sigmoid[0], sigmoid[1] * x[1])),
)  # fmt: skip
line.witness(lambda run, x: crossing(lambda first: np.log(even(run((first, x[1]))))))


@family.part(Real(digits=3), levels=["hard"])
def intercept(sigmoid, old, new):
    return logistic_odds.for_prior(sigmoid[-1], old, new)


intercept.slips = rows(
    ("ratio of the shares", "Use the ratio of the odds of both shares.",
     lambda sigmoid, old, new: sigmoid[-1] + log(new / old)),
    ("wrong direction", "A rarer class has a lower bias.",
     lambda sigmoid, old, new: logistic_odds.for_prior(sigmoid[-1], new, old)),
    ("not logarithmic", "The factor of the odds is added as a logarithm.",
     lambda sigmoid, old, new: sigmoid[-1] + new * (1 - old) / (old * (1 - new))),
)  # fmt: skip


@family.run
def reweighted(run, old, new):
    """Log-odds when the examples of each class are counted with another weight."""

    def log_odds(x):
        return np.log(run(x)[1] * new / old) - np.log(run(x)[0] * (1 - new) / (1 - old))

    return log_odds


intercept.witness(lambda reweighted: reweighted((0, 0)))


@family.part(Real(digits=3), levels=["hard"])
def chance(sigmoid, intercept, x):
    return logistic_odds.probability(logistic_odds.odds(sigmoid[:-1], intercept, x))


chance.slips = rows(
    ("old bias", "Use the new bias.",
     lambda sigmoid, x:
         logistic_odds.probability(logistic_odds.odds(sigmoid[:-1], sigmoid[-1], x))),
    ("class 0", "The probability of class 1 is asked for.", lambda chance: 1 - chance),
    ("odds", "The probability is odds / (1 + odds).",
     lambda sigmoid, intercept, x: logistic_odds.odds(sigmoid[:-1], intercept, x)),
)  # fmt: skip
chance.witness(lambda reweighted, x: 1 / (1 + np.exp(-reweighted(x))))


@family.part(Real(digits=3), levels=["hard"])
def edge(sigmoid, intercept, x):
    return logistic_odds.boundary(sigmoid[0], sigmoid[1] * x[1] + intercept)


edge.slips = rows(
    ("sign", "Solve w x + b = 0.", lambda edge: -edge),
    ("old bias", "Use the new bias.",
     lambda sigmoid, x: logistic_odds.boundary(sigmoid[0], sigmoid[1] * x[1] + sigmoid[2])),
    ("second feature forgotten", "The second feature is not 0.",
     lambda sigmoid, intercept: logistic_odds.boundary(sigmoid[0], intercept)),
)  # fmt: skip
edge.witness(lambda reweighted, x: crossing(lambda first: reweighted((first, x[1]))))


@family.part(Integer(), levels=["hard"])
def free(K, d):
    return logistic_odds.free_parameters(K, d)


free.slips = rows(
    ("all weights", "Adding the same to the logits of all classes changes nothing.",
     lambda K, d: K * (d + 1)),
    ("biases forgotten", "Every class has a bias.", lambda K, d: (K - 1) * d),
    ("one constraint", "One whole class can be fixed at 0.", lambda K, d: K * (d + 1) - 1),
)  # fmt: skip


@free.witness
def _(K, d):
    """The rank of the map from the logits of the classes to their differences, for each input."""
    K = int(K)
    return np.linalg.matrix_rank(np.eye(K) - np.ones((K, K)) / K) * np.empty(int(d) + 1).size


@family.derive
def factor_of_odds(old, new):
    return new * (1 - old) / (old * (1 - new))
