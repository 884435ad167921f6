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

__all__ = [
    "best_weight",
    "clean_loss",
    "equivalent_sigma",
    "expected_square",
    "noisy_loss",
    "noisy_loss_correlated",
]

Vector = Sequence[Number]


def clean_loss(w: Vector, b: Number, X: Sequence[Vector], y: Vector) -> Number:
    """The mean squared error without noise.

    >>> clean_loss((1, 2), 0, ((1, 1), (0, 1)), (2, 2))
    1/2
    """
    outputs = [sum(w_j * x_j for w_j, x_j in zip(w, x, strict=True)) + b for x in X]
    return sum((o - t) ** 2 for o, t in zip(outputs, y, strict=True)) * rational(1, len(y))


def noisy_loss(clean: Number, w: Vector, sigma: Number) -> Number:
    r"""The expected loss when the entries of the noise are independent with deviation sigma.

    .. math:: \mathrm{MSE} + \sigma^2 \lVert w \rVert^2

    >>> noisy_loss(1, (1, 2), rational(1, 2))
    9/4
    """
    return clean + sigma**2 * sum(w_j * w_j for w_j in w)


def noisy_loss_correlated(clean: Number, w: Vector, covariance: Sequence[Vector]) -> Number:
    r"""The expected loss when the noise has a covariance matrix S.

    .. math:: \mathrm{MSE} + w^\top S w

    >>> noisy_loss_correlated(1, (1, 2), ((1, 1), (1, 3)))
    18
    """
    return clean + sum(
        w_i * s * w_j
        for w_i, row in zip(w, covariance, strict=True)
        for w_j, s in zip(w, row, strict=True)
    )


def expected_square(w: Any, x: Any, y: Any, sigma: Any) -> Any:
    r"""The expected loss of one example with one input and no bias.

    .. math:: (w x - y)^2 + \sigma^2 w^2

    >>> expected_square(2, 1, 3, 1)
    5
    """
    return (w * x - y) ** 2 + sigma**2 * w**2


def best_weight(x: Vector, y: Vector, sigma: Number) -> Number:
    r"""The weight of one input, without bias, that makes the expected loss smallest.

    .. math:: w = \sum_i x_i y_i / (\sum_i x_i^2 + n \sigma^2)

    >>> best_weight((1, 2), (2, 2), 1)
    6/7
    """
    above = sum(x_i * y_i for x_i, y_i in zip(x, y, strict=True))
    below = sum(x_i * x_i for x_i in x) + len(x) * sigma**2
    return above * (rational(1) / below)


def equivalent_sigma(lam: Rational, n: int) -> Number:
    r"""The deviation that acts like the ridge penalty lam ||w||^2 added to the sum of squares.

    .. math:: \sigma = \sqrt{\lambda / n}

    >>> equivalent_sigma(rational(1), 4)
    1/2
    """
    deviation: Number = sqrt(lam / n)
    return deviation
