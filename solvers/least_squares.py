r"""Linear least squares, plain or with a quadratic penalty, in exact rationals.

X has one row per example and one column per parameter; a column of ones belongs to the intercept.
The cost is (1/2) ||y - X theta||^2. Reference: Hastie, Tibshirani and Friedman (2009), "The
elements of statistical learning", equations 3.3 to 3.6, and 3.41 to 3.44 for the penalty. Warning:
some notes pair theta = (a, b) with x = (1, x); the parameters must stand in the order of the
columns. Others leave out the half or divide by the number of examples, which moves the penalty but
not the unpenalised minimum.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.rationals import rational
from partialcredit.solvers.backprop import affine, through_weights
from partialcredit.solvers.matrices import Matrix, Rows, solve
from partialcredit.solvers.orthogonal import gram

__all__ = [
    "cost",
    "design",
    "gradient",
    "minimiser",
    "noise_penalty",
    "penalised",
    "penalised_slope",
    "residuals",
]

Vector = Sequence[Any]


def design(features: Matrix, degree: int) -> Rows:
    """The matrix X: a one, then the powers of every feature up to ``degree``.

    >>> design(((2,), (3,)), 2), design(((2, 5),), 1)
    (((1, 2, 4), (1, 3, 9)), ((1, 2, 5),))
    """
    return tuple((1, *(x**k for x in row for k in range(1, degree + 1))) for row in features)


def penalised(X: Matrix, penalties: Vector) -> Rows:
    """X^T X with a penalty for every parameter added to its diagonal.

    >>> penalised(((1, 0), (1, 2)), (0, 3))
    ((2, 2), (2, 7))
    """
    return tuple(
        tuple(entry + penalty if i == j else entry for j, entry in enumerate(row))
        for i, (row, penalty) in enumerate(zip(gram(X), penalties, strict=True))
    )


def minimiser(X: Matrix, y: Vector, penalties: Vector) -> tuple[Any, ...]:
    r"""The theta that minimises (1/2) ||y - X theta||^2 + (1/2) sum penalty_j theta_j^2.

    .. math:: \theta = (X^\top X + \Lambda)^{-1} X^\top y

    Plain least squares has penalties 0 and needs independent columns.

    >>> minimiser(((1, 0), (1, 1), (1, 2)), (1, 2, 2), (1, 1))
    (4/5, 3/5)
    """
    moments = [(moment,) for moment in through_weights(X, y)]
    return tuple(row[0] for row in solve(penalised(X, penalties), moments))


def residuals(X: Matrix, y: Vector, theta: Vector) -> tuple[Any, ...]:
    """What the fit leaves, y - X theta.

    >>> residuals(((1, 0), (1, 2)), (5, 0), (1, 1))
    (4, -3)
    """
    return tuple(target - fit for target, fit in zip(y, affine(X, theta), strict=True))


def cost(X: Matrix, y: Vector, theta: Vector) -> Any:
    """Half the sum of the squared residuals.

    >>> cost(((1, 0), (1, 2)), (5, 0), (1, 1))
    25/2
    """
    return rational(1, 2) * sum(r**2 for r in residuals(X, y, theta))


def gradient(X: Matrix, y: Vector, theta: Vector) -> tuple[Any, ...]:
    """The gradient of the cost, X^T (X theta - y).

    >>> gradient(((1, 0), (1, 2)), (5, 0), (1, 1))
    (-1, 6)
    """
    return through_weights(X, tuple(-r for r in residuals(X, y, theta)))


def penalised_slope(p: Any, q: Any, lam: Any) -> Any:
    r"""One parameter without intercept, p = sum x_i^2 and q = sum x_i y_i.

    .. math:: \theta = q / (p + \lambda)

    >>> penalised_slope(rational(3), 8, 1)
    2
    """
    return q / (p + lam)


def noise_penalty(examples: int, sigma: Any) -> Any:
    r"""The penalty that noise on the inputs amounts to.

    When every entry of X is disturbed independently with mean 0 and variance sigma^2, the expected
    cost is that of clean inputs plus (N sigma^2 / 2) ||theta||^2. Reference: Bishop (1995),
    "Training with noise is equivalent to Tikhonov regularization".

    >>> noise_penalty(5, rational(1, 2))
    5/4
    """
    return examples * sigma**2
