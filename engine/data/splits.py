"""Dividing examples: mini-batches, folds, and train, validation and test parts.

All functions return row numbers and take a generator or a seed; the same seed gives the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.init import Seed, generator_of
from partialcredit.errors import EngineError

__all__ = ["batches", "k_fold", "split"]


def batches(
    count: int, batch_size: int, generator: Seed = None, drop_last: bool = False
) -> Iterator[Array]:
    """Every row once, shuffled, ``batch_size`` at a time; the last batch may be smaller."""
    if batch_size < 1:
        raise EngineError(f"batches expects a batch_size of at least 1, but received {batch_size}")
    order = generator_of(generator).permutation(count)
    end = count - count % batch_size if drop_last else count
    return (order[first : first + batch_size] for first in range(0, end, batch_size))


def k_fold(count: int, k: int, generator: Seed = None) -> Iterator[tuple[Array, Array]]:
    """``k`` pairs (training rows, held-out rows); the held-out parts differ by at most one row."""
    if not 2 <= k <= count:
        raise EngineError(f"k_fold expects k from 2 to {count}, but received {k}")
    order = generator_of(generator).permutation(count)
    folds = np.array_split(order, k)
    return (
        (np.concatenate([f for j, f in enumerate(folds) if j != i]), fold)
        for i, fold in enumerate(folds)
    )


def split(count: int, *fractions: float, generator: Seed = None) -> list[Array]:
    """Shuffled, disjoint rows, one part per fraction; the fractions add up to 1.

    ``split(n, 0.6, 0.2, 0.2)`` is the usual training, validation and test split.
    """
    if not fractions or min(fractions) < 0 or abs(sum(fractions) - 1) > 1e-9:
        raise EngineError(f"split expects fractions that add up to 1, but received {fractions}")
    order = generator_of(generator).permutation(count)
    ends = np.round(np.cumsum(fractions[:-1]) * count).astype(int)
    return np.split(order, ends)
