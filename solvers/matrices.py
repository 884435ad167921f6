"""Products, traces and linear systems of matrices with exact entries; a matrix is a tuple of rows.

Reference: Strang (2016), "Introduction to linear algebra", chapters 2 and 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot, freeze
from partialcredit.solvers.backprop import transpose

__all__ = ["Matrix", "diagonal", "product", "solve", "trace"]

Matrix: TypeAlias = Sequence[Sequence[Any]]
Rows: TypeAlias = tuple[tuple[Any, ...], ...]


def product(A: Matrix, B: Matrix) -> Rows:
    """A B, rows of A against columns of B.

    >>> product(((1, 2), (3, 4)), ((1,), (-1,)))
    ((-1,), (-1,))
    """
    columns = transpose(B)
    entries: Rows = freeze([[dot(row, column) for column in columns] for row in A])
    return entries


def diagonal(values: Iterable[Any]) -> Vector:
    """The matrix with these numbers on its diagonal and 0 elsewhere.

    >>> diagonal((2, 3))
    ((2, 0), (0, 3))
    """
    numbers = tuple(values)
    size = range(len(numbers))
    return Vector(Vector(v if i == j else 0 for j in size) for i, v in enumerate(numbers))


def trace(A: Matrix) -> Any:
    """The sum of the diagonal.

    >>> trace(((1, 2), (3, 4)))
    5
    """
    return sum(row[i] for i, row in enumerate(A))


def solve(A: Matrix, B: Matrix) -> Rows:
    """The matrix Z with A Z = B, by elimination that divides only at the end.

    The rows are taken as they come, so the leading minors of A must not vanish; those of a positive
    definite matrix never do.

    >>> solve(((2, 1), (1, 1)), ((3,), (1,)))
    ((2,), (-1,))
    """
    rows = [[*a, *b] for a, b in zip(A, B, strict=True)]
    for i in range(len(rows)):
        pivot = rows[i]
        for j, row in enumerate(rows):
            if j != i:
                rows[j] = [x * pivot[i] - row[i] * y for x, y in zip(row, pivot, strict=True)]
    Z: Rows = freeze(
        [[rational(x) / row[i] for x in row[len(rows) :]] for i, row in enumerate(rows)]
    )
    return Z
