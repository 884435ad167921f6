"""Geometric series.

Trap: the power n instead of n + 1, a start at 0, a lost factor.
Reference: Graham, Knuth and Patashnik (1994), "Concrete mathematics", section 2.3.
Source: S1-120.
"""

from itertools import count, takewhile

from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import letters, series

family = Family(version=2, conventions=["both ends of a sum belong to it"])


@family.sample
def sample(draw):
    ratios = [rational(k, 50) for k in range(10, 49) if k != 25]
    signs = draw.by_level((1,), (-1, 1), (-1, 1))
    m = draw.integer(1, draw.by_level(3, 5, 5))
    own = {
        "a": draw.choice([-1, 1]) * draw.integer(2, 30),
        "r": draw.choice(signs) * draw.choice(ratios),
        "m": m,
        "n": m + draw.integer(2, draw.by_level(5, 8, 8)),
    }
    backward = {"alpha": rational(draw.integer(11, 19), 20), "t": draw.integer(5, 9)}
    return own | draw.by_level({}, backward | {"s": draw.integer(2, 3)}, {})


@family.condition
def _(r, m, n):
    """The sum can be told from the infinite one."""
    return abs(r) ** (n + 1 - m) > rational(1, 500)


@family.part(Real(digits=3), marks=2)
def value(a, r, m, n):
    return series.between(a, r, m, n)


def one_short(a, r, m, n):
    return series.between(a, r, m, n - 1)


def from_nought(a, r, n):
    return series.terms(a, r, n + 1)


def factor_lost(r, m, n):
    return series.between(1, r, m, n)


value.slips = rows(
    ("last term lost", "The last term belongs to the sum: the upper power is one more.", one_short),
    ("started at 0", "The sum starts with its lower limit, not with k = 0.", from_nought),
    ("factor lost", "Every term has the factor a.", factor_lost),
    ("denominator lost", "Divide by 1 - r.", lambda r, value: value * (1 - r)),
    ("one term too many", "The upper limit belongs to the sum, and nothing beyond it.",
     lambda a, r, m, n: series.between(a, r, m, n + 1)),
    ("first term lost", "The lower limit belongs to the sum.",
     lambda a, r, m, n: series.between(a, r, m + 1, n)),
    ("denominator 1 + r", "The denominator is 1 - r.", lambda value, r: value * (1 - r) / (1 + r)),
    ("infinite", "This is the sum of infinitely many terms.",
     lambda a, r, m: series.infinite(a, r, m)),
)  # fmt: skip
value.witness(lambda a, r, m, n: added(lambda k: a * r**k, m, n))


@family.part(Real(digits=3))
def infinite(a, r, m):
    return series.infinite(a, r, m)


infinite.slips = rows(
    ("started at 0", "The sum starts with its lower limit, not with k = 0.",
     lambda a, r: series.infinite(a, r, 0)),
    ("factor lost", "Every term has the factor a.", lambda r, m: series.infinite(1, r, m)),
    ("denominator", "The denominator is 1 - r.", lambda a, r, m: a * r**m / (1 + r)),
    ("first term lost", "The lower limit belongs to the sum.",
     lambda a, r, m: series.infinite(a, r, m + 1)),
    ("first term only", "All later terms are added, too.", lambda a, r, m: a * r**m),
)  # fmt: skip


@infinite.witness
def _(a, r, m):
    """All terms that are large enough to change the sum."""
    every = (a * r**k for k in count(m))
    return sum(takewhile(lambda term: abs(term) > 1e-18, every))


@family.part(Real(digits=3), marks=2, levels=["medium"])
def backwards(alpha, s, t):
    return series.backwards(alpha, s, t)


backwards.slips = rows(
    ("newest term lost", "The term i = t has the power 0 and is 1.",
     lambda backwards: backwards - 1),
    ("started at 1", "The sum starts later, so it has fewer terms.",
     lambda alpha, t: series.backwards(alpha, 1, t)),
    ("powers of i", "The power is t - i: the newest term counts most.",
     lambda alpha, s, t: series.between(1, alpha, s, t)),
    ("first term lost", "The lower limit belongs to the sum.",
     lambda alpha, s, t: series.backwards(alpha, s + 1, t)),
    ("infinite", "This is the sum of infinitely many terms.", lambda alpha: 1 / (1 - alpha)),
)  # fmt: skip
backwards.witness(lambda alpha, s, t: added(lambda i: alpha ** (t - i), s, t))

NATURAL = "positive integer"


@family.part(
    Expression(symbols={"a": "positive", "r": "unit", "n": NATURAL}), marks=2, levels=["medium"]
)
def formula():
    return letters.formula(series.terms)


formula.slips = in_letters(
    ("one term too many", "The first n terms end with the power n - 1.", from_nought),
    ("infinite", "This is the sum of infinitely many terms.",
     lambda a, r: series.infinite(a, r, 0)),
    ("started with the power 1", "The first term is a itself.",
     lambda a, r, n: series.between(a, r, 1, n)),
)  # fmt: skip
formula.witness(lambda point: added(lambda k: point["a"] * point["r"] ** k, 0, point["n"] - 1))


@family.part(
    Expression(symbols={"a": "positive", "r": "unit", "m": NATURAL, "n": NATURAL}),
    marks=2,
    levels=["hard"],
)
def general():
    return letters.formula(series.between)


general.slips = in_letters(
    ("last term lost", "The sum holds the term n, so the upper power is n + 1.", one_short),
    ("started at 0", "The sum starts with the term m.", from_nought),
    ("factor lost", "Every term has the factor a.", factor_lost),
)
general.witness(lambda point: added(lambda k: point["a"] * point["r"] ** k, point["m"], point["n"]))


@family.part(Expression(symbols={"alpha": "unit", "t": NATURAL}), marks=2, levels=["hard"])
def newest_first():
    return letters.formula(series.backwards, s=1)


newest_first.slips = in_letters(
    ("one term too many", "There are t terms; the last has the power t - 1.",
     lambda alpha, t: series.backwards(alpha, 0, t)),
    ("powers of i", "The powers run from t - 1 down to 0.",
     lambda alpha, t: series.between(1, alpha, 1, t)),
)  # fmt: skip
newest_first.witness(
    lambda point: added(lambda i: point["alpha"] ** (point["t"] - i), 1, point["t"])
)


@family.part(Expression(symbols={"r": "unit", "n": NATURAL}), marks=3, levels=["hard"])
def ramp_formula():
    return letters.formula(series.ramp)


def plain(r, n):
    return series.between(1, r, 1, n)


def endless(r):
    return r / (1 - r) ** 2


ramp_formula.slips = in_letters(
    ("plain series", "Every term has its number k as a factor.", plain),
    ("infinite", "This is the sum of infinitely many terms.", endless),
)
ramp_formula.witness(lambda point: added(lambda k: k * point["r"] ** k, 1, point["n"]))


@family.part(Real(digits=3), levels=["hard"])
def ramp(r, n):
    return series.ramp(r, n)


ramp.slips = rows(
    ("plain series", "Every term has its number k as a factor.", plain),
    ("all terms", "The sum ends; this is the sum of infinitely many terms.", endless),
    ("n times the sum", "Only the last term has the last number as its factor.",
     lambda r, n: n * plain(r, n)),
)  # fmt: skip
ramp.witness(lambda r, n: added(lambda k: k * r**k, 1, n))


def added(term, first, last):
    """The terms one by one; an empty range is counted backwards, as an integral is."""
    if last < first - 1:
        return -added(term, last + 1, first - 1)
    return sum(term(k) for k in range(first, last + 1))
