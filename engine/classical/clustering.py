"""Clusters around their means."""

from __future__ import annotations

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.errors import EngineError

__all__ = ["k_means"]


def k_means(x: Array, centers: Array, max_iter: int = 300) -> tuple[Array, Array, float]:
    """Centres (K, d), labels (N,) from 0 and the sum of squared distances, from given centres.

    One iteration gives every row of ``x`` (N, d) to the nearest centre, of equally near ones to
    the first, and then moves all centres to the means of their rows; a centre without rows stays.
    The labels are those of the last iteration, and the sum is to the centres as moved by it
    (Lloyd, 1982). Stops before ``max_iter`` when no label changes.
    """
    if x.ndim != 2 or centers.ndim != 2 or x.shape[1] != centers.shape[1]:
        raise EngineError(
            f"k_means expects x (N, d) and centers (K, d), but received {x.shape} and "
            f"{centers.shape}"
        )
    if max_iter < 1:
        raise EngineError(f"k_means expects max_iter of at least 1, but received {max_iter}")
    centers, labels = centers.astype(float), np.full(len(x), -1)
    for _iteration in range(max_iter):
        before, labels = labels, _distances(x, centers).argmin(axis=1)
        if (labels == before).all():
            break
        for k in set(labels.tolist()):
            centers[k] = x[labels == k].mean(axis=0)
    return centers, labels, float(np.square(x - centers[labels]).sum())


def _distances(x: Array, centers: Array) -> Array:
    """The squared distance of every row (N, K)."""
    squares: Array = np.square(x[:, None] - centers).sum(axis=2)
    return squares
