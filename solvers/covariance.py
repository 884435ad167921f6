r"""Mean and covariance of an affine map of a random vector, y = A x + b.

Reference: Bishop (2006), "Pattern recognition and machine learning", section 2.3.3; Rencher and
Schaalje (2008), "Linear models in statistics", theorems 3.6b and 3.6d. Warning: A^T S A is right
only in books that write vectors as rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.numbers.exact import Number
from partialcredit.solvers.backprop import affine, transpose
from partialcredit.solvers.matrices import Matrix, Rows, product, trace

__all__ = ["mapped_covariance", "mapped_mean", "projected_variance", "scaling", "total_variance"]

Vector = Sequence[Number]


def mapped_mean(A: Matrix, mean: Vector, b: Vector) -> tuple[Number, ...]:
    """The mean of A x + b: A E[x] + b.

    >>> mapped_mean(((1, 2), (0, 1)), (3, -1), (5, 5))
    (6, 4)
    """
    return affine(A, mean, b)


def mapped_covariance(A: Matrix, covariance: Matrix) -> Rows:
    """The covariance of A x + b: A Cov(x) A^T, whatever b is.

    >>> mapped_covariance(((1, 2), (0, 1)), ((2, 1), (1, 3)))
    ((18, 7), (7, 3))
    """
    return product(product(A, covariance), transpose(A))


def total_variance(A: Matrix, covariance: Matrix) -> Number:
    r"""E ||y - E[y]||^2, the trace of the covariance of y = A x + b.

    >>> total_variance(((1, 2), (0, 1)), ((2, 1), (1, 3)))
    21
    """
    variance: Number = trace(mapped_covariance(A, covariance))
    return variance


def projected_variance(u: Vector, covariance: Matrix) -> Number:
    """The variance of the number u^T x: u^T Cov(x) u.

    >>> projected_variance((1, -1), ((2, 1), (1, 3)))
    3
    """
    ((variance,),) = mapped_covariance((u,), covariance)
    return variance  # type: ignore[no-any-return]


def scaling(factor: Number) -> Number:
    """What multiplies the covariance when A is multiplied by a factor: its square.

    >>> scaling(-3)
    9
    """
    return factor**2
