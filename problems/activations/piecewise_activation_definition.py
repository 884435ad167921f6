"""Activation functions in pieces: what they are, and when a maximum says the same.

Trap: ELU as a maximum, the slope of the parametric ReLU taken for fixed, the wrong side.
Reference: He et al. (2015), section 2.1; Clevert et al. (2016), equation 15; Goodfellow et al.
(2013), section 3.
Source: S0-48, S0-49, S1-48, S1-49, S1-39.
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Interval, Real, TrueFalse
from partialcredit.numbers.exact import exp
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import Span
from partialcredit.numbers.vectors import each
from partialcredit.problems.activations._learned_slope import questions
from partialcredit.problems.activations._piecewise_plots import elu_and_maximum, maxout
from partialcredit.problems.activations._piecewise_statements import (
    AS_MAXIMUM,
    LEARNED,
    STATEMENTS,
    tested,
)
from partialcredit.solvers import activations, piecewise

family = Family(
    version=3,
    conventions=[
        "{% if level != 'hard' %}ELU is $x$ for $x > 0$ and $\\alpha (e^x - 1)$ for $x \\le 0$"
        "{% endif %}",
        "{% if level == 'hard' %}the parametric ReLU is $f(x) = x$ for $x > 0$ and $a x$ for "
        "$x \\le 0$, and the loss is $L = \\frac{1}{2} \\sum_i (f(x_i) - t_i)^2${% endif %}",
    ],
)


@family.sample
def sample(draw):
    sizes = draw.integers(3, 2, 20, distinct=True)
    signed = draw.shuffle([rational(n * s, 10) for n, s in zip(sizes, (-1, -1, 1), strict=True)])
    statements = {"statements": draw.sample([*STATEMENTS], 3)}
    x = rational(draw.choice([n for n in range(-25, 26) if abs(n) > 2]), 10)
    if draw.level == "easy":
        alpha = draw.decimal("0.8", "0.9", "1.1", "1.2", "1.5", "1.6", "2")
        return statements | {"v": signed, "alpha": alpha, "x": x}
    p, q = (rational(n, 4) for n in draw.sample([n for n in range(1, 13) if n != 4], 2))
    if draw.level == "medium":
        return statements | {"v": signed, "p": p, "q": q * draw.choice([-1, 1]), "x": x}
    w = [rational(n, 2) for n in draw.sample([n for n in range(-8, 9) if abs(n) not in (0, 2)], 2)]
    return statements | {
        "v": signed,
        "t": [rational(draw.nonzero(-20, 20), 10) for _ in signed],
        "a": draw.decimal("0.1", "0.2", "0.25", "0.3", "0.4"),
        "eta": draw.decimal("0.01", "0.05", "0.1", "0.2"),
        "w": w,
        "b": [rational(n, 2) for n in draw.sample([n for n in range(-8, 9) if n], 2)],
        "x": x,
    }


EASY, MEDIUM, HARD = ["easy"], ["medium"], ["hard"]

THREE = Array(shape=(3,), digits=3)


def tensor(values):
    return engine.Tensor(np.array(values, dtype=float))


def threshold(holds, low, high):
    """Where a property that holds at ``low`` and not at ``high`` stops to hold."""
    while high - low > 1e-12 * max(1.0, abs(high)):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


@family.part(THREE, levels=EASY)
def elu(v, alpha):
    return each(activations.elu, v, alpha)


elu.slips = rows(
    ("maximum", "ELU is given by the sign of x, not by a maximum.",
     lambda v, alpha: each(piecewise.elu_max_form, v, alpha)),
    ("wrong side", "The exponential belongs to the negative side.",
     lambda v, alpha: each(lambda t: t if t < 0 else alpha * (exp(t) - 1), v)),
    ("exponential on both sides", "Positive entries stay as they are.",
     lambda v, alpha: alpha * (exp(v) - 1)),
    ("1 not subtracted", "Subtract 1, so that the branches meet at 0.",
     lambda v, alpha: each(lambda t: t if t > 0 else alpha * exp(t), v)),
    ("lost the sign", "For x below 0 the exponential is below 1, and ELU is negative.",
     lambda elu: abs(elu)),
    ("alpha left out", "The negative side has the factor alpha.",
     lambda v: each(activations.elu, v, 1)),
)  # fmt: skip
elu.witness(lambda v, alpha: functional.elu(tensor(v), alpha))


@family.part(THREE, levels=EASY)
def max_form(v, alpha):
    return each(piecewise.elu_max_form, v, alpha)


max_form.slips = rows(
    ("ELU", "Take the larger of the two numbers, whatever the sign of the entry.", lambda elu: elu),
    ("minimum", "Take the larger of the two numbers.",
     lambda v, alpha: each(min, alpha * (exp(v) - 1), v)),
)  # fmt: skip


@max_form.witness
def _(v, alpha):
    pieces = np.column_stack([alpha * np.expm1(v), v])
    return functional.maxout(engine.Tensor(pieces)).data[:, 0]


@family.part(THREE, levels=MEDIUM)
def branches(v, p, q):
    return each(piecewise.two_slopes, v, p, q)


branches.slips = rows(
    ("branches exchanged", "The slope q belongs to the negative side.",
     lambda v, p, q: each(piecewise.two_slopes, v, q, p)),
    ("one slope for all", "Negative entries have the slope q.", lambda v, p: p * v),
    ("cut off at 0", "Negative entries have the slope q, not 0.", lambda v, p: p * each(max, v, 0)),
)  # fmt: skip
branches.witness(lambda v, p, q: functional.prelu(tensor(v), tensor([q / p])).data * p)


@family.part(Interval(digits=3), levels=MEDIUM, marks=2)
def valid(p):
    return (Span(None, p),)


valid.slips = rows(
    ("other direction", "On the positive side q x must not be the larger one.",
     lambda p: (Span(p, None),)),
    ("slopes below 1", "The other slope decides, which is not 1 here.", lambda: (Span(None, 1),)),
    ("positive slopes only", "A negative slope makes q x positive for x < 0: larger.",
     lambda p: (Span(0, p),)),
    ("slopes above 0 only", "A negative slope makes q x positive for x < 0: larger.",
     lambda p: (Span(0, p, False, True),)),
)  # fmt: skip


@valid.witness
def _(p):
    def equal(q):
        return all(max(p * x, q * x) == (p * x if x > 0 else q * x) for x in (-2.0, -1.0, 1.0, 3.0))

    low = None if equal(-1e9) and equal(-1.0) and equal(0.0) else 0.0
    return (Span(low, threshold(equal, 0.0, 64.0)),)


@family.part(Real(digits=3), levels=[*EASY, *MEDIUM])
def largest_alpha(x):
    return piecewise.largest_alpha(x)


largest_alpha.slips = rows(
    ("upside down", "Solve alpha (e^x - 1) = x for alpha.",
     lambda largest_alpha: 1 / largest_alpha),
    ("1 not subtracted", "The exponential is lowered by 1.", lambda x: x / exp(x)),
    ("one", "The bound depends on x; it is 1 only near 0.", lambda: 1),
)  # fmt: skip


@largest_alpha.witness
def _(x):
    """Above it, the maximum is no longer the branch that ELU takes."""
    piece = np.expm1(x)
    branch = (lambda _alpha: x) if x > 0 else (lambda alpha: alpha * piece)
    return threshold(lambda alpha: max(alpha * piece, x) == branch(alpha), 0.0, 64.0)


family.include(questions)


@family.part(Real(digits=3), levels=HARD)
def kink(w, b):
    return piecewise.crossing(w, b)


kink.slips = rows(
    ("wrong sign", "Set both pieces equal and solve for x.", lambda kink: -kink),
    ("upside down", "Divide by the difference of the weights.",
     lambda kink: 1 / kink if kink else None),
    ("zero of the first piece", "The pieces meet where they are equal.", lambda w, b: -b[0] / w[0]),
)  # fmt: skip
kink.witness(lambda w, b: np.roots([w[0] - w[1], b[0] - b[1]])[0].real)


@family.part(Real(digits=3), levels=HARD, after="kink")
def largest(x, w, b):
    return piecewise.maxout(x, w, b)


largest.slips = rows(
    ("smaller piece", "Maxout takes the larger one.", lambda x, w, b: min(w * x + b)),
    ("sum", "Maxout takes the larger one, not the sum.", lambda x, w, b: sum(w * x + b)),
    ("cut off at 0", "Maxout has no ReLU.", lambda largest: max(largest, 0)),
)  # fmt: skip
largest.witness(lambda x, w, b: functional.maxout(tensor([x * w + b])).data[0, 0])


@family.part(TrueFalse(statements=3))
def judged(statements):
    return tuple(STATEMENTS[s][1] for s in statements)


judged.slips = rows(
    ("the opposite", "Each statement is judged the wrong way round.",
     lambda judged: tuple(not v for v in judged)),
    ("ELU as a maximum", "For x above 0 the number e^x - 1 is larger than x.",
     lambda statements: tuple(s == AS_MAXIMUM or STATEMENTS[s][1] for s in statements)),
    ("slope of PReLU not learned", "This slope is a parameter, and has a gradient.",
     lambda statements: tuple(s != LEARNED and STATEMENTS[s][1] for s in statements)),
    ("all true", "Look for a counterexample.", lambda judged: (True,) * len(judged)),
)  # fmt: skip
judged.witness(lambda statements: tuple(map(tested, statements)))


@family.working
def _(x, v):
    first = next(i for i, u in enumerate(v, start=1) if u < 0)
    reasons = {s: entry[2] for s, entry in STATEMENTS.items()}
    return {"power": exp(x), "powers": exp(v), "first": first, "reason": reasons}


@family.figure
def _(level, alpha, w, b, x, kink, largest):
    if level == "hard":
        return maxout(w, b, x, kink, largest)
    return elu_and_maximum(alpha) if level == "easy" else ()
