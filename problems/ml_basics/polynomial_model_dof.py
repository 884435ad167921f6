"""Parameters of polynomial models and what they can fit.

Trap: forgetting the constant, powers of each variable alone, mixing up degree and examples.
Reference: Bishop (2006), section 1.1.
Source: S0-10, S0-11, S0-22, S0-23.
"""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real, Shape
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import polynomials

family = Family(
    version=3, conventions=["models have a constant term, and no coefficient is fixed in advance"]
)


@family.sample
def sample(draw):
    if draw.level == "medium":
        d = draw.integer(2, 4)
        return {
            "n": draw.integer(2, {2: 12, 3: 7, 4: 5}[d]),
            "d": d,
            "N": draw.integer(300, 999),
            "budget": draw.integer(20, 400),
        }
    n = draw.integer(*draw.by_level((2, 40), (), (20, 100)))
    parameters = {"n": n, "d": 1, "N": n + draw.integer(5, 150)}
    if draw.level == "easy":
        return parameters | {"points": draw.integer(3, 9)}
    size = draw.integer(3, 4)
    xs = draw.sample(range(-2, 4), size)
    return parameters | {
        "xs": xs,
        "ys": draw.integers(size, -5, 7),
        "at": draw.choice([x for x in range(-4, 6) if x not in xs]),
    }


@family.part(Integer())
def parameters(n, d):
    return polynomials.monomials(n, d)


parameters.slips = rows(
    ("constant forgotten", "The constant term is a parameter, too.",
     lambda parameters: parameters - 1),
    ("powers of single variables", "Mixed terms such as x_1 x_2 count, too.",
     lambda n, d: n * d + 1 if d > 1 else None),
    ("every exponent up to n", "The exponents of a term add up to at most n.",
     lambda n, d: (n + 1) ** d if d > 1 else None),
    ("one variable", "There are several variables, and mixed terms as well.",
     lambda n, d: n + 1 if d > 1 else None),
    ("order of factors counted", "x_1 x_2 and x_2 x_1 are the same term.",
     lambda n, d: d**n if d > 1 else None),
    ("every exponent from 1 to n", "Exponents may be 0, and add up to at most n.",
     lambda n, d: n**d if d > 1 else None),
    ("number of examples", "The degree decides, not how many examples there are.", lambda N: N),
    ("one too many", "The degrees run from 0 to n.", lambda n, d: n + 2 if d == 1 else None),
)  # fmt: skip
parameters.witness(lambda n, d: exponents(n, d).shape[1])


@family.part(Shape())
def design(N, parameters):
    return (N, parameters)


design.slips = rows(
    ("rows and columns exchanged", "An example is a row, a parameter a column.",
     lambda design: design[::-1]),
    ("square", "There are as many rows as examples.", lambda parameters: (parameters, parameters)),
)  # fmt: skip


@design.witness
def _(N, n, d):
    """The matrix itself, at random inputs between 0 and 1."""
    x = (np.arange(N * d).reshape(N, d) * 0.618) % 1
    if d == 1:
        return np.vander(x[:, 0], n + 1).shape
    return (np.log(x + 0.01) @ exponents(n, d)).shape


@family.part(Integer(), levels=["easy"])
def lowest(points):
    return polynomials.degree_through(points)


lowest.slips = rows(
    ("number of points", "A polynomial of degree n has n + 1 coefficients.", lambda points: points),
    ("two too few", "A line, of degree 1, passes through two points.", lambda points: points - 2),
)  # fmt: skip


@lowest.witness
def _(points):
    """The first degree whose powers at these points are as independent as the points are many."""
    x = np.cos(np.arange(points))
    ranks = [np.linalg.matrix_rank(np.vander(x, n + 1)) for n in range(points + 1)]
    return ranks.index(points)


@family.part(Array(shape=(2,), digits=3), marks=2, levels=["hard"])
def errors(ys):
    return [polynomials.mean_squared_error(ys, fit) for fit in ([average(ys)] * len(ys), ys)]


errors.slips = rows(
    ("sum instead of mean", "Divide by the number of points.", lambda errors, ys: len(ys) * errors),
    ("divided by N - 1", "The mean divides by the number of points.",
     lambda errors, ys: errors * rational(len(ys), len(ys) - 1)),
    ("exchanged", "The constant leaves an error; the interpolating polynomial none.",
     lambda errors: errors[::-1]),
)  # fmt: skip
errors.witness(
    lambda xs, ys: [np.mean((fitted(xs, ys, n, xs) - ys) ** 2) for n in (0, len(xs) - 1)]
)


def average(ys):
    return rational(sum(ys), len(ys))


@family.part(Real(digits=3), marks=2, levels=["hard"], after="errors")
def prediction(xs, ys, at):
    return polynomials.interpolate(xs, ys, at)


def line_through_the_outer_points(xs, ys, at):
    (a, u), *_middle, (b, v) = sorted(zip(xs, ys, strict=True))
    return u + rational((v - u) * (at - a), b - a)


prediction.slips = rows(
    ("the mean", "This is the prediction of the constant model.", lambda ys: average(ys)),
    ("line through the outer points", "All points have to be met.", line_through_the_outer_points),
    ("nearest point", "Follow the polynomial beyond the points.",
     lambda xs, ys, at: min(zip(xs, ys, strict=True), key=lambda point: abs(point[0] - at))[1]),
)  # fmt: skip
prediction.witness(lambda xs, ys, at: float(fitted(xs, ys, len(xs) - 1, at)))


def contributions(xs, ys, at):
    """What each point adds to the value of the interpolating polynomial."""
    alone = [[y if k == i else 0 for k in range(len(ys))] for i, y in enumerate(ys)]
    return [polynomials.interpolate(xs, values, at) for values in alone]


@family.part(Integer(), levels=["medium"])
def leading(n, d):
    return polynomials.leading_monomials(n, d)


leading.slips = rows(
    ("every exponent up to n", "The exponents have to add up to n.",
     lambda n, d: (n + 1) ** (d - 1) if d > 2 else n),
    ("all terms", "Count the terms of degree n only.", lambda parameters: parameters),
    ("pure powers", "Mixed terms count, too.", lambda d: d),
)  # fmt: skip
leading.witness(lambda n, d: np.count_nonzero(exponents(n, d).sum(axis=0) == n))


@family.part(Integer(), marks=2, levels=["medium"])
def largest(budget, d):
    return polynomials.largest_degree(budget, d)


largest.slips = rows(
    ("one too many", "That model has more parameters than allowed.", lambda largest: largest + 1),
    ("powers of single variables", "Mixed terms count, too.", lambda budget, d: (budget - 1) // d),
)  # fmt: skip


@largest.witness
def _(budget, d):
    """Take the monomials in order of their degree while they all fit in."""
    degrees = np.sort(exponents({2: 30, 3: 13, 4: 9}[d], d).sum(axis=0))
    return int(degrees[budget]) - 1


def exponents(n, d):
    """All exponents of d variables whose sum is at most n, one column each."""
    grid = np.indices((n + 1,) * d).reshape(d, -1)
    return grid[:, grid.sum(axis=0) <= n]


def fitted(xs, ys, degree, at):
    x, y = np.array(xs, dtype=float), np.array(ys, dtype=float)
    coefficients = np.linalg.lstsq(np.vander(x, degree + 1), y, rcond=None)[0]
    return np.polyval(coefficients, np.array(at, dtype=float))


@family.working
def _(d):
    return {
        "names": ["x_1", "x_2", "x_3", "x_4"][:d],
        "counts": polynomials.monomials,
        "average": average,
        "contributions": contributions,
    }
