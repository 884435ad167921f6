r"""Linear regression whose inputs are disturbed by noise delta of mean 0, drawn for every example.

The prediction is w^T (x + delta) + b and the loss the squared error. Reference: Bishop (1995),
"Training with noise is equivalent to Tikhonov regularization". Warning: some notes print
E[delta delta^T] = 0; it is the covariance of the noise, sigma^2 I for independent entries.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.vectors import Vector, dot

__all__ = [
    "best_weight",
    "clean_loss",
    "equivalent_sigma",
    "expected_square",
    "noisy_loss",
    "noisy_loss_correlated",
]


def clean_loss(
    w: Sequence[Number], b: Number, X: Sequence[Sequence[Number]], y: Sequence[Number]
) -> Number:
    """The mean squared error without noise.

    >>> clean_loss((1, 2), 0, ((1, 1), (0, 1)), (2, 2))
    1/2
    """
    misses = Vector(dot(w, x) for x in X) + b - Vector(y)
    return sum(misses**2) * rational(1, len(y))


def noisy_loss(clean: Number, w: Sequence[Number], sigma: Number) -> Any:
    r"""The expected loss when the entries of the noise are independent with deviation sigma.

    .. math:: \mathrm{MSE} + \sigma^2 \lVert w \rVert^2

    >>> noisy_loss(1, (1, 2), rational(1, 2))
    9/4
    """
    return clean + sigma**2 * dot(w, w)


def noisy_loss_correlated(
    clean: Number, w: Sequence[Number], covariance: Sequence[Sequence[Number]]
) -> Any:
    r"""The expected loss when the noise has a covariance matrix S.

    .. math:: \mathrm{MSE} + w^\top S w

    >>> noisy_loss_correlated(1, (1, 2), ((1, 1), (1, 3)))
    18
    """
    return clean + dot(w, [dot(row, w) for row in covariance])


def expected_square(w: Any, x: Any, y: Any, sigma: Any) -> Any:
    r"""The expected loss of one example with one input and no bias.

    .. math:: (w x - y)^2 + \sigma^2 w^2

    >>> expected_square(2, 1, 3, 1)
    5
    """
    return (w * x - y) ** 2 + sigma**2 * w**2


def best_weight(x: Sequence[Number], y: Sequence[Number], sigma: Number) -> Number:
    r"""The weight of one input, without bias, that makes the expected loss smallest.

    .. math:: w = \sum_i x_i y_i / (\sum_i x_i^2 + n \sigma^2)

    >>> best_weight((1, 2), (2, 2), 1)
    6/7
    """
    best: Number = dot(x, y) * (rational(1) / (dot(x, x) + len(x) * sigma**2))
    return best


def equivalent_sigma(lam: Rational, n: int) -> Number:
    r"""The deviation that acts like the ridge penalty lam ||w||^2 added to the sum of squares.

    .. math:: \sigma = \sqrt{\lambda / n}

    >>> equivalent_sigma(rational(1), 4)
    1/2
    """
    deviation: Number = sqrt(lam / n)
    return deviation
