"""Fits with an L1 penalty, found by following the slope of the cost."""

import numpy as np

from partialcredit import engine

__all__ = ["fitted", "regressed", "slopes", "vanishing"]


def slopes(cost, w):
    """The tape's gradient."""
    weights = engine.Tensor(np.array(w, dtype=float), requires_grad=True)
    cost(weights).backward()
    return weights.grad


def lowest(cost, size):
    """Where the slope of a convex cost changes its sign, in every coordinate by itself."""
    low, high = np.full(size, -20.0), np.full(size, 20.0)
    for _step in range(36):
        middle = (low + high) / 2
        rising = slopes(cost, middle) > 0
        low, high = np.where(rising, low, middle), np.where(rising, middle, high)
    return (low + high) / 2


def fitted(v, t):
    return lowest(lambda w: ((w - np.array(v)) ** 2 / 2 + w.abs() * t).sum(), len(v))


def regressed(inputs, y, t):
    def cost(w):
        return ((inputs @ w - np.array(y)) ** 2).sum() / 2 + w.abs().sum() * t

    return lowest(cost, inputs.shape[1])


def vanishing(weights):
    return int((np.abs(weights) < 1e-9).sum())
