"""The log-sum-exp function and its bounds.

Trap: bounding by the norm instead of the maximum, or forgetting ln n.
Reference: Boyd and Vandenberghe (2004), section 3.1.5.
Source: S1-100, S1-101, S1-107, S1-108.
"""

from math import exp as float_exp
from math import log as float_log

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Choice, Interval, Real, Relation, TrueFalse
from partialcredit.numbers.exact import exp, log
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import Span
from partialcredit.numbers.vectors import each
from partialcredit.problems.log_sum_exp._bounds import above, cases, extremes, smooth
from partialcredit.solvers import log_sum_exp

family = Family(
    version=3,
    conventions=[
        r"$\mathrm{LSE}(x) = \ln \sum_{i=1}^{n} e^{x_i}$ for $x \in \mathbb{R}^n$, with the "
        "natural logarithm"
    ],
)

#: Statements about x: a test with whatever computes LSE, whether they hold of every x whose
#: entries are not all equal (None: it depends), and why.
STATEMENTS = {
    r"$\max_i |x_i| \le \mathrm{LSE}(x)$": (
        lambda x, lse: max(map(abs, x)) <= lse(x),
        None,
        r"compare the two numbers; it can fail only where the entry of largest size is negative",
    ),
    r"$\mathrm{LSE}(x) < \max_i x_i + \ln n$": (
        lambda x, lse: lse(x) < max(x) + lse([0] * len(x)),
        True,
        "the bound is reached only when all entries are equal",
    ),
    r"$\mathrm{LSE}(x) \le \max_i |x_i| + \ln n$": (
        lambda x, lse: lse(x) <= max(map(abs, x)) + lse([0] * len(x)),
        True,
        r"$\max_i x_i \le \max_i |x_i|$, so this upper bound is never below the usual one",
    ),
    r"$\mathrm{LSE}(x) > \min_i x_i + \ln n$": (
        lambda x, lse: lse(x) > min(x) + lse([0] * len(x)),
        True,
        r"all terms are at least $e^{\min_i x_i}$, and one is larger",
    ),
    r"$\mathrm{LSE}(-x) = -\mathrm{LSE}(x)$": (
        lambda x, lse: abs(lse([-v for v in x]) + lse(x)) * 10**6 < 1,
        False,
        r"$\mathrm{LSE}(x) + \mathrm{LSE}(-x) > \max_i x_i - \min_i x_i \ge 0$",
    ),
    r"$\mathrm{LSE}(2x) = 2 \, \mathrm{LSE}(x)$": (
        lambda x, lse: abs(lse([2 * v for v in x]) - 2 * lse(x)) * 10**6 < 1,
        False,
        r"$\sum_i e^{2 x_i} < \left( \sum_i e^{x_i} \right)^2$, whose mixed terms are missing",
    ),
    r"adding 1 to every entry of $x$ adds 1 to $\mathrm{LSE}(x)$": (
        lambda x, lse: abs(lse([v + 1 for v in x]) - lse(x) - 1) * 10**6 < 1,
        True,
        "every term is multiplied by $e$, and so is the sum",
    ),
    r"adding a further entry to $x$ makes $\mathrm{LSE}(x)$ larger, whatever the entry is": (
        lambda x, lse: all(lse([*x, max(x) + v]) > lse(x) for v in (-9, 0, 9)),
        True,
        "the sum gets a further positive term",
    ),
}

#: The statement that the notes have wrong is always judged.
NORM = next(iter(STATEMENTS))

#: When the upper bound might be reached, each with its test.
TIGHT = {
    "exactly when all entries are equal": lambda x: len(set(x)) == 1,
    "exactly when all entries are zero": lambda x: not any(x),
    "exactly when one entry is the largest, all others being smaller": lambda x: (
        sorted(x)[-1] > sorted(x)[-2]
    ),
    "exactly when no entry is negative": lambda x: min(x) >= 0,
    "never": lambda _x: False,
}


STABLE = "`x.max() + np.log(np.exp(x - x.max()).sum())`"

#: Expressions of NumPy that might compute the function where the entries are huge.
CODES = {
    STABLE: lambda x: x.max() + np.log(np.exp(x - x.max()).sum()),
    "`np.log(np.exp(x).sum())`": lambda x: np.log(np.exp(x).sum()),
    "`x.max() * np.log(np.exp(x / x.max()).sum())`": lambda x: (
        x.max() * np.log(np.exp(x / x.max()).sum())
    ),
    "`x.min() + np.log(np.exp(x + x.min()).sum())`": lambda x: (
        x.min() + np.log(np.exp(x + x.min()).sum())
    ),
}


@family.sample
def sample(draw):
    n = draw.by_level(draw.integer(2, 3), draw.integer(3, 5), draw.integer(3, 5))
    x = draw.by_level(draw.integers(n, -30, 30, distinct=True), draw.integers(n, -60, 30), ())
    x = [rational(v, 10) for v in x]
    if draw.level == "hard":
        shift = draw.integer(200, 999) * draw.choice([-1, 1])
        x = [shift + offset for offset in draw.integers(n, -3, 3)]
    statements = draw.shuffle([NORM, *draw.sample([*STATEMENTS][1:], 3)])
    return {"x": x, "statements": draw.by_level((), statements, statements)} | draw.by_level(
        {}, {}, {"tight": draw.shuffle([*TIGHT]), "codes": draw.shuffle([*CODES])}
    )


@family.condition
def _(x):
    """The entries differ, and the smaller ones still show in four digits."""
    return 1.01 < sum(float_exp(v - max(x)) for v in x) < len(x)


def rounding(kind):
    """Four digits, or four places where the entries are huge."""
    return lambda x: kind(places=4) if max(map(abs, x)) > 99 else kind(digits=3)


@family.part(rounding(Real), marks=2)
def value(x):
    return log_sum_exp.value(x)


value.slips = rows(
    ("largest entry", "The other entries contribute, too.", lambda x: max(x)),
    ("absolute values", "The entries keep their signs in the exponents.",
     lambda x: log_sum_exp.value(abs(x))),
    ("sum of the entries", "The logarithm of a sum is not the sum of the logarithms.",
     lambda x: sum(x)),
    ("logarithm to base 10", "The logarithm is the natural one.", lambda value: value / log(10)),
    ("upper bound", "This is what LSE would be if all entries were as large as the largest.",
     lambda x: log_sum_exp.upper_bound(x)),
    ("logarithm left out", "Take the logarithm of the sum.",
     lambda x: sum(map(exp, x)) if max(x) < 20 else None),
    ("mean of the exponentials", "The exponentials are added, not averaged.",
     lambda x, value: value - log(len(x))),
    ("logarithm to base 2", "The logarithm is the natural one.", lambda value: value / log(2)),
)  # fmt: skip
value.witness(lambda x: smooth(x))


@family.part(rounding(Interval))
def interval(x):
    return (Span(log_sum_exp.lower_bound(x), log_sum_exp.upper_bound(x)),)


interval.slips = rows(
    ("norm instead of maximum", "The bounds need max x_i; the norm ignores the signs.",
     lambda x: above(max(abs(x)), log(len(x)))),
    ("logarithm to base 10", "The logarithm is the natural one.",
     lambda x: above(max(x), log(len(x)) / log(10))),
    ("n - 1 entries", "All n entries can be as large as the largest.",
     lambda x: above(max(x), log(len(x) - 1)) if len(x) > 2 else None),
    ("n added", "The logarithm of n is added, not n.", lambda x: above(max(x), len(x))),
    ("from 0", "The largest entry is the lower bound.", lambda x: above(rational(0), log(len(x)))),
    ("smallest entry", "The bounds need max x_i.", lambda x: above(min(x), log(len(x)))),
)  # fmt: skip
interval.witness(lambda x: (Span(*extremes(max(x), len(x))),))


@family.part(
    lambda statements: TrueFalse(statements=len(statements)), marks=2, levels=["medium", "hard"]
)
def judged(x, statements):
    return [
        test(x, log_sum_exp.value) if known is None else known
        for test, known, _reason in (STATEMENTS[s] for s in statements)
    ]


judged.slips = rows(
    ("norm as lower bound", "With negative entries the norm can be above LSE.",
     lambda statements, judged: each(lambda s, v: s == NORM or v, statements, judged)),
    ("all true", "Look for the statements that fail for this x.",
     lambda judged: [True] * len(judged)),
    ("the opposite", "Each statement is judged the wrong way round.",
     lambda judged: [not answer for answer in judged]),
)  # fmt: skip
judged.witness(lambda x, statements: [bool(STATEMENTS[s][0](x, smooth)) for s in statements])


@family.part(
    Relation(symbols={"p": "real", "n": "positive integer", "x": "real"}, functions=("LSE",)),
    marks=2,
    levels=["hard"],
)
def bounds():
    return "p <= LSE(x) <= p + ln(n)"


bounds.slips = rows(
    ("n added", "The logarithm of n is added, not n.", lambda: "p <= LSE(x) <= p + n"),
    ("strict below", "For n = 1 the lower bound is reached, so it is not strict.",
     lambda: "p < LSE(x) <= p + ln(n)"),
    ("upper bound only", "The function is bounded from below, too.", lambda: "LSE(x) <= p + ln(n)"),
)  # fmt: skip
bounds.witness(lambda x: cases("LSE(x)", max(x), (1, 2, len(x))))


@family.part(lambda tight: Choice(tight), levels=["hard"])
def tightness(tight):
    return tight.index(next(iter(TIGHT)))


tightness.slips = rows(
    ("zero only", "Adding a number to all entries moves both sides alike.",
     lambda tight: tight.index("exactly when all entries are zero")),
    ("never", "Look at an x whose entries are all equal.", lambda tight: tight.index("never")),
    ("the signs", "Adding a number to all entries moves both sides alike.",
     lambda tight: tight.index("exactly when no entry is negative")),
    ("the lower bound", "With one dominant entry LSE is close to the lower bound.",
     lambda tight: tight.index("exactly when one entry is the largest, all others being smaller")),
)  # fmt: skip


@tightness.witness
def _(tight):
    """The test that says, of every vector here, whether the bound is reached."""
    vectors = [(1, 1), (0, 0, 0), (2, 0, 0), (3, 1, -2), (-1, -1, 4), (1, 1, 0), (-2, -2, -2)]
    reached = [abs(smooth(v) - max(v) - float_log(len(v))) < 1e-9 for v in vectors]
    return next(i for i, t in enumerate(tight) if [TIGHT[t](v) for v in vectors] == reached)


@family.part(lambda codes: Choice(codes), levels=["hard"])
def code(codes):
    return codes.index(STABLE)


code.slips = rows(
    ("exponentials of the entries", "Exponentials of such numbers overflow, or are all 0.",
     lambda codes: codes.index("`np.log(np.exp(x).sum())`")),
    ("divided by the largest entry", "LSE does not scale: LSE(2x) is not 2 LSE(x).",
     lambda codes: codes.index("`x.max() * np.log(np.exp(x / x.max()).sum())`")),
    ("wrong entry taken out", "The largest entry is subtracted, so that no power is above 1.",
     lambda codes: codes.index("`x.min() + np.log(np.exp(x + x.min()).sum())`")),
)  # fmt: skip


@code.witness
def _(x, codes):
    """The one that gives what the engine does, in single precision."""
    single = np.array(x, dtype=np.float32)
    with np.errstate(all="ignore"):
        found = [float(CODES[code](single)) for code in codes]
    (right,) = (i for i, value in enumerate(found) if abs(value - smooth(x)) < 1e-3)
    return right


@family.working
def _(x, statements):
    total, reasons = sum(log_sum_exp.shifted_terms(x)), [STATEMENTS[s][2] for s in statements]
    return {"total": total, "norm": max(abs(x)), "reasons": reasons}
