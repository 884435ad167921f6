"""Mean and covariance of an affine map.

Trap: A^T S A, one A only, squaring the entries, letting the shift change the covariance.
Reference: Bishop (2006), section 2.3.3.
Source: S1-33.
"""

from itertools import combinations

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.vectors import columns, dot, each
from partialcredit.problems.linear_algebra._scalars import bare
from partialcredit.solvers import backprop, covariance, matrices

family = Family(version=2, conventions=["{% if level != 'easy' %}vectors are columns{% endif %}"])


@family.sample
def sample(draw):
    n, outputs = draw.by_level((1, 1), (2, 2), (2, 3))
    root = [[draw.nonzero(-2, 3) if j <= i else 0 for j in range(n)] for i in range(n)]
    shared = {
        "S": matrices.product(root, backprop.transpose(root)),
        "mu": draw.integers(n, -5, 6),
        "A": [[draw.nonzero(-4, 5) for _ in range(n)] for _ in range(outputs)],
        "b": [draw.nonzero(-6, 6) for _ in range(outputs)],
    }
    if draw.level == "easy":
        return shared | {
            "S": [(draw.integer(2, 30),)],
            "A": [(draw.choice([-6, -5, -4, -3, -2, 2, 3, 4, 5, 6]),)],
        }
    return shared | {
        "s": draw.choice([-6, -5, -4, -3, -2, 2, 3, 4, 5, 6]),
        "t": draw.choice([-3, -2, 2, 3, 5]),
        "u": [draw.nonzero(-3, 3) for _ in range(outputs)],
    }


@family.condition
def _(A, S):
    if any(a * d == b * c for (a, b), (c, d) in combinations(A, 2)):
        return False
    return len(A) == 1 or (columns(A) != A and S[0][1] != 0 and S[0][0] != S[1][1])


@family.run
def outcomes(S, A, mu, b):
    """All outcomes of a two-valued x with this mean and covariance, mapped: one per column."""
    root = np.linalg.cholesky(np.array(S, dtype=float))
    x = np.reshape(mu, (-1, 1)) + root @ engine.sign_sequences(len(S))
    return np.array(A) @ x + np.reshape(b, (-1, 1))


@family.part(lambda A: Array(shape=(len(A),)) if len(A) > 1 else Integer())
def mean(A, mu, b):
    return bare(covariance.mapped_mean(A, mu, b))


mean.slips = rows(
    ("shift forgotten", "The mean moves by b.", lambda A, mu: bare(backprop.affine(A, mu))),
    ("mean not mapped", "A acts on the mean, too.",
     lambda mu, b: bare(mu + b) if len(b) < 3 else None),
    ("A transposed", "Row i of A gives component i.",
     lambda A, mu, b: backprop.affine(columns(A), mu, b) if len(A) == 2 else None),
    ("shift subtracted", "The mean moves by b.",
     lambda A, mu, b: bare(covariance.mapped_mean(A, mu, -b))),
)  # fmt: skip


@mean.witness
def _(outcomes):
    found = outcomes.mean(axis=1)
    return found if len(found) > 1 else round(found[0], 6)


@family.part(lambda A: Array(shape=(len(A), len(A))) if len(A) > 1 else Integer(), marks=2)
def spread(A, S):
    return bare(covariance.mapped_covariance(A, S))


def shift_counted(spread, b):
    return spread + b[0] if len(b) == 1 else spread + each(lambda b_i: b_i * b, b)


def covariances_dropped(A, S):
    if len(A) == 1:
        return None
    return covariance.mapped_covariance(A, ((S[0][0], 0), (0, S[1][1])))


spread.slips = rows(
    ("A only once", "A acts on both factors of a covariance.",
     lambda A, S: bare(matrices.product(A, S)) if len(A) < 3 else None),
    ("transposes exchanged", "It is A S A^T for column vectors.",
     lambda A, S: covariance.mapped_covariance(columns(A), S) if len(A) == 2 else None),
    ("entry by entry", "A S A^T is a product of matrices, not of single entries.",
     lambda A, S: A**2 * S if len(A) == 2 else None),
    ("shift counted", "A shift moves the mean and leaves the spread alone.", shift_counted),
    ("covariances dropped", "The components of x are correlated: keep all of S.",
     covariances_dropped),
    ("S left out", "Put S between A and its transpose.",
     lambda A: bare(matrices.product(A, backprop.transpose(A)))),
)  # fmt: skip


@spread.witness
def _(outcomes):
    found = np.cov(outcomes, bias=True)
    return found if len(outcomes) > 1 else round(found.item(), 6)


@family.part(Real(digits=3), levels=["easy"])
def deviation(spread):
    return sqrt(spread)


deviation.slips = rows(
    ("the variance", "The standard deviation is the root of the variance.", lambda spread: spread),
    ("factor not squared", "The variance of x is multiplied by the square of the factor.",
     lambda A, S: sqrt(abs(A[0][0]) * S[0][0])),
)  # fmt: skip
deviation.witness(lambda outcomes: np.std(outcomes))


@family.part(Integer(), levels=["medium", "hard"])
def projected(u, spread):
    return covariance.projected_variance(u, spread)


def weights_not_squared(u, spread):
    found = sum(backprop.affine(spread, u))
    return found if found > 0 else None


projected.slips = rows(
    ("covariances dropped", "Add 2 u_i u_j Cov(y_i, y_j) for every pair.",
     lambda u, spread: dot(u**2, [row[i] for i, row in enumerate(spread)])),
    ("weights not squared", "Variances are multiplied by squares of the weights.",
     weights_not_squared),
    ("sum of all entries", "Weight the entry (i, j) by u_i u_j.",
     lambda spread: sum(map(sum, spread))),
    ("product with one vector", "u acts on both sides: u^T S u.",
     lambda u, spread: sum(map(sum, u * spread))),
)  # fmt: skip
projected.witness(lambda outcomes, u: round(np.var(np.array(u) @ outcomes), 6))


@family.part(Integer(), levels=["hard"])
def total(A, S):
    return covariance.total_variance(A, S)


total.slips = rows(
    ("sum of all entries", "Only the diagonal holds variances.",
     lambda spread: sum(map(sum, spread))),
    ("variance of x", "This is the total variance before the map.", lambda S: matrices.trace(S)),
)  # fmt: skip


@total.witness
def _(outcomes):
    away = outcomes - outcomes.mean(axis=1, keepdims=True)
    return round((away**2).sum(axis=0).mean(), 6)


@family.part(Integer(), levels=["medium", "hard"])
def scaled(s):
    return covariance.scaling(s)


scaled.slips = rows(
    ("not squared", "A acts on both factors of a covariance.", lambda s: s),
    ("shift counted", "A shift moves the mean and leaves the spread alone.", lambda s, t: s * t),
    ("shift squared, too", "A shift moves the mean and leaves the spread alone.",
     lambda s, t: s * s * t * t),
    ("unchanged", "A larger matrix spreads y more.", lambda: 1),
)  # fmt: skip


@scaled.witness
def _(S, A, mu, b, s, t):
    before, after = outcomes(S, A, mu, b), outcomes(S, s * A, mu, t * b)
    return round(np.var(after[0]) / np.var(before[0]), 6)


@family.working
def _(A, S, mu):
    return {
        "moved": backprop.affine(A, mu),
        "half": matrices.product(A, S),
        "turned": columns(A),
        "dot": backprop.affine,
    }
