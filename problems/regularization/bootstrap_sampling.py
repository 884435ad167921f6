"""Bootstrap samples for bagging.

Trap: drawing without replacement, taking the other probability, 1/e for 1 - 1/e.
Reference: Breiman (1996), "Bagging predictors"; Efron and Tibshirani (1993).
Source: S0-84, S1-84.
"""

from functools import cache
from math import comb, perm

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer, Real
from partialcredit.numbers.exact import exp
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import Estimate
from partialcredit.solvers import bootstrap, letters

family = Family(
    version=3,
    conventions=["all data points are different, and every draw takes each of them equally likely"],
)


@family.sample
def sample(draw):
    if draw.level == "easy":
        return {"N": draw.integer(4, 60), "n": draw.integer(3, 6), "K": draw.integer(5, 100)}
    if draw.level == "medium":
        N = draw.integer(4, 60)
        return {"N": N, "n": draw.integer(4, min(60, 3 * N)), "K": draw.integer(5, 50)}
    N = 10 * draw.integer(5, 45)
    c = draw.decimal("0.5", "0.6", "0.8", "1", "1.2", "1.5", "2")
    return {"N": N, "n": int(N * c), "K": draw.integer(5, 99), "c": c}


@family.part(Integer(), levels=["medium"])
def draws(n, K):
    return n * K


draws.slips = rows(
    ("one sample", "Each of the models has a sample of its own.", lambda n: n),
    ("all data points", "A sample has its own number of draws.", lambda N, K: N * K),
)  # fmt: skip
draws.witness(lambda n, K: len([(model, draw) for model in range(K) for draw in range(n)]))


@family.part(Integer(), levels=["easy"])
def ordered(N, n):
    return bootstrap.ordered_samples(N, n)


ordered.slips = rows(
    ("base and power exchanged", "Every draw has as many outcomes as there are points.",
     lambda N, n: n**N),
    ("without replacement", "A point that was drawn may be drawn again.", lambda N, n: perm(N, n)),
    ("multiplied", "The numbers of outcomes of the draws multiply.", lambda N, n: N * n),
)  # fmt: skip


@ordered.witness
def _(N, n):
    """After each draw, every sequence so far goes on in as many ways as there are points."""
    endings = [1] * N
    for _draw in range(n - 1):
        endings = [sum(endings)] * N
    return sum(endings)


@family.part(Integer(), marks=2, levels=["easy"])
def unordered(N, n):
    return bootstrap.unordered_samples(N, n)


unordered.slips = rows(
    ("without replacement", "A point may occur more than once.", lambda N, n: comb(N, n)),
    ("order counted", "The same points in another order are the same sample here.",
     lambda ordered: ordered),
)  # fmt: skip


@unordered.witness
def _(N, n):
    """One point after the other is allowed, any number of times."""
    ways = [1] + [0] * n
    for _point in range(N):
        for size in range(n):
            ways[size + 1] += ways[size]
    return ways[n]


LATER = ["medium", "hard"]


@family.run
def found(N, n):
    """The expected number of different points: a draw is new where none has been before."""
    seen = 0.0
    for _draw in range(n):
        seen += (N - seen) / N
    return seen


@family.part(
    Expression(symbols={"N": "positive integer", "n": "positive integer"}),
    marks=2,
    levels=["hard"],
)
def formula():
    return letters.formula(bootstrap.in_sample)


formula.slips = rows(
    ("left out", "This is the probability that the point is in none of the draws.",
     lambda: letters.formula(bootstrap.left_out)),
    ("draws added", "The point may be drawn twice, so the chances do not just add.",
     lambda: letters.formula(lambda N, n: n / N)),
    ("power of 1/N", "It must be missed in every draw, with chance 1 - 1/N each.",
     lambda: letters.formula(lambda N, n: 1 - 1 / N**n)),
    ("expected number", "This is the expected number of different points.",
     lambda: letters.formula(bootstrap.expected_distinct)),
)  # fmt: skip
formula.witness(lambda point: found(point["N"], point["n"]) / point["N"])


@family.part(Real(digits=3), marks=2)
def present(N, n):
    return bootstrap.in_sample(rational(N), n)


present.slips = rows(
    ("left out", "This is the probability that the point is in none of the draws.",
     lambda present: 1 - present),
    ("one draw", "There are n draws.", lambda N: rational(1, N)),
    ("draws added", "The point may be drawn twice, so the chances do not just add.",
     lambda N, n: rational(n, N)),
    ("the limit", "This holds for large N only.",
     lambda N, n: bootstrap.limit_share(rational(n, N))),
    ("left out, in the limit", "This is the limit of the chance to be in no draw.",
     lambda N, n: 1 - bootstrap.limit_share(rational(n, N))),
)  # fmt: skip
present.witness(lambda found, N: found / N)


@family.part(Real(digits=3), levels=LATER)
def distinct(present, N):
    return N * present


distinct.slips = rows(
    ("all draws", "Some points are drawn more than once.", lambda n: n),
    ("left out", "These are the points that are not in the sample.",
     lambda N, distinct: N - distinct),
)  # fmt: skip
distinct.witness(lambda found: found)


@family.part(Real(digits=3), levels=LATER)
def out_of_bag(present, K):
    return K * (1 - present)


out_of_bag.slips = rows(
    ("in the bag", "In these samples the point is present.", lambda K, out_of_bag: K - out_of_bag),
    ("one sample", "There are K samples.", lambda present: 1 - present),
)  # fmt: skip
out_of_bag.witness(lambda found, N, K: K * (N - found) / N)


@family.part(Real(digits=3), marks=2, levels=["hard"])
def limit(c):
    return bootstrap.limit_share(c)


limit.slips = rows(
    ("left out", "This share is left out.", lambda c: exp(-c)),
    ("everything", "However many draws, some points are missed again and again.", lambda: 1),
    ("draws added", "Some points are drawn more than once.", lambda c: c),
)  # fmt: skip


@limit.witness
def _(c):
    return Estimate(share_in_the_limit(c), 1e-6)


@cache
def share_in_the_limit(c):
    shares = [found(N, round(c * N)) / N for N in (1000, 2000, 4000)]
    return engine.geometric_limit(shares)
