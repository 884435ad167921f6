r"""The quadratic function f(x) = x^T A x + b^T x + c, its gradient and its Hessian.

A is square and need not be symmetric; a matrix is a tuple of rows. The entries may be numbers or
SymPy symbols. Reference: Petersen and Pedersen (2012), "The matrix cookbook", equations 69, 81 and
98. Warning: 2 A x is the gradient of x^T A x for symmetric A only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, columns, dot, freeze

__all__ = ["gradient", "hessian", "symmetric_part", "value"]

Matrix = Sequence[Sequence[Any]]


def value(A: Matrix, x: Sequence[Any], b: Sequence[Any], c: Any) -> Any:
    r"""The value of the function.

    .. math:: \sum_{i,j} a_{ij} x_i x_j + \sum_i b_i x_i + c

    >>> value(((1, 2), (0, 3)), (1, -1), (5, 0), 7)
    14
    """
    return dot(x, [dot(row, x) for row in A]) + dot(b, x) + c


def gradient(A: Matrix, x: Sequence[Any], b: Sequence[Any]) -> Vector:
    """The gradient, (A + A^T) x + b.

    >>> gradient(((1, 2), (0, 3)), (1, -1), (0, 0))
    (0, -4)
    """
    return Vector(dot(row, x) for row in hessian(A)) + Vector(b)


def hessian(A: Matrix) -> Any:
    """The matrix of second derivatives, A + A^T, which is symmetric whatever A is.

    >>> hessian(((1, 2), (0, 3)))
    ((2, 2), (2, 6))
    """
    return columns(A) + freeze(A)


def symmetric_part(A: Matrix) -> Any:
    """The symmetric matrix with the same quadratic form, (A + A^T) / 2.

    >>> symmetric_part(((1, 2), (0, 3)))
    ((1, 1), (1, 3))
    """
    return rational(1, 2) * hessian(A)
