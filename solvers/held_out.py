r"""Errors on held-out points: every point is predicted by a model fitted to the others.

Reference: Stone (1974), "Cross-validatory choice and assessment of statistical predictions";
Hastie, Tibshirani and Friedman (2009), "The elements of statistical learning", sections 5.5.2 and
7.10. Warning: the standard error of the fold mean divides by K - 1 inside and by the root of K
outside; folds share training data, so it is only a rule of thumb.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot

__all__ = [
    "constant_predictions",
    "held_out_residuals",
    "leverages",
    "line",
    "mean_square",
    "penalised_slope",
    "penalised_slopes",
    "standard_error",
]


def constant_predictions(y: Vector) -> Vector:
    """The mean of the others, for every label.

    >>> constant_predictions(Vector((1, 3, 2, 6)))
    (11/3, 3, 10/3, 2)
    """
    return (sum(y) - y) * rational(1, len(y) - 1)


def mean_square(residuals: Sequence[Any]) -> Any:
    """The mean of the squares.

    >>> mean_square((rational(1), rational(3)))
    5
    """
    return sum(r**2 for r in residuals) * rational(1, len(residuals))


def line(x: Vector, y: Vector) -> tuple[Any, Any]:
    """Slope and intercept of the line of least squares.

    >>> line(Vector((0, 1, 2)), Vector((1, 3, 8)))
    (7/2, 1/2)
    """
    n = len(x)
    slope = rational(n * dot(x, y) - sum(x) * sum(y), n * dot(x, x) - sum(x) ** 2)
    return slope, (sum(y) - slope * sum(x)) * rational(1, n)


def leverages(x: Vector) -> Vector:
    r"""How much a point draws its own fitted value.

    .. math:: h_i = \frac{1}{n} + \frac{(x_i - \bar{x})^2}{\sum_j (x_j - \bar{x})^2}

    >>> leverages(Vector((0, 1, 2)))
    (5/6, 1/3, 5/6)
    """
    away = x - sum(x) * rational(1, len(x))
    return rational(1, len(x)) + away**2 / sum(away**2)


def held_out_residuals(residuals: Vector, leverages: Vector) -> Vector:
    """What the residuals are when the line is fitted without the point: e / (1 - h).

    >>> held_out_residuals(Vector((1, 2)), Vector((rational(1, 2), rational(1, 3))))
    (2, 3)
    """
    return residuals / (1 - leverages)


def penalised_slope(x: Vector, y: Vector, penalty: Number) -> Any:
    r"""The slope of y = w x that minimises the squared residuals plus λ w².

    .. math:: w = \frac{\sum_i x_i y_i}{\sum_i x_i^2 + \lambda}

    >>> penalised_slope(Vector((1, 2)), Vector((2, 5)), 3)
    3/2
    """
    return rational(dot(x, y), dot(x, x) + penalty)


def penalised_slopes(x: Vector, y: Vector, penalty: Number) -> Vector:
    """The slopes without each of the points.

    >>> penalised_slopes(Vector((1, 2)), Vector((2, 5)), 1)
    (2, 1)
    """
    return Vector(
        penalised_slope(Vector((*x[:i], *x[i + 1 :])), Vector((*y[:i], *y[i + 1 :])), penalty)
        for i in range(len(x))
    )


def standard_error(errors: Vector) -> Any:
    r"""The standard error of the mean of fold errors.

    .. math:: \sqrt{\frac{1}{K (K - 1)} \sum_k (e_k - \bar{e})^2}

    >>> standard_error(Vector((rational(1), rational(3), rational(5))))
    Exact('sqrt', 4/3)
    """
    K = len(errors)
    away = errors - sum(errors) * rational(1, K)
    return sqrt(sum(away**2) / (K * (K - 1)))
