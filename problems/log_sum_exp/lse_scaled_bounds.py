"""The smooth maximum: log-sum-exp with a scale.

Trap: leaving the scale out of the exponent or out of the bound.
Reference: Boyd and Vandenberghe (2004), section 3.1.5.
Source: S1-105, S1-106.
"""

from math import exp as float_exp

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Interval, Real, Relation
from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import Span
from partialcredit.problems._in_letters import in_letters
from partialcredit.problems.log_sum_exp._bounds import above, cases, extremes, smooth
from partialcredit.solvers import letters, log_sum_exp

family = Family(
    version=2,
    conventions=[
        r"$S_t(x) = \frac{1}{t} \ln \sum_{i=1}^{n} e^{t x_i}$ for $x \in \mathbb{R}^n$, with the "
        "natural logarithm"
    ],
)


@family.sample
def sample(draw):
    n, t = draw.by_level(3, draw.integer(3, 5), draw.integer(3, 4)), draw.choice([2, 5, 10])
    near = draw.integers(n - 1, 5, 20)
    x = [rational(v, 10) for v in draw.shuffle([draw.choice([-1, 1]) * 21, *near])]
    if draw.level == "easy":
        t = draw.choice([2, 3])
        x = [rational(v, 10) for v in draw.integers(n, -20, 10, distinct=True)]
    return (
        {"x": x, "t": t}
        | draw.by_level({}, *[{"gap": draw.decimal("0.1", "0.05", "0.02", "0.01")}] * 2)
        | draw.by_level({}, {}, {"n": draw.choice([10, 20, 50, 100, 200, 500, 1000])})
    )


@family.condition
def _(x, t):
    """The smaller entries still show in four digits."""
    return sum(float_exp(t * (v - max(x))) for v in x) > 1.05


@family.derive
def gap_above(x, t):
    return log_sum_exp.worst_gap(len(x), t)


@family.part(Real(digits=3), marks=2)
def value(x, t):
    return log_sum_exp.scaled(x, t)


value.slips = rows(
    ("t missing in the exponent", "The scale multiplies the entries in the exponent, too.",
     lambda x, t: log_sum_exp.value(x) / t),
    ("not divided by t", "The logarithm is divided by t at the end.",
     lambda x, t: log_sum_exp.value(t * x)),
    ("absolute values", "The entries keep their signs in the exponents.",
     lambda x, t: log_sum_exp.scaled(abs(x), t)),
    ("upper bound", "This is what it would be if all entries were as large as the largest.",
     lambda x, gap_above: max(x) + gap_above),
    ("the maximum", "The other entries contribute, too.", lambda x: max(x)),
    ("multiplied by t", "The logarithm is divided by t at the end.",
     lambda value, t: t * t * value),
    ("t missing everywhere",
     "The scale multiplies the entries, and the logarithm is divided by it.",
     lambda x: log_sum_exp.value(x)),
    ("logarithm to base 10", "The logarithm is the natural one.", lambda value: value / log(10)),
)  # fmt: skip
value.witness(lambda x, t: smooth(x, t))


@family.part(Interval(digits=3))
def interval(x, gap_above):
    return above(max(x), gap_above)


interval.slips = rows(
    ("t missing on the right", "The logarithm of n is divided by t as well.",
     lambda x: above(max(x), log(len(x)))),
    ("multiplied by t", "Dividing by t brings the gap down to ln(n) / t.",
     lambda x, t: above(max(x), t * log(len(x)))),
    ("norm instead of maximum", "The bounds need max x_i; the norm ignores the signs.",
     lambda x, gap_above: above(max(abs(x)), gap_above)),
    ("n for its logarithm", "The logarithm of n is divided by t, not n.",
     lambda x, t: above(max(x), rational(len(x), t))),
)  # fmt: skip
interval.witness(lambda x, t: (Span(*extremes(max(x), len(x), t)),))


@family.part(Expression(symbols={"n": "positive integer", "t": "positive"}), levels=["hard"])
def gap_formula():
    return letters.formula(log_sum_exp.worst_gap)


gap_formula.slips = in_letters(
    ("t missing", "The gap shrinks as t grows.", lambda n: log(n)),
    ("multiplied by t", "The logarithm is divided by t.", lambda n, t: t * log(n)),
    ("logarithm forgotten", "The sum is at most n times its largest term; take the logarithm.",
     lambda n, t: n / t),
)  # fmt: skip
gap_formula.witness(lambda point: smooth([1.0] * point["n"], point["t"]) - 1)


@family.part(Real(digits=3), levels=["medium"])
def smallest_t(x, gap):
    return log_sum_exp.smallest_scale(len(x), gap)


smallest_t.slips = rows(
    ("inverted", "The gap ln(n) / t has to be at most the tolerance: solve for t.",
     lambda x, gap: gap / log(len(x))),
    ("multiplied", "Divide ln n by the tolerance.", lambda x, gap: gap * log(len(x))),
    ("logarithm forgotten", "The gap is ln(n) / t.", lambda x, gap: len(x) / gap),
    ("logarithm to base 10", "The logarithm is the natural one.",
     lambda smallest_t: smallest_t / log(10)),
    ("logarithm to base 2", "The logarithm is the natural one.",
     lambda smallest_t: smallest_t / log(2)),
)  # fmt: skip
smallest_t.witness(lambda x, gap: scale_for(len(x), gap))


def scale_for(n, gap):
    """The scale at which the worst vector, all entries equal, is measured to be ``gap`` off."""
    t = (smooth([1.0] * n) - 1.0) / gap
    off = smooth([0.0] * n, t)
    return t if abs(off - gap) < 1e-12 else float("nan")


@family.part(Interval(digits=3), marks=2, levels=["hard"])
def scales(n, gap):
    return (Span(log_sum_exp.smallest_scale(n, gap), None),)


scales.slips = rows(
    ("the wrong side", "A larger t makes the gap smaller.",
     lambda n, gap: (Span(0, log_sum_exp.smallest_scale(n, gap), low_closed=False),)),
    ("end left out", "At this t the gap is exactly the tolerance, which is allowed.",
     lambda n, gap: (Span(log_sum_exp.smallest_scale(n, gap), None, low_closed=False),)),
    ("logarithm forgotten", "The gap is ln(n) / t.", lambda n, gap: (Span(n / gap, None),)),
)  # fmt: skip
scales.witness(lambda n, gap: (Span(scale_for(n, gap), None),))


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


bounds.slips = rows(
    ("t missing on the right", "The logarithm of n is divided by t as well.",
     lambda: "p <= S(x) <= p + ln(n)"),
    ("not divided by t", "The logarithm is divided by t: so are both bounds.",
     lambda: "t*p <= S(x) <= t*p + ln(n)"),
)  # fmt: skip
bounds.witness(lambda x, t: cases("S(x)", max(x), (1, 2, len(x)), t))


@family.part(Array(shape=(2,)), levels=["hard"])
def limits(x):
    return (max(x), min(x))


limits.slips = rows(
    ("norm", "The entries keep their signs.", lambda x: (max(abs(x)), -max(abs(x)))),
    ("swapped", "For large t the largest entry dominates.", lambda x: (min(x), max(x))),
    ("the same limit", "For negative t the smallest entry dominates.", lambda x: (max(x), max(x))),
)  # fmt: skip
limits.witness(lambda x: (smooth(x, 1e12), smooth(x, -1e12)))


@family.working
def _(x, t):
    return {"total": sum(log_sum_exp.shifted_terms(t * x))}
