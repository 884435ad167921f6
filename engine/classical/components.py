"""Principal components."""

from __future__ import annotations

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.errors import EngineError

__all__ = ["pca"]


def pca(x: Array, n_components: int) -> tuple[Array, Array, Array]:
    """Components (n_components, d), the variances along them, and the mean (d,), of x (N, d).

    Components are unit vectors whose first entry that is not 0 is positive, from the largest
    variance to the smallest; variances divide by N - 1. Found by the singular value decomposition
    of the centred rows, never from the covariance matrix (Bishop, 2006, section 12.1).
    """
    if x.ndim != 2 or len(x) < 2 or not 1 <= n_components <= min(x.shape):
        raise EngineError(
            f"pca expects x (N, d) of two rows or more and at most {min(x.shape, default=0)} "
            f"components, but received {x.shape} and n_components={n_components}"
        )
    mean = x.mean(axis=0)
    _, s, components = np.linalg.svd(x - mean, full_matrices=False)
    leading = np.abs(components) > 1e-12
    signs = np.sign(components[np.arange(len(components)), leading.argmax(axis=1)])
    kept = (components * signs[:, None])[:n_components]
    return kept, np.square(s[:n_components]) / (len(x) - 1), mean
