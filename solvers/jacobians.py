r"""Shapes of derivatives in the two layouts, and derivatives of linear maps.

Denominator layout: the derivative of y by x has the indices of x first, entry (i, j) is
dy_j / dx_i. Numerator layout: the indices of y first, as in a Jacobian matrix. Reference: Magnus
and Neudecker (2019), "Matrix differential calculus", chapter 5; Petersen and Pedersen (2012), "The
matrix cookbook", section 2. Warning: authors mix the layouts; some notes print theta for the
gradient of theta^T x by theta, which is x.
"""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.solvers.backprop import transpose
from partialcredit.solvers.matrices import Matrix, Rows, product

__all__ = [
    "chain_gradient",
    "denominator_shape",
    "factor_order",
    "numerator_shape",
    "tensor_nonzeros",
]

Shape = tuple[int, ...]


def denominator_shape(of: Shape, by: Shape) -> Shape:
    """The shape of the derivative of an array by another in denominator layout.

    >>> denominator_shape((3,), (5,)), denominator_shape((2,), (2, 3))
    ((5, 3), (2, 3, 2))
    """
    return (*by, *of)


def numerator_shape(of: Shape, by: Shape) -> Shape:
    """The shape of the derivative of an array by another in numerator layout.

    >>> numerator_shape((3,), (5,))
    (3, 5)
    """
    return (*of, *by)


def chain_gradient(V: Matrix, W: Matrix) -> Rows:
    """The derivative of V W x by x in denominator layout, W^T V^T.

    >>> chain_gradient(((1, 2),), ((1, 0, 3), (0, 1, 1)))
    ((1,), (2,), (5,))
    """
    return product(transpose(W), transpose(V))


def factor_order(positions: Sequence[int]) -> tuple[int, ...]:
    """The order in which the factors of a chain are multiplied in denominator layout.

    ``positions[i]`` says how many maps come before the one that factor i belongs to; the map next
    to the input comes first.

    >>> factor_order((2, 0, 1))
    (1, 2, 0)
    """
    return tuple(sorted(range(len(positions)), key=lambda i: positions[i]))


def tensor_nonzeros(rows: int, columns: int) -> int:
    """The entries of d(Wx)/dW that can differ from zero: output i sees row i of W only.

    >>> tensor_nonzeros(2, 3)
    6
    """
    return rows * columns
