"""Gaussian classes without the formulas of maximum likelihood: what the witnesses look at."""

from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

__all__ = ["Class", "fitted", "shared", "spreads", "vertices"]


class Class(NamedTuple):
    """The share of the examples and the law of every feature."""

    share: float
    laws: Any

    def weigh(self, x):
        """p(y) p(x | y), as a product of densities."""
        found = self.share
        for law, value in zip(self.laws, x, strict=True):
            found *= law.pdf(value)
        return found


def vertices(points):
    """The place where the summed squared distance, a parabola in the mean, is smallest."""
    x = np.array(points, dtype=float).reshape(len(points), -1)
    below, at, above = (((x - m) ** 2).sum(axis=0) for m in (-1, 0, 1))
    return (below - above) / (2 * (below + above - 2 * at))


def spreads(points):
    """Half the mean squared distance of all pairs."""
    x = np.array(points, dtype=float).reshape(len(points), -1)
    return ((x[:, None] - x) ** 2).mean(axis=(0, 1)) / 2


def fitted(first, second):
    """The two classes, each with variances of its own."""
    total = len(first) + len(second)
    return [
        Class(len(points) / total, [*map(law, vertices(points), spreads(points))])
        for points in (first, second)
    ]


def shared(first, second):
    """The two classes, of one feature, with the variance of all distances from the own mean."""
    total = len(first) + len(second)
    v = (spreads(first)[0] * len(first) + spreads(second)[0] * len(second)) / total
    return [Class(len(points) / total, [law(vertices(points)[0], v)]) for points in (first, second)]


def law(mean, variance):
    return NormalDist(float(mean), float(variance) ** 0.5)
