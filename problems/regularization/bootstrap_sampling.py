"""Bootstrap samples for bagging.

Trap: drawing without replacement, taking the other probability, 1/e for 1 - 1/e.
Reference: Breiman (1996), "Bagging predictors"; Efron and Tibshirani (1993).
Source: S0-84, S1-84.
"""

from fractions import Fraction
from functools import cache, lru_cache
from math import comb

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.grading import Expression, Integer, Real
from partialcredit.numbers.exact import exp
from partialcredit.numbers.values import Estimate
from partialcredit.solvers import bootstrap, letters

family = Family(
    conventions=["all data points are different, and every draw takes each of them equally likely"]
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


@family.part(Integer(), levels=["easy"])
def draws(n, K):
    return n * K


@family.part(Integer(), levels=["easy"])
def ordered(N, n):
    return bootstrap.ordered_samples(N, n)


@family.part(Integer(), marks=2, levels=["easy"])
def unordered(N, n):
    return bootstrap.unordered_samples(N, n)


LATER = ["medium", "hard"]


@family.part(
    Expression(symbols={"N": "positive integer", "n": "positive integer"}),
    marks=2,
    levels=["hard"],
)
def formula():
    return letters.formula(bootstrap.in_sample)


@family.part(Real(digits=4), marks=2, levels=LATER)
def present(N, n):
    return bootstrap.in_sample(Fraction(N), n)


@family.part(Real(digits=4), levels=LATER)
def distinct(N, n):
    return bootstrap.expected_distinct(Fraction(N), n)


@family.part(Real(digits=4), levels=LATER)
def out_of_bag(N, n, K):
    return K * bootstrap.left_out(Fraction(N), n)


@family.part(Real(digits=4), marks=2, levels=["hard"])
def limit(c):
    return bootstrap.limit_share(c)


@draws.mistake("one sample", "Each of the models has a sample of its own.")
def _(n):
    return n


@draws.mistake("all data points", "A sample has its own number of draws.")
def _(N, K):
    return N * K


@ordered.mistake("base and power exchanged", "Every draw has as many outcomes as there are points.")
def _(N, n):
    return n**N


@ordered.mistake("without replacement", "A point that was drawn may be drawn again.")
def _(N, n):
    product = 1
    for i in range(n):
        product *= N - i
    return product


@ordered.mistake("multiplied", "The numbers of outcomes of the draws multiply.")
def _(N, n):
    return N * n


@unordered.mistake("without replacement", "A point may occur more than once.")
def _(N, n):
    return comb(N, n)


@unordered.mistake("order counted", "The same points in another order are the same sample here.")
def _(ordered):
    return ordered


@present.mistake("left out", "This is the probability that the point is in none of the draws.")
def _(present):
    return 1 - present


@present.mistake("one draw", "There are n draws.")
def _(N):
    return Fraction(1, N)


@present.mistake("draws added", "The point may be drawn twice, so the chances do not just add.")
def _(N, n):
    return Fraction(n, N)


@present.mistake("the limit", "This holds for large N only.")
def _(N, n):
    return bootstrap.limit_share(Fraction(n, N))


@present.mistake("left out, in the limit", "This is the limit of the chance to be in no draw.")
def _(N, n):
    return 1 - bootstrap.limit_share(Fraction(n, N))


@formula.mistake("left out", "This is the probability that the point is in none of the draws.")
def _():
    return letters.formula(bootstrap.left_out)


@formula.mistake("draws added", "The point may be drawn twice, so the chances do not just add.")
def _():
    return letters.formula(ratio)


@formula.mistake("power of 1/N", "It must be missed in every draw, with chance 1 - 1/N each.")
def _():
    return letters.formula(missed)


@formula.mistake("expected number", "This is the expected number of different points.")
def _():
    return letters.formula(bootstrap.expected_distinct)


def ratio(N, n):
    return n / N


def missed(N, n):
    return 1 - 1 / N**n


@distinct.mistake("all draws", "Some points are drawn more than once.")
def _(n):
    return n


@distinct.mistake("left out", "These are the points that are not in the sample.")
def _(N, distinct):
    return N - distinct


@out_of_bag.mistake("in the bag", "In these samples the point is present.")
def _(K, out_of_bag):
    return K - out_of_bag


@out_of_bag.mistake("one sample", "There are K samples.")
def _(present):
    return 1 - present


@limit.mistake("left out", "This share is left out.")
def _(c):
    return exp(-c)


@limit.mistake("everything", "However many draws, some points are missed again and again.")
def _():
    return 1


@limit.mistake("draws added", "Some points are drawn more than once.")
def _(c):
    return c


@ordered.witness
def _(N, n):
    """After each draw, every sequence so far goes on in as many ways as there are points."""
    endings = [1] * N
    for _draw in range(n - 1):
        endings = [sum(endings)] * N
    return sum(endings)


@unordered.witness
def _(N, n):
    """One point after the other is allowed, any number of times."""
    ways = [1] + [0] * n
    for _point in range(N):
        for size in range(n):
            ways[size + 1] += ways[size]
    return ways[n]


@draws.witness
def _(n, K):
    return len([(model, draw) for model in range(K) for draw in range(n)])


@lru_cache(maxsize=16)
def found(N, n):
    """The expected number of different points: a draw is new where none has been before."""
    seen = 0.0
    for _draw in range(n):
        seen += (N - seen) / N
    return seen


@formula.witness
def _(point):
    return found(point["N"], point["n"]) / point["N"]


@present.witness
def _(N, n):
    return found(N, n) / N


@distinct.witness
def _(N, n):
    return found(N, n)


@out_of_bag.witness
def _(N, n, K):
    return K * (N - found(N, n)) / N


@cache
def share_in_the_limit(c):
    return engine.geometric_limit([found(N, int(c * N)) / N for N in (1000, 2000, 4000)])


@limit.witness
def _(c):
    return Estimate(share_in_the_limit(c), 1e-6)
