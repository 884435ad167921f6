"""Gradient and Hessian of a quadratic form.

Trap: writing 2 A x although A is not symmetric, or forgetting the transposed half.
Reference: Petersen and Pedersen (2012), "The matrix cookbook", equations 81 and 98.
Source: S0-19, S1-20, S1-26.
"""

from itertools import combinations

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Integer
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot
from partialcredit.solvers import backprop, letters, quadratic

family = Family(
    version=3, conventions=["vectors are columns, and the gradient has the shape of $x$"]
)


@family.sample
def sample(draw):
    n = draw.by_level(2, 3, draw.integer(3, 4))
    hard = draw.level == "hard"
    return {
        "A": draw.matrix(n, n, -3, 3),
        "x": [draw.nonzero(-3, 3) for _ in range(n)],
        "b": [draw.nonzero(-5, 5) if hard else 0 for _ in range(n)],
        "c": draw.nonzero(-9, 9) if hard else 0,
    }


@family.condition
def _(A):
    """Neither A nor its negative is symmetric off the diagonal, and no row vanishes."""
    pairs = [(A[i][j], A[j][i]) for i, j in combinations(range(len(A)), 2)]
    return any(a != b for a, b in pairs) and any(a + b for a, b in pairs) and all(map(any, A))


def evaluated(A, x, b, c):
    """The function at the columns of x."""
    points = np.asarray(x, dtype=float).T
    return ((points @ np.array(A)) * points).sum(axis=-1) + points @ np.array(b) + c


def slopes(A, x, b):
    """Central differences, which are exact for a quadratic function whatever the step."""
    moves, start = np.eye(len(x)), np.array(x, dtype=float)[:, None]
    return (evaluated(A, start + moves, b, 0) - evaluated(A, start - moves, b, 0)) / 2


@family.run
def curvature(A):
    """Differences of the slopes."""
    zero = np.zeros(len(A))
    return np.array([slopes(A, e, zero) - slopes(A, zero, zero) for e in np.eye(len(A))])


@family.part(Integer())
def value(A, x, b, c):
    return quadratic.value(A, x, b, c)


def diagonal_only(A, x, b, c):
    diagonal = [[a if i == j else 0 for j, a in enumerate(row)] for i, row in enumerate(A)]
    return quadratic.value(diagonal, x, b, c)


value.slips = rows(
    ("diagonal only", "The entries off the diagonal multiply x_i x_j: add them, too.",
     diagonal_only),
    ("entries of A x added", "Weight the entries of A x by those of x.",
     lambda A, x, b, c: sum(backprop.affine(A, x)) + dot(b, x) + c),
    ("linear term forgotten", "The form has a linear term, too.",
     lambda A, x, b, c: quadratic.value(A, x, 0 * b, c)),
    ("signs lost", "Mind the minus signs of x.",
     lambda A, x, b, c: quadratic.value(A, abs(x), b, c)),
)  # fmt: skip
value.witness(lambda A, x, b, c: int(evaluated(A, x, b, c)))


@family.part(lambda x: Array(shape=(len(x),)), marks=2)
def gradient(A, x, b):
    return quadratic.gradient(A, x, b)


gradient.slips = rows(
    ("A taken as symmetric", "2 A is right for symmetric A only; use A + A^T.",
     lambda A, x, b: backprop.affine(2 * A, x, b)),
    ("transpose forgotten", "x stands in both factors of the form: A + A^T, not A.",
     lambda A, x, b: backprop.affine(A, x, b)),
    ("transpose only", "This is one half of the product rule: add A x.",
     lambda A, x, b: backprop.affine(backprop.transpose(A), x, b)),
    ("linear term forgotten", "The gradient of b^T x is b.", lambda gradient, b: gradient - b),
    ("half of it", "The two products are added, not averaged.",
     lambda gradient: rational(1, 2) * gradient),
)  # fmt: skip
gradient.witness(slopes)


@family.part(lambda A: Array(shape=(len(A), len(A))), levels=["medium", "hard"])
def hessian(A):
    return quadratic.hessian(A)


hessian.slips = rows(
    ("A itself", "x stands in both factors of the form: A + A^T, not A.", lambda A: A),
    ("A taken as symmetric", "2 A is right for symmetric A only; use A + A^T.", lambda A: 2 * A),
    ("half of it", "The Hessian is A + A^T, without a factor.",
     lambda hessian: rational(1, 2) * hessian),
)  # fmt: skip
hessian.witness(lambda curvature: curvature)


@family.part(lambda A: Array(shape=(len(A), len(A))), levels=["easy", "medium"])
def symmetric(A):
    return quadratic.symmetric_part(A)


def upper_half_copied(A):
    size = range(len(A))
    return [[A[min(i, j)][max(i, j)] for j in size] for i in size]


symmetric.slips = rows(
    ("half forgotten", "Then the form is twice as large: divide by 2.", quadratic.hessian),
    ("upper half copied", "The entries a_ij and a_ji are averaged.", upper_half_copied),
)  # fmt: skip
symmetric.witness(lambda curvature: curvature / 2)


def by_u(p, q, r, s, u, v):
    return quadratic.gradient(((p, q), (r, s)), (u, v), (0, 0))[0]


@family.part(Expression(symbols=dict.fromkeys("pqrsuv", "real")), marks=2, levels=["hard"])
def formula():
    return letters.formula(by_u)


formula.slips = rows(
    ("A taken as symmetric", "The mixed terms are q u v and r u v: the sum counts.",
     lambda: 2 * letters.formula(lambda p, q, u, v: p * u + q * v)),
    ("transpose forgotten", "The square p u^2 and the term r u v depend on u, too.",
     lambda: letters.formula(lambda p, q, u, v: p * u + q * v)),
)  # fmt: skip


@formula.witness
def _(point):
    p, q, r, s, u, v = (point[name] for name in "pqrsuv")
    return slopes([[p, q], [r, s]], [u, v], [0, 0])[0]


@family.working
def _(A, x, b, c, value):
    linear = dot(b, x)
    return {
        "Ax": backprop.affine(A, x),
        "Atx": backprop.through_weights(A, x),
        "linear": linear,
        "form": value - linear - c,
    }
