"""The nearest neighbours."""

from __future__ import annotations

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.errors import EngineError

__all__ = ["knn_predict"]


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
