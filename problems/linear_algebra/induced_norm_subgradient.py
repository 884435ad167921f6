"""Induced matrix norms and the derivative of the largest row sum.

Trap: rows for columns, a derivative in every row, the entries instead of their signs.
Reference: Golub and Van Loan (2013), section 2.3.
Source: S1-15, S1-123.
"""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.exact import sign
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, each
from partialcredit.numbers.vectors import columns as transpose
from partialcredit.problems.linear_algebra._differences import slopes
from partialcredit.solvers import matrix_norms

family = Family(
    version=2,
    conventions=[
        r"$\lVert W \rVert_1 = \max_{x \neq 0} \frac{\lVert W x \rVert_1}{\lVert x \rVert_1}$, "
        r"$\lVert W \rVert_\infty = \max_{x \neq 0} \frac{\lVert W x \rVert_\infty}"
        r"{\lVert x \rVert_\infty}$, and $\lVert W \rVert_F$ is the Frobenius norm",
        "{% if level != 'easy' %}rows are counted from 1{% endif %}",
    ],
)


@family.sample
def sample(draw):
    rows, columns = draw.by_level((2, 3), (3, 3), (3, 2))

    def matrix():
        return [[draw.nonzero(-7, 7) for _ in range(columns)] for _ in range(rows)]

    if draw.level != "hard":
        return {"W": matrix()}
    n = draw.integer(3, 5)
    return {"W": matrix(), "others": [matrix() for _ in range(n - 1)]}


@family.condition
def _(W):
    sums = [matrix_norms.row_sums(M) for M in (W, transpose(W))]
    return all(sorted(s)[-1] > sorted(s)[-2] for s in sums) and max(sums[0]) != max(sums[1])


@family.condition
def _(W):
    return any(x < 0 for x in W[matrix_norms.active_row(W)])


def measured(W, order):
    return float(np.linalg.norm(np.array(W, dtype=float), ord=order))


@family.part(Integer())
def infinity(W):
    return matrix_norms.row_sum_norm(W)


infinity.slips = rows(
    ("columns for rows", "The infinity norm adds up rows, the 1-norm columns.",
     matrix_norms.column_sum_norm),
    ("signs kept", "Add absolute values.", lambda W: max(map(sum, W))),
    ("largest entry", "Add up the row; an induced norm sees all its entries.",
     lambda W: max(map(max, abs(W)))),
    ("all rows", "Take the largest row, not all of them.", lambda W: sum(matrix_norms.row_sums(W))),
    ("smallest row", "The norm is the largest sum.", lambda W: min(matrix_norms.row_sums(W))),
)  # fmt: skip


@infinity.witness
def _(W):
    """The largest stretch of a corner of the cube, where the maximum is reached."""
    corners = 2.0 * np.indices([2] * len(W[0])).reshape(len(W[0]), -1) - 1
    return int(abs(np.array(W) @ corners).max())


@family.part(Integer())
def one(W):
    return matrix_norms.column_sum_norm(W)


one.slips = rows(
    ("rows for columns", "The infinity norm adds up rows, the 1-norm columns.",
     matrix_norms.row_sum_norm),
    ("signs kept", "Add absolute values.", lambda W: max(map(sum, transpose(W)))),
    ("all entries", "Take the largest column, not all of them.",
     lambda W: sum(matrix_norms.row_sums(W))),
    ("largest entry", "Add up the column; an induced norm sees all its entries.",
     lambda W: max(map(max, abs(W)))),
)  # fmt: skip
one.witness(lambda W: int(measured(W, 1)))


@family.part(Real(digits=3), levels=["easy", "medium"])
def frobenius(W):
    return matrix_norms.frobenius_norm(W)


frobenius.slips = rows(
    ("not rooted", "Take the root of the sum of squares.", lambda W: sum(sum(row**2) for row in W)),
    ("absolute values", "Square the entries; this is the sum of absolute values.",
     lambda W: sum(matrix_norms.row_sums(W))),
    ("largest entry", "All entries count, by their squares.", lambda W: max(map(max, abs(W)))),
    ("signs kept", "Square every entry before adding.", lambda W: abs(sum(map(sum, W)))),
)  # fmt: skip
frobenius.witness(lambda W: measured(W, "fro"))


@family.part(Integer(), levels=["medium", "hard"])
def active(W):
    return matrix_norms.active_row(W) + 1


def largest(values):
    return values.index(max(values)) + 1


active.slips = rows(
    ("signs kept", "Add absolute values.", lambda W: largest(each(sum, W))),
    ("smallest row", "The maximum is reached in the row with the largest sum.",
     lambda W: largest([-total for total in matrix_norms.row_sums(W)])),
)  # fmt: skip


@active.witness
def _(W):
    """The row whose removal changes the norm most."""
    return np.argmin([measured(np.delete(W, i, axis=0), np.inf) for i in range(len(W))]) + 1


@family.part(lambda W: Array(shape=np.shape(W)), marks=2, levels=["medium", "hard"])
def gradient(W, active):
    return tuple(tuple(sign(x) * (i == active) for x in row) for i, row in enumerate(W, 1))


def signs(W):
    return Vector(each(sign, row) for row in W)


gradient.slips = rows(
    ("every row", "Only the row with the largest sum moves the maximum.", signs),
    ("columns for rows", "The infinity norm adds up rows, the 1-norm columns.",
     lambda W: transpose(matrix_norms.row_sum_gradient(transpose(W)))),
    ("signs lost", "A negative entry makes the norm smaller when it grows.",
     lambda gradient: abs(gradient)),
    ("the entries themselves", "The derivative of |w| is the sign of w.",
     lambda W, gradient: W * abs(gradient)),
)  # fmt: skip
gradient.witness(lambda W: slopes(lambda w: np.linalg.norm(w, ord=np.inf), W, step=0.25))


@family.part(Real(digits=3), levels=["hard"])
def penalty(W, others):
    return matrix_norms.penalty((W, *others))


penalty.slips = rows(
    ("not averaged", "The factor is 2/n.", lambda others, penalty: (len(others) + 1) * penalty),
    ("columns for rows", "Take the largest row sum of every matrix.",
     lambda W, others: matrix_norms.penalty([transpose(M) for M in (W, *others)])),
    ("factor 2 lost", "The factor is 2/n, not 1/n.", lambda penalty: penalty / 2),
)  # fmt: skip


def penalised(W, others):
    return 2 * np.mean([measured(M, np.inf) for M in (W, *others)])


penalty.witness(penalised)


@family.part(lambda W: Array(shape=np.shape(W), digits=3), levels=["hard"])
def penalty_gradient(W, others):
    return matrix_norms.penalty_gradient((W, *others), 0)


penalty_gradient.slips = rows(
    ("factor lost", "The factor 2/n multiplies the derivative, too.", lambda gradient: gradient),
    ("every row", "Only the row with the largest sum moves the maximum.",
     lambda W, others: rational(2, len(others) + 1) * signs(W)),
)  # fmt: skip
penalty_gradient.witness(lambda W, others: slopes(lambda w: penalised(w, others), W, step=0.25))


@family.working
def _(W):
    return {
        "rows": matrix_norms.row_sums(W),
        "columns": matrix_norms.row_sums(transpose(W)),
        "largest": matrix_norms.row_sum_norm,
    }
