"""Gradient and Hessian of the log-sum-exp function.

Trap: the gradient of the maximum, exponentials not divided, the Hessian without its products.
Reference: Boyd and Vandenberghe (2004), section 3.1.5.
Source: S1-100, S0-33.
"""

from types import SimpleNamespace

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real, TrueFalse
from partialcredit.numbers.exact import exp, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import letters, log_sum_exp, softmax
from partialcredit.solvers.matrices import diagonal

family = Family(
    version=3,
    conventions=[
        r"$\mathrm{LSE}(x) = \ln \sum_i e^{x_i}$, with the natural logarithm",
        "{% if level == 'hard' %}gradient and Hessian are taken with respect to $x${% endif %}",
    ],
)


def same(a, b):
    return float(np.abs(np.subtract(a, b)).max()) < 1e-9


#: Statements about the gradient at an x with different entries: a test, the verdict and why.
STATEMENTS = {
    "The entries of the gradient add up to 1.": (
        lambda x, g: abs(sum(g(x)) - 1) < 1e-9,
        True,
        "it is a softmax",
    ),
    "All entries of the gradient are positive.": (
        lambda x, g: min(g(x)) > 0,
        True,
        "exponentials are positive",
    ),
    "The gradient is 1 at the largest entry of $x$ and 0 at all others.": (
        lambda x, g: same(g(x), np.equal(x, max(x))),
        False,
        "that is the gradient of the maximum",
    ),
    "Adding the same number to all entries of $x$ leaves the gradient as it is.": (
        lambda x, g: same(g(np.add(x, 1)), g(x)),
        True,
        "the common factor cancels",
    ),
    "Doubling all entries of $x$ leaves the gradient as it is.": (
        lambda x, g: same(g(np.multiply(x, 2)), g(x)),
        False,
        "the ratios of the exponentials are squared",
    ),
    "All entries of the gradient are equal.": (
        lambda x, g: max(g(x)) - min(g(x)) < 1e-9,
        False,
        "different entries of $x$ have different exponentials",
    ),
    "The largest entry of $x$ has the largest derivative.": (
        lambda x, g: np.argmax(x) == np.argmax(g(x)),
        True,
        "exponentials grow with their exponents",
    ),
    "When an entry of $x$ grows alone, its own derivative becomes smaller.": (
        lambda x, g: g([x[0] + 1, *x[1:]])[0] < g(x)[0],
        False,
        "its share of the sum grows",
    ),
}


@family.sample
def sample(draw):
    n = draw.by_level(2, 3, 3)
    x = [rational(v, 10) for v in draw.integers(n, -25, 25, distinct=True)]
    drawn = {"x": x, "d": [draw.nonzero(-4, 4) for _ in x]}
    drawn |= draw.by_level({"h": draw.decimal("0.01", "0.02", "0.03", "0.04", "0.05")}, {}, {})
    drawn |= {"t": draw.by_level(1, 1, draw.integer(2, 4))}
    return drawn | ({} if n == 2 else {"statements": draw.sample([*STATEMENTS], 3)})


@family.condition
def _(d):
    return len(set(d)) > 1


def entries(x):
    return Array(shape=(len(x),), digits=3)


@family.run
def run(x):
    return differentiated(x)


@family.part(entries, marks=2)
def gradient(x):
    return softmax.probabilities(x)


gradient.slips = rows(
    ("gradient of the maximum", "Every entry contributes, not the largest alone.",
     lambda x: [int(v == max(x)) for v in x]),
    ("equal shares", "The derivatives depend on the entries.",
     lambda x: [rational(1, len(x))] * len(x)),
    ("exponentials not divided", "The inner derivative stands over the sum.", lambda x: exp(x)),
    ("one over the sum", "The inner derivative is the exponential of the entry.",
     lambda x: [exp(-log_sum_exp.value(x))] * len(x)),
)  # fmt: skip
gradient.witness(lambda run: run.gradient)


@family.part(Real(digits=3), levels=["easy", "medium"])
def directional(gradient, d):
    return dot(gradient, d)


directional.slips = rows(
    ("divided by the length", "The direction is taken as it is.",
     lambda directional, d: directional * rational(1, max(abs(d))) if max(abs(d)) > 1 else None),
    ("sum of the direction", "Each entry counts with its derivative.", lambda d: sum(d)),
    ("function at the direction", "Multiply the gradient by the direction.",
     lambda d: log_sum_exp.value(d)),
    ("unit vector", "The direction is not divided by its length.",
     lambda directional, d: directional / sqrt(dot(d, d))),
    ("largest entry's component", "Every component counts with its share.",
     lambda x, d: d[x.index(max(x))]),
)  # fmt: skip


@directional.witness
def _(x, d):
    """The derivative at 0 of the function along a line."""
    s = engine.Tensor(0.0, requires_grad=True)
    (s * np.array(d, dtype=float) + np.array(x, dtype=float)).logsumexp(0).backward()
    return s.grad


@family.part(Real(digits=4), levels=["easy"])
def estimate(x, gradient, h):
    return log_sum_exp.value(x) + gradient[0] * h


estimate.slips = rows(
    ("value left out", "The increment is added to the value.", lambda gradient, h: gradient[0] * h),
    ("whole step", "The step is multiplied by the derivative.",
     lambda x, h: log_sum_exp.value(x) + h),
    ("other entry", "The first entry is the one that grows.",
     lambda x, gradient, h: log_sum_exp.value(x) + gradient[1] * h),
)  # fmt: skip
estimate.witness(lambda run, h: run.value + h * run.gradient[0])


@family.part(TrueFalse(statements=3), levels=["medium", "hard"])
def judged(statements):
    return [STATEMENTS[s][1] for s in statements]


judged.slips = rows(
    ("the opposite", "Each statement is judged the wrong way round.",
     lambda judged: [not v for v in judged]),
    ("all true", "Look for a counterexample.", lambda judged: [True] * len(judged)),
)  # fmt: skip


@judged.witness
def _(x, statements):
    point = np.array(x, dtype=float)
    return [bool(STATEMENTS[s][0](point, lambda v: differentiated(v).gradient)) for s in statements]


@family.run
def twice(x):
    """The engine's Hessian: every entry of the recorded gradient, differentiated again."""
    point = engine.Tensor(np.array(x, dtype=float), requires_grad=True)
    (first,) = engine.grad(point.exp().sum().log(), [point], create_graph=True)
    return np.array([engine.grad(first[i], [point])[0] for i in range(len(x))])


@family.part(Array(shape=(3, 3), digits=3), marks=3, levels=["hard"])
def hessian(gradient):
    return softmax.jacobian(gradient)


hessian.slips = rows(
    ("diagonal only", "Each share depends on all entries through the sum.",
     lambda hessian: diagonal(hessian[i][i] for i in range(3))),
    ("products left out", "The quotient rule leaves minus the product of the shares.",
     lambda gradient: diagonal(gradient)),
    ("wrong sign", "The function is convex: the diagonal is positive.", lambda hessian: -hessian),
)  # fmt: skip
hessian.witness(lambda twice: twice)


@family.part(Real(digits=4), levels=["hard"])
def curvature(hessian, d):
    return dot([dot(row, d) for row in hessian], d)


curvature.slips = rows(
    ("first derivative", "Multiply by the second derivatives, from both sides.",
     lambda gradient, d: dot(gradient, d)),
    ("diagonal only", "The mixed derivatives count, too.",
     lambda hessian, d: sum(hessian[i][i] * v * v for i, v in enumerate(d))),
)  # fmt: skip
curvature.witness(lambda d, twice: np.array(d) @ twice @ np.array(d))


@family.part(entries, levels=["hard"])
def scaled_gradient(x, t):
    return softmax.tempered(x, rational(1, t))


scaled_gradient.slips = rows(
    ("factor t", "The factor t of the inner derivative cancels with 1/t.",
     lambda scaled_gradient, t: t * scaled_gradient),
    ("scale ignored", "The exponents are multiplied by t.", lambda gradient: gradient),
    ("divided by t", "The exponents are multiplied by t.",
     lambda x, t: softmax.tempered(x, rational(t))),
)  # fmt: skip
scaled_gradient.witness(lambda x, t: differentiated(x, t).gradient)


@family.part(Expression(symbols={"u": "real", "v": "real"}), levels=["hard"])
def formula():
    return letters.formula(lambda u, v: softmax.two_classes(u - v, 1))


formula.slips = in_letters(
    ("exponential not divided", "The inner derivative stands over the sum.", lambda u: exp(u)),
    ("one over the sum", "The inner derivative is the exponential of the entry.",
     lambda u, v: 1 / (exp(u) + exp(v))),
    ("other entry", "The derivative with respect to u is asked for.",
     lambda u, v: softmax.two_classes(v - u, 1)),
)  # fmt: skip
formula.witness(lambda point: differentiated((point["u"], point["v"])).gradient[0])


def differentiated(x, scale=1.0):
    """The engine's (scaled) log-sum-exp and its gradient by automatic differentiation."""
    point = engine.Tensor(np.array(x, dtype=float), requires_grad=True)
    value = (point * scale).logsumexp(0) / scale
    value.backward()
    return SimpleNamespace(value=float(value.data), gradient=point.grad)


@family.working
def _(x, t):
    return {
        "terms": exp(x),
        "total": sum(exp(x)),
        "value": log_sum_exp.value(x),
        "powers": exp(t * (x - max(x))),
        "reason": {s: reason for s, (_test, _verdict, reason) in STATEMENTS.items()},
    }
