"""The error of an ensemble.

Trap: treating correlated errors as independent, multiplying by K, forgetting the limit.
Reference: Goodfellow, Bengio and Courville (2016), equations 7.50 and 7.51; Breiman (1996).
Source: S0-84, S1-81, S1-115.
"""

from fractions import Fraction
from itertools import count

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import ceil, rational
from partialcredit.solvers import ensembles, letters

family = Family(
    version=3,
    conventions=[
        "the ensemble's prediction is the mean of its models' predictions",
        r"$e_i$ is the error of model $i$; $v = \mathbb{E}[e_i^2]$ for every model"
        r"{% if level != 'easy' %} and $c = \mathbb{E}[e_i e_j]$ for every two models{% endif %}",
    ],
)


@family.sample
def sample(draw):
    K = draw.by_level(draw.integer(2, 12), draw.integer(3, 5), draw.integer(2, 10))
    own = {"v": rational(draw.integer(10, 99), 10), "K": K}
    if draw.level == "easy":
        return own | {"m": draw.integer(2, 15)}
    c = own["v"] * rational(draw.integer(2, 18), 20)
    own["c"] = rational(ceil(c * 10), 10)
    enough = draw.integer(3, 15)
    between = ensembles.mean_square(own["v"], own["c"], rational(2 * enough - 1, 2))
    rate = {"rate": rational(draw.integer(3, 9), 20)}
    return own | draw.by_level({}, rate, {"target": rational(ceil(between * 1000), 1000)})


CORRELATED = ["medium", "hard"]


@family.run
def averaged(v, c, K):
    """The mean square over all outcomes of errors with a shared and an own part.

    The own part's size is the root of v - c, which is imaginary where v < c; its square is not.
    """
    shared, own = complex(c) ** 0.5, complex(v - c) ** 0.5
    signs = engine.sign_sequences(K + 1)
    return np.mean((shared * signs[0] + own * signs[1:].mean(axis=0)) ** 2).real


@family.part(Real(digits=3), levels=["easy", "hard"])
def independent(v, K):
    return ensembles.mean_square(v, 0, K)


independent.slips = rows(
    ("not averaged", "The errors cancel in part: divide by K.", lambda v: v),
    ("root of K", "That is how the standard deviation falls, not its square.",
     lambda v, K: v / sqrt(K)),
    ("summed", "The mean of K errors is meant, not their sum.", lambda v, K: K * v),
    ("decreased by 1/K", "The error becomes 1/K of one model's.",
     lambda v, K: v * (1 - rational(1, K))),
)  # fmt: skip
independent.witness(lambda v, K: averaged(v, 0, K))


@family.part(Real(), levels=["easy"])
def identical(v, K):
    return ensembles.mean_square(v, v, K)


identical.slips = rows(
    ("divided by K", "Equal errors do not cancel.", lambda v, K: v / K),
    ("zero", "Equal errors do not cancel.", lambda: 0),
)  # fmt: skip
identical.witness(lambda v, K: averaged(v, v, K))


@family.part(Integer(), levels=["easy"])
def needed(m):
    return m**2


needed.slips = rows(
    ("in proportion", "The root of the mean square falls with the root of K.", lambda m: m),
    ("doubled", "The root of the mean square falls with the root of K: square it.",
     lambda m: 2 * m),
)  # fmt: skip


@needed.witness
def _(m):
    """The mean over a matrix of products, which are 0 for different models."""
    return next(K for K in count(1) if float(np.mean(np.eye(K)) ** 0.5) <= 1 / m + 1e-12)


def only_own(v, K):
    return v / K


def every_pair(v, c, K):
    return (v + K * c) / K


def once(v, c, K):
    return (v + (K - 1) * c / 2) / K


@family.part(
    Expression(symbols={"v": "positive", "c": "real", "K": "positive integer"}),
    marks=2,
    levels=["hard"],
)
def formula():
    return letters.formula(ensembles.mean_square)


formula.slips = rows(
    ("independent errors", "The errors are correlated: the products add up.",
     lambda: letters.formula(only_own)),
    ("all pairs", "There are K - 1 other models for each.", lambda: letters.formula(every_pair)),
    ("products once", "Each pair occurs twice in the square.", lambda: letters.formula(once)),
)  # fmt: skip
formula.witness(lambda point: averaged(point["v"], point["c"], point["K"]))


@family.part(Real(digits=3), marks=2, levels=CORRELATED)
def mean_square(v, c, K):
    return ensembles.mean_square(v, c, K)


mean_square.slips = rows(
    ("independent errors", "The errors are correlated: the products add up.", only_own),
    ("limit", "This is the limit for many models.", lambda c: c),
    ("all pairs", "There are K - 1 other models for each.", every_pair),
    ("products not averaged", "The mean square divides by K squared.",
     lambda v, c, K: v / K + (K - 1) * c),
    ("not averaged", "The errors cancel in part.", lambda v: v),
    ("decreased by 1/K", "Even uncorrelated errors leave 1/K of one model's.",
     lambda v, K: v * (1 - rational(1, K))),
    ("independent part only", "The errors are correlated: the products add up.",
     lambda v, c, K: (v - c) / K),
    ("root", "The mean square is asked for, not its root.", lambda mean_square: sqrt(mean_square)),
)  # fmt: skip
mean_square.witness(lambda averaged: averaged)


@family.part(Real(digits=3), levels=["medium"], after="mean_square")
def saved(v, mean_square):
    return mean_square / v


saved.slips = rows(
    ("what is saved", "This share is saved; the other one is left.", lambda saved: 1 - saved),
    ("inverted", "Divide the ensemble's error by that of one model.", lambda saved: 1 / saved),
)  # fmt: skip
saved.witness(lambda v, c, K: averaged(v, c, K) / averaged(v, c, 1))


@family.part(Real(), levels=CORRELATED)
def limit(c):
    return c


limit.slips = rows(
    ("zero", "What the models share does not cancel.", lambda: 0),
    ("difference", "The part that cancels is v - c; what is left is c.", lambda v, c: v - c),
    ("of one model", "The part that the models do not share cancels.", lambda v: v),
)  # fmt: skip


@limit.witness
def _(v, c):
    """What is left of the mean square when the part that halves with every doubling is gone."""
    return engine.geometric_limit([averaged(v, c, K) for K in (2, 4, 8)])


@family.part(Real(digits=3), marks=2, levels=["medium"])
def majority(rate, K):
    return ensembles.majority_error(rate, K)


majority.slips = rows(
    ("all of them", "More than half is enough for the vote to be wrong.", lambda rate, K: rate**K),
    ("one model", "A vote of independent models is wrong less often than one.", lambda rate: rate),
    ("any of them", "One that errs is outvoted.", lambda rate, K: 1 - (1 - rate) ** K),
)  # fmt: skip


@majority.witness
def _(rate, K):
    errs = (engine.sign_sequences(K) + 1) / 2
    chances = np.where(errs == 1, rate, 1 - rate).prod(axis=0)
    return chances[2 * errs.sum(axis=0) > K].sum()


@family.part(Integer(), marks=2, levels=["hard"])
def enough(v, c, target):
    return ensembles.models_for(v, c, target)


enough.slips = rows(
    ("rounded down", "So many models are not enough: round up.",
     lambda enough: enough - 1, Fraction(1, 2)),
    ("independent errors", "The shared part of the error does not cancel.",
     lambda v, target: ceil(v / target)),
)  # fmt: skip


@enough.witness
def _(v, c, target):
    """In whole thousandths, the sum over a matrix of products with a row for each model."""
    own, shared, bound = (round(1000 * x) for x in (v - c, c, target))
    return next(
        K for K in count(1) if (np.full((K, K), shared) + np.eye(K) * own).sum() <= bound * K**2
    )
