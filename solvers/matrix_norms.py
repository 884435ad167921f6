r"""Norms of a matrix and their derivatives by its entries, away from ties and zeros.

Reference: Golub and Van Loan (2013), "Matrix computations", section 2.3. Warning: the norm induced
by the maximum norm is the largest row sum, the one induced by the 1-norm the largest column sum;
some notes spread the derivative over all rows, but only the largest row moves the norm.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import sign, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.solvers.backprop import transpose
from partialcredit.solvers.matrices import Matrix, Rows

__all__ = [
    "active_row",
    "column_sum_norm",
    "frobenius_norm",
    "penalty",
    "penalty_gradient",
    "row_sum_gradient",
    "row_sum_norm",
    "row_sums",
]


def row_sums(W: Matrix) -> tuple[Any, ...]:
    """The sums of the absolute values in each row.

    >>> row_sums(((1, -2), (3, 4)))
    (3, 7)
    """
    return tuple(sum(map(abs, row)) for row in W)


def row_sum_norm(W: Matrix) -> Any:
    r"""The norm induced by the maximum norm, \max_i \sum_j |w_ij|.

    >>> row_sum_norm(((1, -2), (3, 4)))
    7
    """
    return max(row_sums(W))


def column_sum_norm(W: Matrix) -> Any:
    r"""The norm induced by the 1-norm, \max_j \sum_i |w_ij|.

    >>> column_sum_norm(((1, -2), (3, 4)))
    6
    """
    return row_sum_norm(transpose(W))


def frobenius_norm(W: Matrix) -> Any:
    """The root of the sum of the squared entries, which is the trace of W^T W.

    >>> frobenius_norm(((1, -2), (2, 4)))
    5
    """
    return sqrt(sum(x**2 for row in W for x in row))


def active_row(W: Matrix) -> int:
    """The index, from 0, of the row with the largest sum of absolute values.

    >>> active_row(((1, -2), (3, 4)))
    1
    """
    sums = row_sums(W)
    return sums.index(max(sums))


def row_sum_gradient(W: Matrix) -> Rows:
    """The derivative of the row-sum norm: the signs of the active row, and zeros elsewhere.

    >>> row_sum_gradient(((1, -2), (3, -4)))
    ((0, 0), (1, -1))
    """
    active = active_row(W)
    return tuple(tuple(sign(x) * (i == active) for x in row) for i, row in enumerate(W))


def penalty(Ws: Sequence[Matrix]) -> Any:
    r"""The penalty (2 / n) \sum_k ||W_k||_\infty of n matrices, by row sums.

    >>> penalty((((1, -2), (3, 4)), ((0, 1), (1, 1))))
    9
    """
    return rational(2, len(Ws)) * sum(map(row_sum_norm, Ws))


def penalty_gradient(Ws: Sequence[Matrix], k: int) -> Rows:
    """The derivative of the penalty by matrix k.

    >>> penalty_gradient((((1, -2), (3, 4)), ((0, 1), (1, 1))), 0)
    ((0, 0), (1, 1))
    """
    share = rational(2, len(Ws))
    return tuple(tuple(share * x for x in row) for row in row_sum_gradient(Ws[k]))
