"""What a data set is: inputs and labels of equal length."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.errors import EngineError

__all__ = ["Dataset", "as_images", "dataset"]


@dataclass(frozen=True)
class Dataset:
    """Inputs (N, ...) and integer labels (N,) of ``classes`` classes."""

    x: Array
    y: Array
    classes: int

    def take(self, rows: Array) -> Dataset:
        """The examples with these indices."""
        return Dataset(self.x[rows], self.y[rows], self.classes)


def dataset(x: Array, y: Array, source: str) -> Dataset:
    """Check arrays read from ``source`` and make them a data set of float32 inputs."""
    if len(x) == 0 or y.shape != (len(x),):
        raise EngineError(
            f"{source} should hold as many labels as examples, but holds {x.shape} and {y.shape}"
        )
    if y.dtype.kind not in "iu" or int(y.min()) < 0:
        raise EngineError(f"{source} should hold labels 0, 1, ..., but they are {y.dtype}")
    values = x.astype(np.float32)
    if not np.isfinite(values).all():
        raise EngineError(f"{source} holds values that are not finite")
    return Dataset(values, y.astype(np.int64), int(y.max()) + 1)


def as_images(x: Array, size: int) -> Array:
    """Square images (N, H, W) as (N, 1, size, size): enlarged by a whole factor, then centred.

    8 by 8 digits become 32 by 32 fourfold; 28 by 28 digits get a border of 2, as LeCun et al.
    (1998) fed them to LeNet-5.
    """
    if x.ndim != 3 or x.shape[1] != x.shape[2] or x.shape[1] > size:
        raise EngineError(
            f"as_images expects square images of at most {size} by {size}, but received {x.shape}"
        )
    factor = size // x.shape[1]
    large = x.repeat(factor, axis=1).repeat(factor, axis=2)
    before = (size - large.shape[1]) // 2
    after = size - large.shape[1] - before
    return np.pad(large, ((0, 0), (before, after), (before, after)))[:, None]
