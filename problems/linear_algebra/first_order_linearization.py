"""First-order approximation and the decrease of a descent step.

Trap: leaving out f(x), stepping along the gradient, expecting an error of first order.
Reference: Nocedal and Wright (2006), "Numerical optimization", section 2.2.
Source: S0-18, S0-34, S0-35, S1-89.
"""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.notation import factor
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.problems.linear_algebra._polynomials import polynomial
from partialcredit.problems.linear_algebra._scalars import bare
from partialcredit.solvers import linearization

family = Family(version=3, conventions=[r"$d$ is a step from $x$ to $x + d$"])

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
        eta = draw.decimal("0.001", "0.002", "0.005", "0.01", "0.02")
        return parameters | {"eta": eta, "k": draw.integer(3, 12)}
    steps = ("0.1", "0.2", "0.3", "0.05", "-0.1", "-0.2", "-0.3", "-0.05", "0.01", "-0.01")
    return parameters | {"d": [draw.decimal(*steps) for _ in range(size)]}


@family.derive
def at(terms, x):
    return linearization.value(terms, x)


@family.derive
def ahead(terms, x, d):
    return linearization.value(terms, x + d)


@family.condition
def _(terms, x, at):
    g = linearization.gradient(terms, x)
    return all(g) and at != 0 and sum(g) != 0


@family.condition
def _(terms, gradient, x, at):
    """The function bends in the direction of its gradient, so the error is not of third order."""
    around = [linearization.value(terms, x + gradient), linearization.value(terms, x - gradient)]
    return sum(around) != 2 * at


def f(terms, x):
    return sum(c * np.prod(np.power(x, powers)) for c, powers in terms)


@family.run
def slope(terms, x, d):
    """The derivative along d, by differences that are exact up to degree four."""
    x, d = np.array(x, dtype=float), np.array(d)
    near, far = (f(terms, x + t * d) - f(terms, x - t * d) for t in (1, 2))
    return (8 * near - far) / 12


@family.run
def slopes(terms, x):
    return np.array([slope(terms, x, e) for e in np.eye(len(x))])


@family.run
def here(terms, x):
    return f(terms, np.array(x, dtype=float))


@family.run
def descent(slopes, eta):
    return -eta * slopes


@family.part(lambda x: Array(shape=(2,)) if len(x) > 1 else Integer())
def gradient(terms, x):
    return bare(linearization.gradient(terms, x))


def exponent_not_lowered(terms, x):
    raised = ([(c * n[j], n) for c, n in terms] for j in range(len(x)))
    return bare(Vector(linearization.value(part, x) for part in raised))


def factor_of_the_exponent_lost(terms, x):
    reduced = [[(rational(c, n[j]), n) for c, n in terms if n[j]] for j in range(len(x))]
    return bare(Vector(linearization.gradient(part, x)[j] for j, part in enumerate(reduced)))


gradient.slips = rows(
    ("exponent not lowered", "x^n has the derivative n x^(n - 1).", exponent_not_lowered),
    ("factor of the exponent lost", "x^n has the derivative n x^(n - 1).",
     factor_of_the_exponent_lost),
    ("components exchanged", "The first component is the derivative with respect to x_1.",
     lambda gradient: gradient[::-1] if isinstance(gradient, tuple) else None),
)  # fmt: skip
gradient.witness(lambda slopes: slopes if len(slopes) > 1 else round(slopes[0], 6))


@family.part(Real(), levels=["easy", "medium"])
def change(gradient, d):
    return sum(gradient * d)


change.slips = rows(
    ("f(x) added", "This is the new value; the change leaves f(x) out.",
     lambda at, change: at + change),
    ("actual change", "This is the exact change; the approximation is linear in d.",
     lambda at, ahead: ahead - at),
    ("wrong sign", "Add g_i d_i over the components, with their signs.", lambda change: -change),
    ("step's first component only", "Add g_i d_i over all components.",
     lambda gradient, d: gradient[0] * d[0] if isinstance(gradient, tuple) else None),
    ("step left out", "Each derivative is multiplied by its step.",
     lambda gradient: sum(gradient) if isinstance(gradient, tuple) else None),
)  # fmt: skip
change.witness(lambda slope: slope)


@family.part(Real(digits=3), levels=["easy", "medium"])
def approximation(at, change):
    return at + change


approximation.slips = rows(
    ("f(x) left out", "The change comes on top of f(x).", lambda change: change),
    ("change subtracted", "Add the predicted change to f(x).", lambda at, change: at - change),
    ("exact value", "This is f(x + d) itself.", lambda ahead: ahead),
)  # fmt: skip
approximation.witness(lambda here, slope: here + slope)


@family.part(Real(digits=3), levels=["medium"])
def error(ahead, approximation):
    return ahead - approximation


error.slips = rows(
    ("wrong sign", "Subtract the approximation from the exact value.", lambda error: -error),
    ("actual change", "This is f(x + d) - f(x).", lambda at, ahead: ahead - at),
    ("relative error", "The difference itself is asked for.",
     lambda ahead, error: error / ahead if ahead else None),
    ("change instead", "Subtract the approximation from the exact value.",
     lambda at, approximation: approximation - at),
)  # fmt: skip
error.witness(lambda terms, x, d, here, slope: f(terms, np.add(x, d)) - here - slope)


@family.derive
def length(terms, x):
    return sqrt(sum(g**2 for g in linearization.gradient(terms, x)))


@family.part(Array(shape=(2,), digits=3), levels=["hard"])
def step(gradient, eta):
    return -eta * gradient


step.slips = rows(
    ("ascent", "Descent steps against the gradient.", lambda step: -step),
    ("unit length", "Multiply the gradient itself; it is not normalised.",
     lambda step, length: step / length),
)  # fmt: skip
step.witness(lambda descent: descent)


@family.part(Real(digits=3), levels=["hard"], after="step")
def predicted(gradient, eta):
    return linearization.predicted_decrease(gradient, eta)


predicted.slips = rows(
    ("wrong sign", "The function falls along a descent step.", lambda predicted: -predicted),
    ("norm not squared", "The step is -eta g, so g . d is -eta g . g.",
     lambda length, eta: -eta * length),
    ("new value", "This is the predicted value; the change leaves f(x) out.",
     lambda at, predicted: at + predicted),
)  # fmt: skip
predicted.witness(lambda terms, x, descent: slope(terms, x, descent))


@family.part(Real(digits=3), levels=["hard"], after="step")
def actual(terms, x, at, step):
    return linearization.value(terms, x + step) - at


actual.slips = rows(
    ("predicted change", "Evaluate f at the new point.", lambda predicted: predicted),
    ("wrong sign", "Subtract the old value from the new one.", lambda actual: -actual),
    ("new value", "Subtract f(x).", lambda at, actual: at + actual),
)  # fmt: skip
actual.witness(lambda terms, x, here, descent: f(terms, x + descent) - here)


def rightwards(u):
    return u if u[0] > 0 else -u


@family.part(Array(shape=(2,), digits=3), levels=["hard"])
def contour(gradient):
    return rightwards(Vector(linearization.along_contour(gradient)))


contour.slips = rows(
    ("along the gradient", "Along the gradient f changes fastest.",
     lambda gradient, length: rightwards(gradient / length)),
    ("components exchanged", "Exchange the components and change one sign.",
     lambda contour: (contour[0], -contour[1])),
)  # fmt: skip


@contour.witness
def _(slopes):
    """The direction in which the slope vanishes."""
    return rightwards(np.linalg.svd([slopes])[2][1])


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
def _(terms, x, here, slopes, k):
    """Errors of opposite steps, averaged so that the cubic term drops out."""

    def error(t):
        return (f(terms, x + t * slopes) + f(terms, x - t * slopes)) / 2 - here

    return round(error(1) / error(1 / k))


@family.working
def _(terms, x):
    names, numbers = ["x_1", "x_2"] if len(x) > 1 else ["x"], list(map(factor, x))
    partials = []
    for k in range(len(x)):
        derived = [(c * n[k], [m - (j == k) for j, m in enumerate(n)]) for c, n in terms if n[k]]
        partials.append((polynomial(derived, names), polynomial(derived, numbers, r" \cdot ")))
    return {
        "f": polynomial(terms, names),
        "inserted": polynomial(terms, numbers, r" \cdot "),
        "partials": partials,
    }
