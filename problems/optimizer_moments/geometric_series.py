"""Geometric series.

Trap: the power n instead of n + 1, a start at 0, a lost factor.
Reference: Graham, Knuth and Patashnik (1994), "Concrete mathematics", section 2.3.
Source: S1-120.
"""

from fractions import Fraction
from itertools import count, takewhile

from partialcredit.family import Family
from partialcredit.grading import Expression, Real
from partialcredit.solvers import letters, series

family = Family(conventions=["both ends of a sum belong to it"])


@family.sample
def sample(draw):
    ratios = [Fraction(k, 50) for k in range(10, 49) if k != 25]
    signs = draw.by_level((1,), (-1, 1), (-1, 1))
    m = draw.integer(1, draw.by_level(3, 5, 5))
    own = {
        "a": draw.choice([-1, 1]) * draw.integer(2, 30),
        "r": draw.choice(signs) * draw.choice(ratios),
        "m": m,
        "n": m + draw.integer(2, draw.by_level(5, 8, 8)),
    }
    backward = {"alpha": Fraction(draw.integer(11, 19), 20), "t": draw.integer(5, 9)}
    return own | draw.by_level({}, backward | {"s": draw.integer(2, 3)}, {})


@family.condition
def _(r, m, n):
    """The sum can be told from the infinite one."""
    return abs(r) ** (n + 1 - m) > Fraction(1, 500)


@family.part(Real(digits=4), marks=2)
def value(a, r, m, n):
    return series.between(a, r, m, n)


@family.part(Real(digits=4))
def infinite(a, r, m):
    return series.infinite(a, r, m)


@family.part(Real(digits=4), marks=2, levels=["medium"])
def backwards(alpha, s, t):
    return series.backwards(alpha, s, t)


NATURAL = "positive integer"


@family.part(
    Expression(symbols={"a": "positive", "r": "unit", "n": NATURAL}), marks=2, levels=["medium"]
)
def formula():
    return letters.formula(series.terms)


@family.part(
    Expression(symbols={"a": "positive", "r": "unit", "m": NATURAL, "n": NATURAL}),
    marks=2,
    levels=["hard"],
)
def general():
    return letters.formula(series.between)


@family.part(Expression(symbols={"alpha": "unit", "t": NATURAL}), marks=2, levels=["hard"])
def newest_first():
    return letters.formula(series.backwards, s=1)


@family.part(Expression(symbols={"r": "unit", "n": NATURAL}), marks=3, levels=["hard"])
def ramp_formula():
    return letters.formula(series.ramp)


@family.part(Real(digits=4), levels=["hard"])
def ramp(r, n):
    return series.ramp(r, n)


@value.mistake("last term lost", "The last term belongs to the sum: the upper power is one more.")
def one_short(a, r, m, n):
    return series.between(a, r, m, n - 1)


@value.mistake("started at 0", "The sum starts with its lower limit, not with k = 0.")
def from_nought(a, r, n):
    return series.terms(a, r, n + 1)


@value.mistake("factor lost", "Every term has the factor a.")
def factor_lost(r, m, n):
    return series.between(1, r, m, n)


@value.mistake("denominator lost", "Divide by 1 - r.")
def undivided(a, r, m, n):
    return a * (r**m - r ** (n + 1))


@infinite.mistake("started at 0", "The sum starts with its lower limit, not with k = 0.")
def _(a, r):
    return series.infinite(a, r, 0)


@infinite.mistake("factor lost", "Every term has the factor a.")
def _(r, m):
    return series.infinite(1, r, m)


@infinite.mistake("denominator", "The denominator is 1 - r.")
def _(a, r, m):
    return a * r**m / (1 + r)


@backwards.mistake("newest term lost", "The term i = t has the power 0 and is 1.")
def _(alpha, s, t):
    return series.backwards(alpha, s, t) - 1


@backwards.mistake("started at 1", "The sum starts later, so it has fewer terms.")
def _(alpha, t):
    return series.backwards(alpha, 1, t)


@backwards.mistake("powers of i", "The power is t - i: the newest term counts most.")
def _(alpha, s, t):
    return series.between(1, alpha, s, t)


@formula.mistake("one term too many", "The first n terms end with the power n - 1.")
def _():
    return letters.formula(one_too_many)


@formula.mistake("infinite", "This is the sum of infinitely many terms.")
def _():
    return letters.formula(series.infinite, m=0)


@formula.mistake("started with the power 1", "The first term is a itself.")
def _():
    return letters.formula(from_one)


@general.mistake("last term lost", "The sum holds the term n, so the upper power is n + 1.")
def _():
    return letters.formula(one_short)


@general.mistake("started at 0", "The sum starts with the term m.")
def _():
    return letters.formula(from_nought)


@general.mistake("factor lost", "Every term has the factor a.")
def _():
    return letters.formula(factor_lost)


@newest_first.mistake("one term too many", "There are t terms; the last has the power t - 1.")
def _():
    return letters.formula(series.backwards, s=0)


@newest_first.mistake("powers of i", "The powers run from t - 1 down to 0.")
def _():
    return letters.formula(powers_of_i)


@ramp_formula.mistake("plain series", "Every term has its number k as a factor.")
def _():
    return letters.formula(plain)


@ramp_formula.mistake("infinite", "This is the sum of infinitely many terms.")
def _():
    return letters.formula(endless)


@ramp.mistake("plain series", "Every term has its number k as a factor.")
def plain(r, n):
    return series.between(1, r, 1, n)


@ramp.mistake("all terms", "The sum ends; this is the sum of infinitely many terms.")
def endless(r):
    return r / (1 - r) ** 2


@ramp.mistake("n times the sum", "Only the last term has the last number as its factor.")
def _(r, n):
    return n * series.between(1, r, 1, n)


def one_too_many(a, r, n):
    return series.terms(a, r, n + 1)


def from_one(a, r, n):
    return series.between(a, r, 1, n)


def powers_of_i(alpha, t):
    return series.between(1, alpha, 1, t)


def added(term, first, last):
    """The terms one by one; an empty range is counted backwards, as an integral is."""
    if last < first - 1:
        return -added(term, last + 1, first - 1)
    return sum(term(k) for k in range(first, last + 1))


@value.witness
def _(a, r, m, n):
    return added(lambda k: a * float(r) ** k, m, n)


@infinite.witness
def _(a, r, m):
    """All terms that are large enough to change the sum."""
    every = (a * float(r) ** k for k in count(m))
    return sum(takewhile(lambda term: abs(term) > 1e-18, every))


@backwards.witness
def _(alpha, s, t):
    return added(lambda i: float(alpha) ** (t - i), s, t)


@formula.witness
def _(point):
    return added(lambda k: point["a"] * point["r"] ** k, 0, point["n"] - 1)


@general.witness
def _(point):
    return added(lambda k: point["a"] * point["r"] ** k, point["m"], point["n"])


@newest_first.witness
def _(point):
    return added(lambda i: point["alpha"] ** (point["t"] - i), 1, point["t"])


@ramp_formula.witness
def _(point):
    return added(lambda k: k * point["r"] ** k, 1, point["n"])


@ramp.witness
def _(r, n):
    return added(lambda k: k * float(r) ** k, 1, n)
