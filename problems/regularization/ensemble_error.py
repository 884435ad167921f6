"""The error of an ensemble.

Trap: treating correlated errors as independent, multiplying by K, forgetting the limit.
Reference: Goodfellow, Bengio and Courville (2016), equations 7.50 and 7.51; Breiman (1996).
Source: S0-84, S1-81, S1-115.
"""

from fractions import Fraction
from functools import lru_cache
from itertools import count
from math import ceil

import numpy as np

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.grading import Expression, Integer, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.solvers import ensembles, letters

family = Family(
    conventions=[
        "the ensemble's prediction is the mean of its models' predictions",
        r"$e_i$ is the error of model $i$; $v = \mathbb{E}[e_i^2]$ for every model"
        r"{% if level != 'easy' %} and $c = \mathbb{E}[e_i e_j]$ for every two models{% endif %}",
    ]
)


@family.sample
def sample(draw):
    own = {"v": Fraction(draw.integer(10, 99), 10), "K": draw.integer(2, 10)}
    if draw.level == "easy":
        return own | {"m": draw.integer(2, 9), "rate": Fraction(draw.integer(15, 45), 100)}
    c = own["v"] * Fraction(draw.integer(2, 18), 20)
    own["c"] = Fraction(ceil(c * 10), 10)
    enough = draw.integer(3, 15)
    between = ensembles.mean_square(own["v"], own["c"], Fraction(2 * enough - 1, 2))
    return own | draw.by_level({}, {}, {"target": Fraction(ceil(between * 1000), 1000)})


UNCORRELATED = ["easy"]
CORRELATED = ["medium", "hard"]


@family.part(Real(digits=4), levels=UNCORRELATED)
def independent(v, K):
    return ensembles.mean_square(v, 0, K)


@family.part(Real(digits=4), levels=UNCORRELATED)
def identical(v, K):
    return ensembles.mean_square(v, v, K)


@family.part(Integer(), levels=UNCORRELATED)
def needed(m):
    return m**2


@family.part(Real(digits=4), marks=2, levels=UNCORRELATED)
def majority(rate, K):
    return ensembles.majority_error(rate, K)


@family.part(
    Expression(symbols={"v": "positive", "c": "real", "K": "positive integer"}),
    marks=2,
    levels=["hard"],
)
def formula():
    return letters.formula(ensembles.mean_square)


@family.part(Real(digits=4), marks=2, levels=CORRELATED)
def mean_square(v, c, K):
    return ensembles.mean_square(v, c, K)


@family.part(Real(digits=4), levels=["medium"])
def saved(v, mean_square):
    return Fraction(1) * mean_square / v


@family.part(Real(digits=4), levels=CORRELATED)
def limit(c):
    return c


@family.part(Integer(), marks=2, levels=["hard"])
def enough(v, c, target):
    return ensembles.models_for(v, c, target)


@independent.mistake("not averaged", "The errors cancel in part: divide by K.")
def _(v):
    return v


@independent.mistake("root of K", "That is how the standard deviation falls, not its square.")
def _(v, K):
    return v / sqrt(K)


@independent.mistake("summed", "The mean of K errors is meant, not their sum.")
def _(v, K):
    return K * v


@independent.mistake("decreased by 1/K", "The error becomes 1/K of one model's.")
def _(v, K):
    return v * (1 - Fraction(1, K))


@identical.mistake("divided by K", "Equal errors do not cancel.")
def _(v, K):
    return v / K


@identical.mistake("zero", "Equal errors do not cancel.")
def _():
    return 0


@needed.mistake("in proportion", "The root of the mean square falls with the root of K.")
def _(m):
    return m


@needed.mistake("doubled", "The root of the mean square falls with the root of K: square it.")
def _(m):
    return 2 * m


@majority.mistake("all of them", "More than half is enough for the vote to be wrong.")
def _(rate, K):
    return rate**K


@majority.mistake("one model", "A vote of independent models is wrong less often than one.")
def _(rate):
    return rate


@majority.mistake("any of them", "One that errs is outvoted.")
def _(rate, K):
    return 1 - (1 - rate) ** K


@mean_square.mistake("independent errors", "The errors are correlated: the products add up.")
def only_own(v, K):
    return v / K


@mean_square.mistake("limit", "This is the limit for many models.")
def only_shared(c):
    return c


@mean_square.mistake("all pairs", "There are K - 1 other models for each.")
def every_pair(v, c, K):
    return (v + K * c) / K


@mean_square.mistake("products not averaged", "The mean square divides by K squared.")
def unshared(v, c, K):
    return v / K + (K - 1) * c


@mean_square.mistake("not averaged", "The errors cancel in part.")
def alone(v):
    return v


@mean_square.mistake("decreased by 1/K", "Even uncorrelated errors leave 1/K of one model's.")
def lessened(v, K):
    return v * (1 - Fraction(1, K))


@formula.mistake("independent errors", "The errors are correlated: the products add up.")
def _():
    return letters.formula(only_own)


@formula.mistake("all pairs", "There are K - 1 other models for each.")
def _():
    return letters.formula(every_pair)


@formula.mistake("products once", "Each pair occurs twice in the square.")
def _():
    return letters.formula(once)


def once(v, c, K):
    return (v + (K - 1) * c / 2) / K


@saved.mistake("what is saved", "This share is saved; the other one is left.")
def _(saved):
    return 1 - saved


@saved.mistake("inverted", "Divide the ensemble's error by that of one model.")
def _(saved):
    return 1 / saved


@limit.mistake("zero", "What the models share does not cancel.")
def _():
    return 0


@limit.mistake("difference", "The part that cancels is v - c; what is left is c.")
def _(v, c):
    return v - c


@enough.mistake("rounded down", "So many models are not enough: round up.")
def _(enough):
    return enough - 1


@enough.mistake("independent errors", "The shared part of the error does not cancel.")
def _(v, target):
    return ceil(v / target)


@lru_cache(maxsize=16)
def averaged(v, c, K):
    """The mean square over all outcomes of errors with a shared and an own part.

    The own part's size is the root of v - c, which is imaginary where v < c; its square is not.
    """
    shared, own = complex(c) ** 0.5, (float(v) - float(c) + 0j) ** 0.5
    signs = engine.sign_sequences(K + 1)
    return np.mean((shared * signs[0] + own * signs[1:].mean(axis=0)) ** 2).real


@independent.witness
def _(v, K):
    return averaged(v, 0, K)


@identical.witness
def _(v, K):
    return averaged(v, v, K)


@needed.witness
def _(m):
    """The mean over a matrix of products, which are 0 for different models."""
    return next(K for K in count(1) if float(np.mean(np.eye(K)) ** 0.5) <= 1 / m + 1e-12)


@majority.witness
def _(rate, K):
    errs = (engine.sign_sequences(K) + 1) / 2
    chances = np.where(errs == 1, float(rate), 1 - float(rate)).prod(axis=0)
    return chances[2 * errs.sum(axis=0) > K].sum()


@formula.witness
def _(point):
    return averaged(point["v"], point["c"], point["K"])


@mean_square.witness
def _(v, c, K):
    return averaged(v, c, K)


@saved.witness
def _(v, c, K):
    return averaged(v, c, K) / averaged(v, c, 1)


@limit.witness
def _(v, c):
    """What is left of the mean square when the part that halves with every doubling is gone."""
    return engine.geometric_limit([averaged(v, c, K) for K in (2, 4, 8)])


@enough.witness
def _(v, c, target):
    """In whole thousandths, the sum over a matrix of products with a row for each model."""
    own, shared, bound = (int(1000 * x) for x in (v - c, c, target))
    return next(
        K for K in count(1) if (np.full((K, K), shared) + np.eye(K) * own).sum() <= bound * K**2
    )
