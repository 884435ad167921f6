"""First-order approximation and the decrease of a descent step.

Trap: leaving out f(x), stepping along the gradient, expecting an error of first order.
Reference: Nocedal and Wright (2006), "Numerical optimization", section 2.2.
Source: S0-18, S0-34, S0-35, S1-89.
"""

from math import prod

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.notation import factor
from partialcredit.numbers.rationals import rational
from partialcredit.problems.linear_algebra._polynomials import polynomial
from partialcredit.problems.linear_algebra._scalars import bare
from partialcredit.solvers import linearization

family = Family(conventions=[r"$d$ is a step from $x$ to $x + d$"])

PLANE = [(2, 1), (1, 2), (1, 1), (2, 0), (0, 2), (3, 0), (0, 3), (1, 0), (0, 1)]


@family.sample
def sample(draw):
    if draw.level == "easy":
        powers, size = [(3,), (2,), (1,)][draw.integer(0, 1) :], 1
    else:
        powers, size = [draw.choice(PLANE[:2]), *draw.sample(PLANE[2:], 2)], 2
    parameters = {
        "terms": [(draw.choice([-3, -2, -1, 1, 2, 3, 4]), n) for n in powers],
        "x": [draw.nonzero(-3, 4) for _ in range(size)],
    }
    if draw.level == "hard":
        epsilon = draw.decimal("0.001", "0.002", "0.005", "0.01", "0.02")
        return parameters | {"epsilon": epsilon, "k": draw.integer(3, 12)}
    steps = ("0.1", "0.2", "0.3", "0.05", "-0.1", "-0.2", "-0.3", "-0.05", "0.01", "-0.01")
    return parameters | {"d": [draw.decimal(*steps) for _ in range(size)]}


@family.condition
def _(terms, x):
    g = linearization.gradient(terms, x)
    return all(g) and linearization.value(terms, x) != 0 and sum(g) != 0


@family.condition
def _(terms, gradient, x):
    """The function bends in the direction of its gradient, so the error is not of third order."""
    return bent(terms, x, vector(gradient)) != 0


def vector(gradient):
    return gradient if isinstance(gradient, tuple) else (gradient,)


def shifted(x, d):
    return tuple(a + b for a, b in zip(x, d, strict=True))


def bent(terms, x, d):
    ahead, behind = (linearization.value(terms, shifted(x, [s * v for v in d])) for s in (1, -1))
    return ahead + behind - 2 * linearization.value(terms, x)


@family.part(lambda x: Array(shape=(2,)) if len(x) > 1 else Integer())
def gradient(terms, x):
    return bare(linearization.gradient(terms, x))


def exponent_not_lowered(terms, x):
    raised = ([(c * n[j], n) for c, n in terms] for j in range(len(x)))
    return bare(tuple(linearization.value(part, x) for part in raised))


def factor_of_the_exponent_lost(terms, x):
    reduced = [[(rational(c, n[j]), n) for c, n in terms if n[j]] for j in range(len(x))]
    return bare(tuple(linearization.gradient(part, x)[j] for j, part in enumerate(reduced)))


gradient.slips = rows(
    ("exponent not lowered", "x^n has the derivative n x^(n - 1).", exponent_not_lowered),
    ("factor of the exponent lost", "x^n has the derivative n x^(n - 1).",
     factor_of_the_exponent_lost),
    ("components exchanged", "The first component is the derivative with respect to x_1.",
     lambda gradient: gradient[::-1] if isinstance(gradient, tuple) else None),
)  # fmt: skip


@gradient.witness
def _(terms, x):
    found = [slope(terms, x, e) for e in np.eye(len(x))]
    return np.array(found) if len(x) > 1 else round(found[0], 6)


@family.part(Real(digits=4), levels=["easy", "medium"])
def change(gradient, d):
    return linearization.linear_change(vector(gradient), d)


change.slips = rows(
    ("f(x) added", "This is the new value; the change leaves f(x) out.",
     lambda terms, x, change: linearization.value(terms, x) + change),
    ("actual change", "This is the exact change; the approximation is linear in d.",
     lambda terms, x, d: linearization.value(terms, shifted(x, d)) - linearization.value(terms, x)),
    ("wrong sign", "Add g_i d_i over the components, with their signs.", lambda change: -change),
)  # fmt: skip

change.witness(lambda terms, x, d: slope(terms, x, d))


@family.part(Real(digits=4), levels=["easy", "medium"])
def approximation(terms, x, change):
    return linearization.value(terms, x) + change


approximation.slips = rows(
    ("f(x) left out", "The change comes on top of f(x).", lambda change: change),
    ("change subtracted", "Add the predicted change to f(x).",
     lambda terms, x, change: linearization.value(terms, x) - change),
    ("exact value", "This is f(x + d) itself.",
     lambda terms, x, d: linearization.value(terms, shifted(x, d))),
)  # fmt: skip

approximation.witness(lambda terms, x, d: f(terms, np.array(x, dtype=float)) + slope(terms, x, d))


@family.part(Real(digits=4), levels=["medium"])
def error(terms, x, d, approximation):
    return linearization.value(terms, shifted(x, d)) - approximation


error.slips = rows(
    ("wrong sign", "Subtract the approximation from the exact value.", lambda error: -error),
    ("actual change", "This is f(x + d) - f(x).",
     lambda terms, x, d: linearization.value(terms, shifted(x, d)) - linearization.value(terms, x)),
)  # fmt: skip


@error.witness
def _(terms, x, d):
    start = np.array(x, dtype=float)
    return f(terms, start + np.array(d, dtype=float)) - f(terms, start) - slope(terms, x, d)


@family.part(Array(shape=(2,), digits=4), levels=["hard"])
def step(gradient, epsilon):
    return linearization.descent_step(gradient, epsilon)


step.slips = rows(
    ("ascent", "Descent steps against the gradient.", lambda step: tuple(-v for v in step)),
    ("unit length", "Multiply the gradient itself; it is not normalised.",
     lambda step, gradient: tuple(v / sqrt(sum(g * g for g in gradient)) for v in step)),
)  # fmt: skip

step.witness(lambda terms, x, epsilon: descended(terms, x, epsilon))


@family.part(Real(digits=4), levels=["hard"])
def predicted(gradient, epsilon):
    return linearization.predicted_decrease(gradient, epsilon)


predicted.slips = rows(
    ("wrong sign", "The function falls along a descent step.", lambda predicted: -predicted),
    ("norm not squared", "The step is -epsilon g, so g . d is -epsilon g . g.",
     lambda gradient, epsilon: -epsilon * sqrt(sum(g * g for g in gradient))),
    ("new value", "This is the predicted value; the change leaves f(x) out.",
     lambda terms, x, predicted: linearization.value(terms, x) + predicted),
)  # fmt: skip

predicted.witness(lambda terms, x, epsilon: slope(terms, x, descended(terms, x, epsilon)))


@family.part(Real(digits=4), levels=["hard"])
def actual(terms, x, step):
    return linearization.value(terms, shifted(x, step)) - linearization.value(terms, x)


actual.slips = rows(
    ("predicted change", "Evaluate f at the new point.", lambda predicted: predicted),
    ("wrong sign", "Subtract the old value from the new one.", lambda actual: -actual),
    ("new value", "Subtract f(x).",
     lambda terms, x, step: linearization.value(terms, shifted(x, step))),
)  # fmt: skip


@actual.witness
def _(terms, x, epsilon):
    start = np.array(x, dtype=float)
    return f(terms, start + descended(terms, x, epsilon)) - f(terms, start)


@family.part(Array(shape=(2,), digits=4), levels=["hard"])
def contour(gradient):
    u = linearization.along_contour(gradient)
    return u if u[0] > 0 else tuple(-v for v in u)


def along_the_gradient(gradient):
    length = sqrt(sum(g * g for g in gradient))
    u = tuple(g / length for g in gradient)
    return u if u[0] > 0 else tuple(-v for v in u)


contour.slips = rows(
    ("along the gradient", "Along the gradient f changes fastest.", along_the_gradient),
    ("components exchanged", "Exchange the components and change one sign.",
     lambda contour: (contour[0], -contour[1])),
)  # fmt: skip


@contour.witness
def _(terms, x):
    """The direction in which the slope vanishes."""
    u = np.linalg.svd([[slope(terms, x, e) for e in np.eye(2)]])[2][1]
    return u if u[0] > 0 else -u


@family.part(Integer(), levels=["hard"])
def ratio(k):
    return linearization.error_ratio(k)


ratio.slips = rows(
    ("first order", "The linear term is exact; the first error is quadratic.", lambda k: k),
    ("third order", "The first term left out is the quadratic one.", lambda k: k**3),
    ("doubled", "The difference goes with the square of the step: divide by k twice.",
     lambda k: 2 * k),
)  # fmt: skip


@ratio.witness
def _(terms, x, k):
    """Errors of opposite steps, averaged so that the cubic term drops out."""
    start, d = np.array(x, dtype=float), np.array([slope(terms, x, e) for e in np.eye(2)])

    def error(t):
        return (f(terms, start + t * d) + f(terms, start - t * d)) / 2 - f(terms, start)

    return round(error(1) / error(1 / k))


def f(terms, x):
    at = [float(v) for v in x]
    return sum(float(c) * prod(map(pow, at, powers)) for c, powers in terms)


def slope(terms, x, d):
    """The derivative along d, by differences that are exact up to degree four."""
    x, d = np.array(x, dtype=float), np.array(d, dtype=float)
    near, far = (f(terms, x + t * d) - f(terms, x - t * d) for t in (1, 2))
    return (8 * near - far) / 12


def descended(terms, x, epsilon):
    return np.array([-float(epsilon) * slope(terms, x, e) for e in np.eye(2)])


@family.working
def _(terms, x):
    at = linearization.value(terms, x)
    names, numbers = ["x_1", "x_2"] if len(x) > 1 else ["x"], list(map(factor, x))
    partials = []
    for k in range(len(x)):
        derived = [(c * n[k], [m - (j == k) for j, m in enumerate(n)]) for c, n in terms if n[k]]
        partials.append((polynomial(derived, names), polynomial(derived, numbers, r" \cdot ")))
    return {
        "at": at,
        "f": polynomial(terms, names),
        "inserted": polynomial(terms, numbers, r" \cdot "),
        "partials": partials,
    }
