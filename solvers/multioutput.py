r"""Least squares with several outputs, Y ~ W X: the columns of X and Y are the examples.

The loss is (1/2) sum_i ||y_i - W x_i||^2. Reference: Bishop (2006), "Pattern recognition and
machine learning", section 3.1.5. Warning: some notes set a term of this loss equal to its
derivative; and with examples in rows every product is transposed.
"""

from __future__ import annotations

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers.backprop import transpose
from partialcredit.solvers.matrices import Matrix, Rows, product, trace

__all__ = ["gradient", "loss_terms"]


def loss_terms(W: Matrix, X: Matrix, Y: Matrix) -> tuple[Rational, int | Rational, Rational]:
    r"""The loss multiplied out: its three terms, which add up to it.

    .. math:: \tfrac{1}{2} \mathrm{tr}(Y Y^\top), \; -\mathrm{tr}(W X Y^\top), \;
              \tfrac{1}{2} \mathrm{tr}(W X X^\top W^\top)

    >>> loss_terms(((1, 2),), ((1, 0), (1, 1)), ((4, 2),))
    (10, -16, 13/2)
    """
    half = rational(1, 2)
    fit = product(W, X)
    squares = trace(product(Y, transpose(Y))), trace(product(fit, transpose(fit)))
    return half * squares[0], -trace(product(fit, transpose(Y))), half * squares[1]


def gradient(W: Matrix, X: Matrix, Y: Matrix) -> Rows:
    """The derivative of the loss by W, W X X^T - Y X^T.

    >>> gradient(((1, 2),), ((1, 0), (1, 1)), ((4, 2),))
    ((-1, -1),)
    """
    fit = product(W, X)
    errors = [[a - b for a, b in zip(*rows, strict=True)] for rows in zip(fit, Y, strict=True)]
    return product(errors, transpose(X))
