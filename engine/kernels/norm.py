"""Batch normalisation over all axes but the second, as its definition says.

Ioffe and Szegedy (2015), "Batch Normalization", Algorithm 1: the variance divides by m.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from partialcredit.engine.checks import Array

__all__ = ["Normalised", "column", "normalise"]


class Normalised(NamedTuple):
    """The output, the batch's mean and variance, and the gradients of x, weight and bias."""

    output: Array
    mean: Array
    variance: Array
    gradients: Callable[[Array], tuple[Array, Array, Array]]


def column(values: Array, x: Array) -> Array:
    """One value per channel, shaped to broadcast over x (N, C, ...)."""
    return values if x.ndim == 2 else values.reshape((-1, *(1,) * (x.ndim - 2)))


def normalise(x: Array, weight: Array | None, bias: Array | None, eps: float) -> Normalised:
    """Normalise x (N, C, ...) by its own mean and variance, scale and shift."""
    axes = (0, *range(2, x.ndim))
    m = x.size // x.shape[1]
    mean = np.add.reduce(x, axes) / m
    away = x - column(mean, x)
    variance = np.add.reduce(away * away, axes) / m
    scale = 1 / np.sqrt(variance + x.dtype.type(eps))
    normal = away * column(scale, x)
    output = normal if weight is None else normal * column(weight, x)
    if bias is not None:
        output = output + column(bias, x)

    def gradients(g: Array) -> tuple[Array, Array, Array]:
        # Ioffe and Szegedy's dx̂, dσ², dμ and dx, with the terms that cancel left out
        d_weight, d_bias = np.add.reduce(g * normal, axes), np.add.reduce(g, axes)
        inner = g - column(d_bias / m, g) - normal * column(d_weight / m, g)
        factor = scale if weight is None else scale * weight
        return inner * column(factor, g), d_weight, d_bias

    return Normalised(output, mean, variance, gradients)
