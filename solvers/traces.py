r"""Derivatives of traces by a matrix W; a derivative has the shape of W.

Reference: Petersen and Pedersen (2012), "The matrix cookbook", equations 100 to 116. Warning: some
notes mix up a term of the squared error with its derivative; the derivative of tr(W X Y^T) is
Y X^T, not X Y^T.
"""

from __future__ import annotations

from partialcredit.solvers.backprop import transpose
from partialcredit.solvers.matrices import Matrix, Rows, product, solve

__all__ = ["linear_gradient", "quadratic_gradient", "same_trace", "stationary"]


def linear_gradient(B: Matrix) -> Rows:
    """The derivative of tr(B W) = tr(W B) by W: B^T.

    >>> linear_gradient(((1, 2), (3, 4)))
    ((1, 3), (2, 4))
    """
    return transpose(B)


def quadratic_gradient(W: Matrix, S: Matrix) -> Rows:
    """The derivative of tr(W S W^T) by W for symmetric S: 2 W S.

    >>> quadratic_gradient(((1, 2),), ((1, 0), (0, 3)))
    ((2, 12),)
    """
    return tuple(tuple(2 * entry for entry in row) for row in product(W, S))


def stationary(S: Matrix, B: Matrix) -> Rows:
    """Where the derivative of tr(W S W^T) - 2 tr(W B) vanishes: W = B^T S^-1.

    S is symmetric and positive definite, so this is the minimum.

    >>> stationary(((2, 1), (1, 1)), ((3,), (1,)))
    ((2, -1),)
    """
    return transpose(solve(S, B))


def same_trace(word: str) -> bool:
    """Whether a product has the trace of A B C for all square matrices.

    Capitals are matrices, small letters their transposes. Rotations are equal, and so is the
    transpose of the whole product, whose order is reversed.

    >>> same_trace("BCA"), same_trace("bac"), same_trace("ACB"), same_trace("abc")
    (True, True, False, False)
    """
    return word in "ABCAB" or word in "cbacb"
