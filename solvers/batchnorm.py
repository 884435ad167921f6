"""Batch normalisation of one feature over a mini-batch of m values.

Reference: Ioffe and Szegedy (2015), "Batch Normalization", Algorithm 1 and section 3. The variance
divides by m; only the running estimate used at test time divides by m - 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from partialcredit.exact import Number, sqrt

__all__ = ["mean", "normalize", "scale_and_shift", "variance"]


def mean(x: Sequence[Number]) -> Number:
    """The batch mean, (1/m) sum x_i.

    >>> mean([1, 2, 3, 6])
    Fraction(3, 1)
    """
    return sum(x) * Fraction(1, len(x))


def variance(x: Sequence[Number], mean: Number) -> Number:
    """The batch variance about ``mean``, (1/m) sum (x_i - mean)^2.

    >>> variance([1, 2, 3, 6], 3)
    Fraction(7, 2)
    """
    return sum((x_i - mean) ** 2 for x_i in x) * Fraction(1, len(x))


def normalize(
    x: Sequence[Number], mean: Number, variance: Number, eps: Number
) -> tuple[Number, ...]:
    """The normalised values, (x_i - mean) / sqrt(variance + eps): eps stands inside the root."""
    deviation = sqrt(variance + eps)
    return tuple((x_i - mean) / deviation for x_i in x)


def scale_and_shift(x_hat: Sequence[Number], gamma: Number, beta: Number) -> tuple[Number, ...]:
    """The layer's output, gamma x_hat_i + beta."""
    return tuple(gamma * x_i + beta for x_i in x_hat)
