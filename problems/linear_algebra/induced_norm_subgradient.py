"""Induced matrix norms and the derivative of the largest row sum.

Trap: rows for columns, a derivative in every row, the entries instead of their signs.
Reference: Golub and Van Loan (2013), section 2.3.
Source: S1-15, S1-123.
"""

import numpy as np

from partialcredit.family import Family
from partialcredit.grading import Array, Integer, Real
from partialcredit.problems.linear_algebra._differences import slopes
from partialcredit.solvers import matrix_norms
from partialcredit.solvers.backprop import transpose

family = Family(
    conventions=[
        r"$\lVert W \rVert_1 = \max_{x \neq 0} \frac{\lVert W x \rVert_1}{\lVert x \rVert_1}$, "
        r"$\lVert W \rVert_\infty = \max_{x \neq 0} \frac{\lVert W x \rVert_\infty}"
        r"{\lVert x \rVert_\infty}$, and $\lVert W \rVert_F$ is the Frobenius norm",
        "{% if level != 'easy' %}rows are counted from 1{% endif %}",
    ]
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


@family.part(Integer())
def infinity(W):
    return matrix_norms.row_sum_norm(W)


@family.part(Integer())
def one(W):
    return matrix_norms.column_sum_norm(W)


@family.part(Real(digits=4), levels=["easy", "medium"])
def frobenius(W):
    return matrix_norms.frobenius_norm(W)


@family.part(Integer(), levels=["medium", "hard"])
def active(W):
    return matrix_norms.active_row(W) + 1


@family.part(lambda W: Array(shape=(len(W), len(W[0]))), marks=2, levels=["medium", "hard"])
def gradient(W):
    return matrix_norms.row_sum_gradient(W)


@family.part(Real(digits=4), levels=["hard"])
def penalty(W, others):
    return matrix_norms.penalty((W, *others))


@family.part(lambda W: Array(shape=(len(W), len(W[0])), digits=4), levels=["hard"])
def penalty_gradient(W, others):
    return matrix_norms.penalty_gradient((W, *others), 0)


def sign(x):
    return (x > 0) - (x < 0)


@infinity.mistake("columns for rows", "This norm is the largest sum of a row.")
def _(W):
    return matrix_norms.column_sum_norm(W)


@infinity.mistake("signs kept", "Add absolute values.")
def _(W):
    return max(map(sum, W))


@infinity.mistake("largest entry", "Add up the row; an induced norm sees all its entries.")
def _(W):
    return max(abs(x) for row in W for x in row)


@one.mistake("rows for columns", "This norm is the largest sum of a column.")
def _(W):
    return matrix_norms.row_sum_norm(W)


@one.mistake("signs kept", "Add absolute values.")
def _(W):
    return max(map(sum, transpose(W)))


@one.mistake("all entries", "Take the largest column, not all of them.")
def _(W):
    return sum(matrix_norms.row_sums(W))


@frobenius.mistake("not rooted", "Take the root of the sum of squares.")
def _(W):
    return sum(x * x for row in W for x in row)


@frobenius.mistake("absolute values", "Square the entries; this is the sum of absolute values.")
def _(W):
    return sum(matrix_norms.row_sums(W))


@active.mistake("signs kept", "Compare sums of absolute values.")
def _(W):
    totals = [sum(row) for row in W]
    return totals.index(max(totals)) + 1


@active.mistake("smallest row", "The maximum is reached in the row with the largest sum.")
def _(W):
    sums = matrix_norms.row_sums(W)
    return sums.index(min(sums)) + 1


@gradient.mistake("every row", "Only the row with the largest sum moves the maximum.")
def _(W):
    return tuple(tuple(sign(x) for x in row) for row in W)


@gradient.mistake("columns for rows", "The norm is a sum over a row.")
def _(W):
    return transpose(matrix_norms.row_sum_gradient(transpose(W)))


@gradient.mistake("signs lost", "A negative entry makes the norm smaller when it grows.")
def _(gradient):
    return tuple(tuple(abs(x) for x in row) for row in gradient)


@gradient.mistake("the entries themselves", "The derivative of |w| is the sign of w.")
def _(W, gradient):
    return tuple(
        tuple(w * abs(g) for w, g in zip(*rows, strict=True))
        for rows in zip(W, gradient, strict=True)
    )


@penalty.mistake("not averaged", "The factor is 2/n.")
def _(W, others):
    return 2 * sum(map(matrix_norms.row_sum_norm, (W, *others)))


@penalty.mistake("columns for rows", "Take the largest row sum of every matrix.")
def _(W, others):
    return matrix_norms.penalty([transpose(M) for M in (W, *others)])


@penalty.mistake("factor 2 lost", "The factor is 2/n, not 1/n.")
def _(penalty):
    return penalty / 2


@penalty_gradient.mistake("factor lost", "The factor 2/n multiplies the derivative, too.")
def _(gradient):
    return gradient


@penalty_gradient.mistake("every row", "Only the row with the largest sum moves the maximum.")
def _(W, penalty_gradient):
    share = max(abs(x) for row in penalty_gradient for x in row)
    return tuple(tuple(share * sign(x) for x in row) for row in W)


def measured(W, order):
    return float(np.linalg.norm(np.array(W, dtype=float), ord=order))


def penalised(W, others):
    return 2 * np.mean([np.linalg.norm(np.array(M), ord=np.inf) for M in (W, *others)])


@infinity.witness
def _(W):
    """The largest stretch of a corner of the cube, where the maximum is reached."""
    corners = 2.0 * np.indices([2] * len(W[0])).reshape(len(W[0]), -1) - 1
    return int(abs(np.array(W) @ corners).max())


@one.witness
def _(W):
    return int(measured(W, 1))


@frobenius.witness
def _(W):
    return measured(W, "fro")


@active.witness
def _(W):
    """The row whose removal changes the norm."""
    whole = measured(W, np.inf)
    rest = [measured(W[:i] + W[i + 1 :], np.inf) for i in range(len(W))]
    return next(i for i, norm in enumerate(rest) if norm < whole) + 1


@gradient.witness
def _(W):
    return slopes(lambda w: np.linalg.norm(w, ord=np.inf), W, step=0.25)


@penalty.witness
def _(W, others):
    return penalised(W, others)


@penalty_gradient.witness
def _(W, others):
    return slopes(lambda w: penalised(w, others), W, step=0.25)


@family.working
def _(W):
    return {
        "rows": matrix_norms.row_sums(W),
        "columns": matrix_norms.row_sums(transpose(W)),
        "largest": matrix_norms.row_sum_norm,
    }
