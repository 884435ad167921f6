r"""Orthogonal matrices, Q^T Q = I, and definite symmetric matrices, with exact entries.

Reference: Strang (2016), "Introduction to linear algebra", sections 4.4, 5.1 and 6.5. Warning:
some notes conclude det Q = 1 from det(Q^T Q) = 1; only det(Q)^2 = 1 follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import rational

__all__ = [
    "Matrix",
    "definiteness",
    "determinant",
    "gram",
    "is_orthogonal",
    "missing_entry",
    "scales_to_orthogonal",
]

Matrix: TypeAlias = Sequence[Sequence[Number]]


def gram(a: Matrix) -> tuple[tuple[Number, ...], ...]:
    """A^T A: the inner products of the columns.

    >>> gram(((1, 2), (3, 4)))
    ((10, 14), (14, 20))
    """
    columns = tuple(zip(*a, strict=True))
    return tuple(
        tuple(sum(x * y for x, y in zip(u, v, strict=True)) for v in columns) for u in columns
    )


def is_orthogonal(a: Matrix, denominator: Number = 1) -> bool:
    """Whether Q^T Q = I for Q = A / ``denominator``.

    >>> is_orthogonal(((3, 4), (4, -3)), 5), is_orthogonal(((1, 1), (-1, 1)))
    (True, False)
    """
    square = denominator * denominator
    return all(
        x == (square if i == j else 0) for i, row in enumerate(gram(a)) for j, x in enumerate(row)
    )


def determinant(a: Matrix) -> Number:
    """The determinant, expanded along the first row.

    >>> determinant(((0, 1), (1, 0))), determinant(((2, 0, 1), (1, 3, 0), (0, 1, 1)))
    (-1, 7)
    """
    if len(a) == 1:
        return a[0][0]
    total: Number = sum(
        (-1) ** j * entry * determinant([[*row[:j], *row[j + 1 :]] for row in a[1:]])
        for j, entry in enumerate(a[0])
    )
    return total


def missing_entry(column: Sequence[Number]) -> frozenset[Number]:
    """The values x for which the vector (column, x) has length 1: two, one or none.

    >>> sorted(missing_entry((rational(3, 5),)))
    [-4/5, 4/5]
    """
    rest = 1 - sum(x * x for x in column)
    return frozenset() if rest < 0 else frozenset({sqrt(rest), -sqrt(rest)})


def scales_to_orthogonal(a: Matrix) -> frozenset[Number]:
    """The numbers s for which s A is orthogonal; none unless A^T A is a multiple of I. A is not 0.

    >>> sorted(scales_to_orthogonal(((3, -4), (4, 3))))
    [-1/5, 1/5]
    """
    products = gram(a)
    length = products[0][0]
    if any(
        x != (length if i == j else 0) for i, row in enumerate(products) for j, x in enumerate(row)
    ):
        return frozenset()
    s = sqrt(rational(1) / length)
    return frozenset({s, -s})


def definiteness(
    a: Matrix,
) -> Literal["positive definite", "negative definite", "indefinite", "semidefinite"]:
    """What the quadratic form of a symmetric matrix of two rows does, from a_11 and det A.

    >>> definiteness(((2, 1), (1, 2))), definiteness(((1, 2), (2, 1)))
    ('positive definite', 'indefinite')
    """
    det, ((first, _), _) = determinant(a), a
    if abs(det) > det:
        return "indefinite"
    if det == -det:
        return "semidefinite"
    return "positive definite" if first > -first else "negative definite"
