r"""Batch normalisation over a mini-batch of m values, each a number or a ``Vector`` of features.

Reference: Ioffe and Szegedy (2015), "Batch Normalization", Algorithm 1 and section 3. The variance
divides by m; only the running estimate used at test time divides by m - 1.

In the backward pass ``g`` is the gradient of the loss by the output y, one number per example, and
s is the root of variance + eps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot

__all__ = [
    "beta_gradient",
    "deviations",
    "gamma_gradient",
    "input_gradient",
    "mean",
    "mean_gradient",
    "normalize",
    "normalized_gradient",
    "scale_and_shift",
    "variance",
    "variance_gradient",
]


def mean(x: Sequence[Any]) -> Any:
    """The batch mean, (1/m) sum x_i.

    >>> mean([1, 2, 3, 6])
    3
    """
    return sum(x) * rational(1, len(x))


def variance(x: Sequence[Any], mean: Any) -> Any:
    """The batch variance about ``mean``, (1/m) sum (x_i - mean)^2.

    >>> variance([1, 2, 3, 6], 3)
    7/2
    """
    return sum((x_i - mean) ** 2 for x_i in x) * rational(1, len(x))


def normalize(x: Sequence[Any], mean: Any, variance: Any, eps: Number) -> Vector:
    """The normalised values, (x_i - mean) / sqrt(variance + eps): eps stands inside the root.

    >>> normalize([1, 3], 2, 1, 0)
    (-1, 1)
    """
    deviation = sqrt(variance + eps)
    return Vector((x_i - mean) / deviation for x_i in x)


def scale_and_shift(x_hat: Sequence[Any], gamma: Any, beta: Any) -> Vector:
    """The layer's output, gamma x_hat_i + beta.

    Warning: some notes exchange the letters and call the shift gamma.

    >>> scale_and_shift([-1, 1], 3, 2)
    (-1, 5)
    """
    return Vector(gamma * x_i + beta for x_i in x_hat)


def beta_gradient(g: Sequence[Number]) -> Number:
    """The gradient by beta, sum g_i.

    >>> beta_gradient([1, 0, -3])
    -2
    """
    return sum(g)


def gamma_gradient(x_hat: Sequence[Number], g: Sequence[Number]) -> Any:
    """The gradient by gamma, sum g_i x_hat_i.

    Warning: some notes lose the hat; the sum runs over the normalised values.

    >>> gamma_gradient([-1, 1], [2, 5])
    3
    """
    return dot(g, x_hat)


def normalized_gradient(g: Sequence[Number], gamma: Number) -> Vector:
    """The gradient by the normalised values, gamma g_i.

    >>> normalized_gradient([1, -2], 3)
    (3, -6)
    """
    return gamma * Vector(g)


def deviations(x: Sequence[Any]) -> Vector:
    """The distances from the batch mean, x_i - mean.

    >>> deviations([1, 3])
    (-1, 1)
    """
    centre = mean(x)
    return Vector(x_i - centre for x_i in x)


def variance_gradient(
    x: Sequence[Number], d_normalized: Sequence[Number], variance: Number, eps: Number
) -> Number:
    r"""The gradient by the variance (Ioffe and Szegedy 2015, section 3).

    .. math:: -\tfrac12 (\sigma^2 + \epsilon)^{-3/2} \sum_i (x_i - \mu) \, d\hat{x}_i

    Warning: notes that go through the nodes root and reciprocal one by one must multiply all local
    gradients; leaving one out loses the factor (x_i - mean) or the power -3/2.

    >>> variance_gradient([0, 4], [1, 2], 4, 0)
    -1/8
    """
    total = gamma_gradient(deviations(x), d_normalized)
    s = sqrt(rational(1) * (variance + eps))
    gradient: Number = rational(-1, 2) * total / ((variance + eps) * s)
    return gradient


def mean_gradient(d_normalized: Sequence[Number], variance: Number, eps: Number) -> Number:
    """The gradient by the mean, -sum d_normalized_i / s.

    The path through the variance adds nothing, because the distances from the mean sum to 0.

    >>> mean_gradient([1, 2], 4, 0)
    -3/2
    """
    gradient: Number = -sum(d_normalized) / sqrt(rational(1) * (variance + eps))
    return gradient


def input_gradient(
    x_hat: Sequence[Number],
    g: Sequence[Number],
    d_beta: Number,
    d_gamma: Number,
    scale: Number,
) -> Vector:
    r"""The gradient by the input, in closed form, with ``scale`` = gamma / s.

    .. math:: \frac{\gamma}{m s} \left(m g_i - \sum_j g_j - \hat{x}_i \sum_j g_j \hat{x}_j\right)

    >>> input_gradient([-1, 1], [1, 0], 1, -1, 2)
    (0, 0)
    """
    share = rational(1, len(g))
    return scale * (Vector(g) - share * d_beta - Vector(x_hat) * d_gamma * share)
