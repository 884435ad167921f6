"""Least squares by the normal equations.

Trap: parameters in another order than the columns, no column of ones, the gradient's sign.
Reference: Hastie, Tibshirani and Friedman (2009), equations 3.3 to 3.6.
Source: S0-09, S0-15, S0-16, S0-17, S0-21, S0-22, S1-21, S2-01.
"""

import numpy as np

from partialcredit.engine.classical import least_squares
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.rationals import rational, simplest
from partialcredit.numbers.vectors import columns, dot, each
from partialcredit.problems.linear_algebra._columns import independent
from partialcredit.problems.linear_algebra._differences import slopes
from partialcredit.problems.linear_algebra._polynomials import polynomial
from partialcredit.solvers import backprop, matrices, orthogonal
from partialcredit.solvers import least_squares as solver

family = Family(
    version=3,
    conventions=[
        r"the cost is $L(\theta) = \frac{1}{2} \sum_i (y_i - \hat{y}_i)^2$, and $\theta$ lists the "
        "parameters in the order in which the model is written"
    ],
    hidden=["degree", "place"],
)


@family.sample
def sample(draw):
    N = draw.by_level(draw.integer(3, 4), 5, 5)
    x = draw.integers(N, 0, 5, distinct=True)
    if draw.level == "medium":  # symmetric about 0, so that the slope is found by itself
        near, far = draw.sample([1, 2, 3], 2)
        x = draw.shuffle([-far, -near, 0, near, far])
    features = [(v, draw.integer(0, 4)) if draw.level == "hard" else (v,) for v in x]
    parameters = {
        "features": features,
        "degree": draw.by_level(1, 2, 1),
        "y": draw.integers(N, *draw.by_level((0, 9), (-5, 9), (2, 20))),
        "query": [draw.integer(6, 9) for _ in features[0]],
        "guess": [draw.nonzero(-2, 2) for _ in range(draw.by_level(2, 3, 3))],
        "third": (),
        "place": 0,
    }
    if draw.level == "hard":
        a, b, c = draw.integer(1, 4), draw.nonzero(-2, 3), draw.nonzero(-2, 3)
        third, place = [a + b * u + c * v for u, v in features], draw.integer(0, N - 1)
        parameters |= {"third": without(third, place), "place": place}
        parameters["unit"] = draw.decimal("2.54", "3.6", "10", "10.76", "0.45")
    return parameters


def without(rows, place):
    """All rows but one."""
    return tuple(row for i, row in enumerate(rows) if i != place)


@family.condition
def _(features, degree, third, place):
    """The fit is unique, and so is the combination that a third feature is found to be."""
    rows = solver.design(features, degree)
    return independent(without(rows, place) if third else rows)


@family.condition
def _(theta):
    """No slope is 0."""
    return all(theta[1:])


@family.run
def X(features, degree):
    x = np.array(features, dtype=float)
    if degree == 2:
        return np.vander(x[:, 0], 3, increasing=True)
    return np.column_stack([np.ones(len(x)), x])


@family.run
def fitted(X, y):
    return least_squares(X, np.array(y, dtype=float))


@family.part(lambda features, guess: Array(shape=(len(features), len(guess))))
def design(features, degree):
    return solver.design(features, degree)


design.slips = rows(
    ("no column of ones", "The intercept needs a feature that is always 1.",
     lambda design: [(0, *row[1:]) for row in design]),
    ("ones last", "The columns follow the parameters: the intercept comes first.",
     lambda design: [(*row[1:], 1) for row in design]),
    ("column left out", "The intercept needs a feature that is always 1.",
     lambda design: [row[1:] for row in design]),
)  # fmt: skip
design.witness(lambda X: X)


@family.part(lambda guess: Array(shape=(len(guess), len(guess))))
def normal(design):
    return orthogonal.gram(design)


def sums_multiplied(design):
    totals = each(sum, columns(design))
    return backprop.outer(totals, totals)


normal.slips = rows(
    ("sums multiplied", "Multiply the columns entry by entry, then add.", sums_multiplied),
    ("ones not counted", "The column of ones has as many ones as there are examples.",
     lambda normal: ((1, *normal[0][1:]), *normal[1:])),
)  # fmt: skip
normal.witness(lambda X: np.einsum("ni,nj->ij", X, X))


@family.part(lambda guess: Array(shape=(len(guess),), digits=3), marks=2)
def theta(design, normal, y):
    moments = [(moment,) for moment in backprop.through_weights(design, y)]
    return columns(matrices.solve(normal, moments))[0]


def no_intercept(design, y):
    features = [row[1:] for row in design]
    free = independent(features)
    return (0, *solver.minimiser(features, y, [0] * len(features[0]))) if free else None


def through_the_outer_points(features, degree, y):
    if len(features[0]) * degree > 1:
        return None
    (first,), (last,) = min(features), max(features)
    low, high = (y[features.index((x,))] for x in (first, last))
    slope = rational(high - low, last - first)
    return (low - slope * first, slope)


theta.slips = rows(
    ("order of the parameters", "List the parameters in the order of the columns.",
     lambda theta: theta[::-1]),
    ("not inverted", "This is X^T y; the inverse of X^T X still has to act on it.",
     lambda design, y: backprop.through_weights(design, y)),
    ("no intercept", "Without the column of ones the fit has to pass through 0.", no_intercept),
    ("through the outer points", "All points count, not only the first and the last.",
     through_the_outer_points),
)  # fmt: skip
theta.witness(lambda fitted: fitted)


@family.derive
def asked(query, degree):
    return solver.design([query], degree)[0]


@family.part(Real(digits=3))
def prediction(asked, theta):
    return dot(asked, theta)


prediction.slips = rows(
    ("intercept left out", "Add the intercept.", lambda prediction, theta: prediction - theta[0]),
    ("square left out", "The model has a square, too.",
     lambda theta, asked: dot(asked[:2], theta[:2]) if theta[0] and len(asked) > 2 else None),
    ("powers not taken", "The square term multiplies x squared.",
     lambda theta, asked: theta[0] + asked[1] * sum(theta[1:])
         if theta[0] and len(asked) > 2 else None),
)  # fmt: skip
prediction.witness(lambda fitted, query, degree: (X([query], degree) @ fitted).item())


@family.part(Real(digits=3), levels=["medium"])
def cost(design, y, theta):
    return solver.cost(design, y, theta)


cost.slips = rows(
    ("half forgotten", "The cost has the factor 1/2.", lambda cost: 2 * cost),
    ("divided by N", "The cost is a sum over the examples, not a mean.",
     lambda cost, y: cost / len(y)),
    ("residuals not squared", "Square the residuals before adding them.",
     lambda design, y, theta: rational(1, 2) * sum(map(abs, solver.residuals(design, y, theta)))),
)  # fmt: skip
cost.witness(lambda X, fitted, y: np.linalg.norm(X @ fitted - y) ** 2 / 2)


@family.part(lambda guess: Array(shape=(len(guess),)), levels=["medium", "hard"])
def gradient(design, y, guess):
    return solver.gradient(design, y, guess)


gradient.slips = rows(
    ("wrong sign", "The residual y - X theta has the derivative -X.", lambda gradient: -gradient),
    ("factor 2", "The 2 of the square cancels with the 1/2 of the cost.",
     lambda gradient: 2 * gradient),
    ("X^T y only", "The part X^T X theta is missing.",
     lambda design, y: backprop.through_weights(design, -y)),
)  # fmt: skip
gradient.witness(lambda X, y, guess: slopes(lambda theta: ((y - X @ theta) ** 2).sum() / 2, guess))


@family.part(Real(digits=3), levels=["hard"])
def rescaled(theta, unit):
    return theta[1] / unit


rescaled.slips = rows(
    ("multiplied", "Larger numbers of the same thing need a smaller coefficient.",
     lambda theta, unit: theta[1] * unit),
    ("unchanged", "The product of coefficient and feature has to stay the same.",
     lambda theta: theta[1]),
)  # fmt: skip
rescaled.witness(lambda X, y, unit: least_squares(X * [1, unit, 1], np.array(y, dtype=float))[1])


def multiples(design, third, place):
    """The multiples of the columns whose sum has the known entries of another column."""
    return solver.minimiser(without(design, place), third, (0, 0, 0))


@family.part(Integer(), levels=["hard"])
def dependent(design, third, place):
    return simplest(dot(design[place], multiples(design, third, place)))


dependent.slips = rows(
    ("constant left out", "The column of ones belongs to the combination, too.",
     lambda design, third, place, dependent: dependent - multiples(design, third, place)[0]),
    ("equal to the first feature", "The known entries are another combination.",
     lambda design, place: design[place][1]),
    ("zero", "An entry of 0 does not make columns dependent.", lambda: 0),
)  # fmt: skip


@dependent.witness
def _(X, third, place):
    """Where the determinant of X^T X, a parabola in the unknown entry, comes down to 0."""
    found = []
    for c in (-1, 0, 1):
        wider = np.column_stack([X, np.insert(third, place, c)])
        found.append(np.linalg.det(wider.T @ wider))
    below, at, above = found
    return round((below - above) / (2 * (below + above - 2 * at)), 6)


@family.working
def _(design, y, theta, guess, third, place):
    found = multiples(design, third, place) if third else ()
    powers = ((0, 0), (1, 0), (0, 1))[: len(found)]
    return {
        "moments": backprop.through_weights(design, y),
        "turned": columns(design),
        "left": solver.residuals(design, y, theta),
        "guessed": solver.residuals(design, y, guess),
        "multiples": found,
        "combination": polynomial(zip(found, powers, strict=True), ["x_1", "x_2"]),
    }
