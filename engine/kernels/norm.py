"""Batch normalisation over all axes but one, as its definition says.

Ioffe and Szegedy (2015), "Batch Normalization", Algorithm 1: the variance divides by m.
"""

from __future__ import annotations

import numpy as np

from partialcredit.engine.checks import Array

__all__ = ["backward", "normalise", "statistics"]


def _axes(x: Array) -> tuple[int, ...]:
    return (0, *range(2, x.ndim))


def _column(values: Array, x: Array) -> Array:
    return values.reshape((-1, *(1,) * (x.ndim - 2))) if x.ndim > 2 else values


def statistics(x: Array) -> tuple[Array, Array]:
    """The mean and the variance (divided by m) of every channel of x (N, C, ...)."""
    axes = _axes(x)
    m = x.size // x.shape[1]
    mean = np.add.reduce(x, axes) / m
    away = x - _column(mean, x)
    return mean, np.add.reduce(away * away, axes) / m


def normalise(x: Array, mean: Array, scale: Array) -> Array:
    """(x - mean) · scale, channel by channel, with ``scale`` = 1/√(variance + eps)."""
    return (x - _column(mean, x)) * _column(scale, x)


def backward(g: Array, normal: Array, factor: Array) -> tuple[Array, Array, Array]:
    """The gradients of x, weight and bias in training, given ``normal`` and weight · scale.

    dx = factor (g - mean(g) - normal · mean(g · normal)), which is Ioffe and Szegedy's chain of
    equations for dx̂, dσ², dμ and dx with the terms that cancel left out.
    """
    axes = _axes(g)
    m = g.size // g.shape[1]
    d_weight, d_bias = np.add.reduce(g * normal, axes), np.add.reduce(g, axes)
    inner = g - _column(d_bias / m, g) - normal * _column(d_weight / m, g)
    return inner * _column(factor, g), d_weight, d_bias
