r"""The quadratic function f(x) = x^T A x + b^T x + c, its gradient and its Hessian.

A is square and need not be symmetric; a matrix is a tuple of rows. The entries may be numbers or
SymPy symbols. Reference: Petersen and Pedersen (2012), "The matrix cookbook", equations 69, 81 and
98. Warning: 2 A x is the gradient of x^T A x for symmetric A only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.rationals import rational

__all__ = ["gradient", "hessian", "symmetric_part", "value"]

Vector = Sequence[Any]
Matrix = Sequence[Vector]


def value(A: Matrix, x: Vector, b: Vector, c: Any) -> Any:
    r"""The value of the function.

    .. math:: \sum_{i,j} a_{ij} x_i x_j + \sum_i b_i x_i + c

    >>> value(((1, 2), (0, 3)), (1, -1), (5, 0), 7)
    14
    """
    form = sum(
        a * x_i * x_j for row, x_i in zip(A, x, strict=True) for a, x_j in zip(row, x, strict=True)
    )
    return form + sum(b_i * x_i for b_i, x_i in zip(b, x, strict=True)) + c


def gradient(A: Matrix, x: Vector, b: Vector) -> tuple[Any, ...]:
    """The gradient, (A + A^T) x + b.

    >>> gradient(((1, 2), (0, 3)), (1, -1), (0, 0))
    (0, -4)
    """
    return tuple(
        sum(h * x_j for h, x_j in zip(row, x, strict=True)) + b_i
        for row, b_i in zip(hessian(A), b, strict=True)
    )


def hessian(A: Matrix) -> tuple[tuple[Any, ...], ...]:
    """The matrix of second derivatives, A + A^T, which is symmetric whatever A is.

    >>> hessian(((1, 2), (0, 3)))
    ((2, 2), (2, 6))
    """
    columns = zip(*A, strict=True)
    return tuple(
        tuple(a + b for a, b in zip(row, column, strict=True))
        for row, column in zip(A, columns, strict=True)
    )


def symmetric_part(A: Matrix) -> tuple[tuple[Any, ...], ...]:
    """The symmetric matrix with the same quadratic form, (A + A^T) / 2.

    >>> symmetric_part(((1, 2), (0, 3)))
    ((1, 1), (1, 3))
    """
    half = rational(1, 2)
    return tuple(tuple(half * entry for entry in row) for row in hessian(A))
