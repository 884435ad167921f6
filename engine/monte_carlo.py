"""Monte-Carlo means with their standard errors."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any, NamedTuple

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.errors import EngineError

__all__ = ["SampleMean", "monte_carlo"]


class SampleMean(NamedTuple):
    """A sample mean, its standard error (floats or arrays), and the number of samples behind it."""

    mean: Any
    standard_error: Any
    samples: int


def monte_carlo(
    f: Callable[[np.random.Generator, int], Array], samples: int, seed: int, chunk: int = 1 << 16
) -> SampleMean:
    """The mean of ``samples`` draws of ``f``, reproducible from ``seed``.

    ``f(generator, n)`` returns n independent values, on the *last* axis; any axes before it are
    separate quantities. Chunks keep the work in the cache and are merged by the pairwise update of
    Chan, Golub and LeVeque (1979), so that the variance does not suffer from a large mean.

    >>> estimate = monte_carlo(lambda rng, n: rng.random(n), 100_000, seed=1)
    >>> bool(abs(estimate.mean - 0.5) < 5 * estimate.standard_error)
    True
    """
    if samples < 2:
        raise EngineError(f"monte_carlo expects at least 2 samples, but received {samples}")
    generator = np.random.Generator(np.random.SFC64(seed))
    count, mean, spread = 0, np.float64(0), np.float64(0)
    while count < samples:
        n = min(chunk, samples - count)
        values = np.asarray(f(generator, n), dtype=np.float64)
        if values.shape[-1:] != (n,):
            raise EngineError(
                f"monte_carlo expects {n} values on the last axis, but received {values.shape}"
            )
        if not np.isfinite(values).all():
            raise EngineError("monte_carlo met a value that is not finite")
        part = values.mean(axis=-1)
        away = values - part[..., None]
        delta = part - mean
        total = count + n
        spread = spread + np.einsum("...n,...n->...", away, away) + delta**2 * (count * n / total)
        mean = mean + delta * (n / total)
        count = total
    error = np.sqrt(spread / (count - 1)) / sqrt(count)
    return SampleMean(mean, error, count)
