"""The first lectures' learners: nearest neighbours and least squares."""

from __future__ import annotations

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.errors import EngineError

__all__ = ["knn_predict", "least_squares"]


def knn_predict(x: Array, y: Array, queries: Array, k: int = 1, p: float = 2.0) -> Array:
    """The majority label among the ``k`` training rows nearest to each query, in the p-norm.

    ``x`` (N, d), labels ``y`` (N,) from 0, ``queries`` (M, d). Of rows equally far the earlier one
    is nearer; of labels equally frequent the smallest wins.
    """
    if not 1 <= k <= len(x) or x.shape[1:] != queries.shape[1:]:
        raise EngineError(
            f"knn_predict expects k from 1 to {len(x)} and queries of shape (M, {x.shape[-1]}), "
            f"but received k={k} and {queries.shape}"
        )
    classes = int(y.max()) + 1
    labels = []
    for query in queries:
        distance = np.linalg.norm(x - query, ord=p, axis=1)
        nearest = np.argsort(distance, kind="stable")[:k]
        labels.append(int(np.bincount(y[nearest], minlength=classes).argmax()))
    return np.array(labels)


def least_squares(x: Array, y: Array, weight_decay: float = 0.0) -> Array:
    """The θ that minimises ‖Xθ - y‖² + weight_decay · ‖θ‖², for X (N, d).

    Of several minimisers the shortest (weight_decay = 0). Solved by the singular value
    decomposition, never by inverting XᵀX.
    """
    if x.ndim != 2 or len(x) != len(y):
        raise EngineError(
            f"least_squares expects X (N, d) and y (N, ...), but received {x.shape} and {y.shape}"
        )
    if weight_decay:
        ridge = np.sqrt(weight_decay) * np.eye(x.shape[1], dtype=x.dtype)
        x = np.concatenate([x, ridge])
        y = np.concatenate([y, np.zeros((len(ridge), *y.shape[1:]), y.dtype)])
    solution: Array = np.linalg.lstsq(x, y, rcond=None)[0]
    return solution
