"""The smooth maximum: log-sum-exp with a scale.

Trap: leaving the scale out of the exponent or out of the bound.
Reference: Boyd and Vandenberghe (2004), section 3.1.5.
Source: S1-105, S1-106.
"""

from fractions import Fraction
from math import exp as float_exp

import numpy as np

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.grading import Array, Expression, Interval, Real, Relation
from partialcredit.numbers.exact import log
from partialcredit.numbers.values import Span
from partialcredit.solvers import letters, log_sum_exp

family = Family(
    conventions=[
        r"$S_t(x) = \frac{1}{t} \ln \sum_{i=1}^{n} e^{t x_i}$ for $x \in \mathbb{R}^n$, with the "
        "natural logarithm"
    ]
)


@family.sample
def sample(draw):
    n, t = draw.by_level(3, draw.integer(3, 5), draw.integer(3, 4)), draw.choice([2, 5, 10])
    near = draw.integers(n - 1, 5, 20)
    x = [Fraction(v, 10) for v in draw.shuffle([draw.choice([-1, 1]) * 21, *near])]
    if draw.level == "easy":
        t = draw.choice([2, 3])
        x = [Fraction(v, 10) for v in draw.integers(n, -20, 10, distinct=True)]
    return (
        {"x": x, "t": t}
        | draw.by_level({}, *[{"gap": draw.decimal("0.1", "0.05", "0.02", "0.01")}] * 2)
        | draw.by_level({}, {}, {"n": draw.choice([10, 20, 50, 100, 200, 500, 1000])})
    )


@family.condition
def _(x, t):
    """The smaller entries still show in four digits."""
    return sum(float_exp(t * (v - max(x))) for v in x) > 1.05


def smooth(x, t):
    """The engine's log-sum-exp of scaled numbers, scaled back."""
    scaled = engine.Tensor(np.array(x, dtype=np.float64) * float(t))
    return float(scaled.logsumexp().data) / float(t)


@family.part(Real(digits=4), marks=2)
def value(x, t):
    return log_sum_exp.scaled(x, t)


@value.mistake(
    "t missing in the exponent", "The scale multiplies the entries in the exponent, too."
)
def _(x, t):
    return log_sum_exp.value(x) / t


@value.mistake("not divided by t", "The logarithm is divided by t at the end.")
def _(x, t):
    return log_sum_exp.value([t * v for v in x])


@value.mistake("absolute values", "The entries keep their signs in the exponents.")
def _(x, t):
    return log_sum_exp.scaled([abs(v) for v in x], t)


@value.mistake(
    "upper bound", "This is what it would be if all entries were as large as the largest."
)
def _(x, t):
    return max(x) + log_sum_exp.worst_gap(len(x), t)


@value.mistake("the maximum", "The other entries contribute, too.")
def _(x):
    return max(x)


@value.witness
def _(x, t):
    return smooth(x, t)


@family.part(Interval(digits=4))
def interval(x, t):
    return (Span(max(x), max(x) + log_sum_exp.worst_gap(len(x), t)),)


@interval.mistake("t missing on the right", "The logarithm of n is divided by t as well.")
def _(x):
    return (Span(max(x), max(x) + log(len(x))),)


@interval.mistake("multiplied by t", "Dividing by t brings the gap down to ln(n) / t.")
def _(x, t):
    return (Span(max(x), max(x) + t * log(len(x))),)


@interval.mistake("norm instead of maximum", "The bounds need max x_i; the norm ignores the signs.")
def _(x, t):
    norm = max(map(abs, x))
    return (Span(norm, norm + log_sum_exp.worst_gap(len(x), t)),)


@interval.witness
def _(x, t):
    """The other entries as small and as large as they can be."""
    top, n = max(x), len(x)
    return (Span(smooth([top] + [-1e9] * (n - 1), t), smooth([top] * n, t)),)


@family.part(Expression(symbols={"n": "positive integer", "t": "positive"}), levels=["hard"])
def gap_formula():
    return letters.formula(log_sum_exp.worst_gap)


@gap_formula.mistake("t missing", "The gap shrinks as t grows.")
def _():
    return letters.formula(without_t)


@gap_formula.mistake("multiplied by t", "The logarithm is divided by t.")
def _():
    return letters.formula(times_t)


@gap_formula.mistake(
    "logarithm forgotten", "The sum is at most n times its largest term; take the logarithm."
)
def _():
    return letters.formula(no_logarithm)


def without_t(n):
    return log(n)


def times_t(n, t):
    return t * log(n)


def no_logarithm(n, t):
    return n / t


@gap_formula.witness
def _(point):
    return smooth([1.0] * point["n"], point["t"]) - 1


@family.part(Real(digits=4), levels=["medium"])
def smallest_t(x, gap):
    return log_sum_exp.smallest_scale(len(x), gap)


@smallest_t.mistake("inverted", "The gap ln(n) / t has to be at most the tolerance: solve for t.")
def _(x, gap):
    return gap / log(len(x))


@smallest_t.mistake("multiplied", "Divide ln n by the tolerance.")
def _(x, gap):
    return gap * log(len(x))


@smallest_t.mistake("logarithm forgotten", "The gap is ln(n) / t.")
def _(x, gap):
    return len(x) / gap


@smallest_t.witness
def _(x, gap):
    return scale_for(len(x), float(gap))


def scale_for(n, gap):
    """The scale at which the worst vector, all entries equal, is measured to be ``gap`` off."""
    t = (smooth([1.0] * n, 1.0) - 1.0) / gap
    off = smooth([0.0] * n, t)
    return t if abs(off - gap) < 1e-12 else float("nan")


@family.part(Interval(digits=4), marks=2, levels=["hard"])
def scales(n, gap):
    return (Span(log_sum_exp.smallest_scale(n, gap), None),)


@scales.mistake("the wrong side", "A larger t makes the gap smaller.")
def _(n, gap):
    return (Span(0, log_sum_exp.smallest_scale(n, gap), low_closed=False),)


@scales.mistake("end left out", "At this t the gap is exactly the tolerance, which is allowed.")
def _(n, gap):
    return (Span(log_sum_exp.smallest_scale(n, gap), None, low_closed=False),)


@scales.mistake("logarithm forgotten", "The gap is ln(n) / t.")
def _(n, gap):
    return (Span(n / gap, None),)


@scales.witness
def _(n, gap):
    return (Span(scale_for(n, float(gap)), None),)


@family.part(
    Relation(
        symbols={"p": "real", "n": "positive integer", "t": "positive", "x": "real"},
        functions=("S",),
    ),
    marks=2,
    levels=["hard"],
)
def bounds():
    return "p <= S(x) <= p + ln(n)/t"


@bounds.mistake("t missing on the right", "The logarithm of n is divided by t as well.")
def _():
    return "p <= S(x) <= p + ln(n)"


@bounds.mistake("not divided by t", "The logarithm is divided by t: so are both bounds.")
def _():
    return "t*p <= S(x) <= t*p + ln(n)"


@bounds.witness
def _(x, t):
    """The extreme vectors are reached, and nothing beyond them is."""
    top, found = float(max(x)), []
    for n in (1, 2, len(x)):
        low, high = smooth([top] + [-1e9] * (n - 1), t), smooth([top] * n, t)
        place = {"p": top, "n": n, "t": t}
        found += [({**place, "S(x)": v}, True) for v in (low, high, (low + high) / 2)]
        found += [({**place, "S(x)": v}, False) for v in (low - 1e-3, high + 1e-3)]
    return found


@family.part(Array(shape=(2,)), levels=["hard"])
def limits(x):
    return (max(x), min(x))


@limits.mistake("norm", "The entries keep their signs.")
def _(x):
    return (max(map(abs, x)), -max(map(abs, x)))


@limits.mistake("swapped", "For large t the largest entry dominates.")
def _(x):
    return (min(x), max(x))


@limits.mistake("the same limit", "For negative t the smallest entry dominates.")
def _(x):
    return (max(x), max(x))


@limits.witness
def _(x):
    return (smooth(x, 1e12), smooth(x, -1e12))


@family.working
def _(x, t):
    terms = log_sum_exp.shifted_terms([t * v for v in x])
    return {"total": sum(terms)}
