r"""Logistic regression on a data set; rows of X end in a 1 for the bias, labels are 0 or 1.

The loss is the mean of -[y ln p + (1 - y) ln(1 - p)] with p = σ(x·w), plus λ/2 times the squares
of all weights but the bias.
Reference: Bishop (2006), "Pattern recognition and machine learning", sections 4.3.2 and 4.3.3;
Hastie, Tibshirani and Friedman (2009), "The elements of statistical learning", section 4.4.1.
Warning: with the labels -1 and 1 the same loss is written ln(1 + e^(-y x·w)).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, exp, log
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, columns, dot

__all__ = ["gradient", "hessian", "loss", "newton", "probabilities", "sigmoid", "step"]


def sigmoid(z: Any) -> Any:
    """The logistic function, exact at 0.

    >>> sigmoid(0)
    1/2
    """
    return rational(1, 2) if z == 0 else 1 / (1 + exp(-z))


def probabilities(X: Sequence[Vector], w: Vector) -> Vector:
    """The probability of class 1 for every row: σ(x·w).

    >>> probabilities([Vector((2, 1)), Vector((1, 1))], Vector((0, 0)))
    (1/2, 1/2)
    """
    return Vector(sigmoid(dot(row, w)) for row in X)


def loss(p: Sequence[Any], y: Sequence[int]) -> Any:
    """The mean cross-entropy of the probabilities.

    >>> float(loss((rational(1, 2), rational(1, 2)), (0, 1)))
    0.6931471805599453
    """
    told = [q if label else 1 - q for q, label in zip(p, y, strict=True)]
    return -sum(map(log, told)) * rational(1, len(told))


def gradient(
    X: Sequence[Vector], y: Vector, p: Vector, penalty: Number, w: Sequence[Number]
) -> Vector:
    r"""The gradient of the loss; the bias, last, is not penalised.

    .. math:: \tfrac{1}{m} X^\top (p - y) + \lambda w

    >>> half = rational(1, 2)
    >>> gradient([(2, 1), (0, 1)], Vector((1, 0)), Vector((half, half)), half, (1, 3))
    (0, 0)
    """
    decay = [penalty * v for v in w[:-1]]
    means = [dot(column, p - y) * rational(1, len(p)) for column in columns(X)]
    return Vector(map(sum, zip(means, [*decay, 0], strict=True)))


def hessian(X: Sequence[Vector], p: Vector, penalty: Number) -> Vector:
    r"""The second derivatives of the loss.

    .. math:: \tfrac{1}{m} X^\top \mathrm{diag}(p (1 - p)) X + \lambda I

    without the 1 of the bias in I.

    >>> hessian([(2, 1), (0, 1)], Vector((rational(1, 2), rational(1, 2))), 1)
    ((3/2, 1/4), (1/4, 1/4))
    """
    slopes = p * (1 - p) / rational(len(p))
    rows = [[dot(Vector(a) * slopes, b) for b in columns(X)] for a in columns(X)]
    for i in range(len(rows) - 1):
        rows[i][i] += penalty
    return Vector(map(Vector, rows))


def step(w: Vector, eta: Number, gradient: Vector) -> Any:
    """The weights after a step of gradient descent.

    >>> step(Vector((1, 0)), 2, Vector((3, 4)))
    (-5, -8)
    """
    return w - eta * gradient


def newton(w: Vector, gradient: Vector, hessian: Sequence[Sequence[Any]]) -> Any:
    """The two weights after Newton's step, by Cramer's rule: w - H⁻¹ g.

    >>> newton(Vector((0, 0)), Vector((1, 1)), ((rational(2), 1), (1, 1)))
    (0, -1)
    """
    (a, b), (c, d) = hessian
    g, h = gradient
    return w - Vector((d * g - b * h, a * h - c * g)) / (a * d - b * c)
