"""Naive Bayes: rates, posterior, and the weights of the linear classifier.

Trap: absent words left out, one pseudo-count in the denominator, the prior forgotten.
Reference: Manning, Raghavan and Schütze (2008), section 13.3; Ng and Jordan (2002).
Source: none
"""

from itertools import product

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot
from partialcredit.solvers import naive_bayes

family = Family(
    conventions=[
        "a word is present in a mail or absent; given the class, words are independent",
        "the priors are the shares of the classes and are not smoothed",
        r"{% if level != 'easy' %}every rate is smoothed: $\theta = (k + a) / (n + 2a)$ for a word "
        r"in $k$ of the $n$ mails of a class, with $a = {{ a }}${% endif %}",
    ]
)

LATER = ["medium", "hard"]


@family.sample
def sample(draw):
    d = draw.by_level(2, 3, 3)
    a = draw.by_level(0, 1, draw.choice([1, 2]))
    least = draw.by_level(1, 0, 0)
    sizes = draw.integers(2, 4, 9, distinct=True)
    counts = [draw.integers(d, least, n - least) for n in sizes]
    x = draw.shuffle([0, 1, draw.integer(0, 1)][:d])
    parameters = {"sizes": sizes, "counts": counts, "x": x, "a": a}
    if draw.level == "hard":
        parameters |= {"d": draw.integer(5, 40), "C": draw.integer(3, 12)}
    return parameters


@family.condition
def _(theta):
    """Every word tells the classes apart."""
    return all(p != q for p, q in zip(*theta, strict=True))


@family.condition
def _(posterior):
    return rational(1, 50) < posterior < rational(49, 50) and posterior != rational(1, 2)


@family.derive
def theta(counts, sizes, a):
    """The rates of both classes, which are asked for."""
    return [naive_bayes.rates(row, n, a) for row, n in zip(counts, sizes, strict=True)]


@family.derive
def priors(sizes):
    return [rational(n, sum(sizes)) for n in sizes]


@family.run
def listed(counts, sizes, a):
    """Shares of ones in lists of examples, to which the pseudo-examples are added."""
    return np.array(
        [
            [np.mean([1] * int(k + a) + [0] * int(n - k + a)) for k in row]
            for row, n in zip(counts, sizes, strict=True)
        ]
    )


@family.run
def table(listed, sizes):
    """The joint distribution of class and words, a cell for every mail there can be."""
    found = []
    for share, row in zip(np.array(sizes) / np.sum(sizes), listed, strict=True):
        cells = np.array(share)
        for rate in row:
            cells = np.multiply.outer(cells, [1 - rate, rate])
        found.append(cells)
    return np.array(found)


@family.run
def plane(table):
    """Weights and intercept, solved from the log-odds of all mails."""
    mails = list(product((0, 1), repeat=table.ndim - 1))
    odds = np.log(table[0] / table[1]).ravel()
    return np.linalg.lstsq(np.array([(*mail, 1) for mail in mails]), odds, rcond=None)[0]


@family.part(lambda x: Array(shape=(2, len(x)), digits=3), marks=2)
def rates(theta):
    return theta


rates.slips = rows(
    ("not smoothed", "Add a to every count.",
     lambda counts, sizes: [naive_bayes.rates(k, n, 0)
                            for k, n in zip(counts, sizes, strict=True)]),
    ("one a below", "Present and absent get a each: n + 2a.",
     lambda counts, sizes, a: [(k + a) * rational(1, n + a)
                               for k, n in zip(counts, sizes, strict=True)]),
    ("share of the word's mails", "The condition is the class: divide by the mails of the class.",
     lambda counts, a: [rational(1) * (row + a) / (counts[0] + counts[1] + 2 * a)
                        for row in counts]),
    ("share of all mails", "The condition is the class: divide by the mails of the class.",
     lambda counts, sizes, a: [(row + a) * rational(1, sum(sizes) + 2 * a) for row in counts]),
    ("absent for present", "The rate is that of mails with the word.",
     lambda theta: [1 - row for row in theta]),
)  # fmt: skip
rates.witness(lambda listed: listed)


@family.part(Array(shape=(2,), digits=3), marks=2)
def joint(priors, rates, x):
    return [naive_bayes.joint(p, row, x) for p, row in zip(priors, rates, strict=True)]


def present(rates, x):
    """The product of the rates of the words that the mail has."""
    return Vector(naive_bayes.joint(1, [r if v else 1 for r, v in zip(row, x, strict=True)],
                                    (1,) * len(x)) for row in rates)  # fmt: skip


joint.slips = rows(
    ("prior forgotten", "Multiply by the share of the class.",
     lambda joint, priors: joint / priors),
    ("absent word ignored", "An absent word counts with 1 minus its rate.",
     lambda priors, rates, x: priors * present(rates, x)),
    ("absent word as present", "An absent word counts with 1 minus its rate.",
     lambda priors, rates, x: [naive_bayes.joint(p, row, (1,) * len(x))
                               for p, row in zip(priors, rates, strict=True)]),
    ("priors exchanged", "Each class has its own share.",
     lambda joint, priors: joint * priors[::-1] / priors),
    ("present and absent exchanged", "A present word counts with its rate.",
     lambda priors, rates, x: [naive_bayes.joint(p, row, 1 - x)
                               for p, row in zip(priors, rates, strict=True)]),
)  # fmt: skip
joint.witness(lambda table, x: [cells[tuple(map(int, x))] for cells in table])


@family.part(Real(digits=3))
def posterior(joint):
    return naive_bayes.posterior(joint)


posterior.slips = rows(
    ("not normalised", "Divide by the sum over the classes.", lambda joint: joint[0]),
    ("odds", "The odds are the ratio of both; the probability divides by their sum.",
     lambda joint: joint[0] / joint[1]),
    ("the other class", "The mail is to be spam.", lambda posterior: 1 - posterior),
    ("prior only", "The words count, too.", lambda priors: priors[0]),
)  # fmt: skip


@posterior.witness
def _(table, x):
    column = table[(slice(None), *map(int, x))]
    return (column / column.sum())[0]


@family.part(lambda x: Array(shape=(len(x),), digits=3), levels=["medium"], marks=2)
def factors(rates):
    return naive_bayes.odds_ratio(rates[0], rates[1])


factors.slips = rows(
    ("ratio of the rates", "Without the word its absence counts, which the odds then lose.",
     lambda rates: rational(1) * rates[0] / rates[1]),
    ("upside down", "Spam stands above.", lambda factors: 1 / factors),
    ("odds of spam alone", "The odds in the other class count, too.",
     lambda rates: rational(1) * rates[0] / (1 - rates[0])),
)  # fmt: skip
factors.witness(lambda plane: np.exp(plane[:-1]))


@family.part(lambda x: Array(shape=(len(x),), digits=3), levels=["hard"], marks=2)
def weights(rates):
    return naive_bayes.weights(rates[0], rates[1])


weights.slips = rows(
    ("ratio of the rates", "The absence of the word stops counting, too: take odds.",
     lambda rates: log(rational(1) * rates[0] / rates[1])),
    ("reversed", "Spam stands above.", lambda weights: -weights),
    ("logarithm left out", "The log-odds are linear, not the odds.",
     lambda rates: naive_bayes.odds_ratio(rates[0], rates[1])),
    ("odds of spam alone", "The odds in the other class count, too.",
     lambda rates: log(rational(1) * rates[0] / (1 - rates[0]))),
)  # fmt: skip
weights.witness(lambda plane: plane[:-1])


@family.part(Real(digits=3), levels=["hard"], marks=2)
def intercept(priors, rates):
    return naive_bayes.intercept(priors[0], rates[0], rates[1])


intercept.slips = rows(
    ("prior only", "A mail without any word has its absent words.",
     lambda priors: log(priors[0] / priors[1])),
    ("prior forgotten", "The shares of the classes count, too.",
     lambda intercept, priors: intercept - log(priors[0] / priors[1])),
    ("reversed", "Spam stands above.", lambda intercept: -intercept),
    ("log-odds of this mail", "The intercept belongs to a mail without any of the words.",
     lambda joint: log(joint[0] / joint[1])),
)  # fmt: skip
intercept.witness(lambda plane: plane[-1])


@family.part(Real(digits=3), levels=["hard"])
def opposite(weights, intercept, x):
    return dot(weights, 1 - x) + intercept


opposite.slips = rows(
    ("the first mail", "Other words are present now.",
     lambda weights, intercept, x: dot(weights, x) + intercept),
    ("intercept forgotten", "Add b.", lambda weights, x: dot(weights, 1 - x)),
    ("sign turned", "The intercept and the absent words do not turn.",
     lambda joint: -log(joint[0] / joint[1])),
)  # fmt: skip


@opposite.witness
def _(table, x):
    other = tuple(1 - int(v) for v in x)
    return np.log(table[0][other] / table[1][other])


@family.part(Integer(), levels=["hard"])
def parameters(d, C):
    return naive_bayes.parameters(d, C)


parameters.slips = rows(
    ("both outcomes of a word", "Present and absent add up to 1.", lambda d, C: 2 * d * C + C - 1),
    ("all priors", "Priors add up to 1.", lambda d, C: C * d + C),
    ("priors left out", "The priors are parameters, too.", lambda d, C: C * d),
    ("full table", "Naive Bayes needs no joint table.", lambda d, C: C * (2**d - 1) + C - 1),
)  # fmt: skip


@parameters.witness
def _(d, C):
    """Names of what is free: rates, and the priors of all classes but the last."""
    rates = {(c, word) for c in range(int(C)) for word in range(int(d))}
    return len(rates | {(c, "prior") for c in range(int(C) - 1)})


@family.working
def _(x):
    return {"words": ("free", "meeting", "link")[: len(x)]}
