r"""Layer norm and RMS norm of one token with d features.

.. math:: y_i = \gamma_i \frac{x_i - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta_i, \qquad
          y_i = \gamma_i \frac{x_i}{\sqrt{\frac1d \sum_j x_j^2 + \epsilon}}

Reference: Ba, Kiros and Hinton (2016), equation 4; Zhang and Sennrich (2019), equation 4. Mean and
variance are those of :mod:`batchnorm`, taken over features: the variance divides by d.
"""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import batchnorm

__all__ = ["layer_norm", "layer_statistics", "rms_norm"]


def layer_norm(
    x: Sequence[Number],
    mean: Number,
    variance: Number,
    gamma: Sequence[Number],
    beta: Sequence[Number],
    eps: Number,
) -> Vector:
    """The features normalised by their mean and variance, scaled and shifted one by one.

    >>> layer_norm((1, 3), 2, 1, (2, 1), (0, 5), 0)
    (-2, 6)
    """
    normal = batchnorm.normalize(x, mean, variance, eps)
    output: Vector = Vector(gamma) * normal + Vector(beta)
    return output


def rms_norm(x: Sequence[Number], gamma: Sequence[Number], eps: Number) -> Vector:
    """The features divided by the root of their mean square and scaled, without a shift.

    >>> rms_norm((2, -2), (1, 3), 0)
    (1, -3)
    """
    root = sqrt(batchnorm.mean(Vector(x) ** 2) + eps)
    output: Vector = Vector(gamma) * Vector(x) / root
    return output


def layer_statistics(batch: int, tokens: int) -> int:
    """Means and variances of a layer norm: a pair for every token."""
    return 2 * batch * tokens
