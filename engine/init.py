"""Initial values, in place, under the names of ``torch.nn.init``.

``generator`` is a NumPy generator or a seed; None draws fresh entropy. fan_in and fan_out of a
weight (out, in, ...) are in and out times the size of the kernel.
"""

from __future__ import annotations

from functools import lru_cache
from math import prod, sqrt
from os import getpid
from typing import Any

import numpy as np

from partialcredit.engine.tensor import Parameter, Tensor
from partialcredit.errors import EngineError

__all__ = [
    "calculate_gain", "constant_", "default_uniform", "fans", "generator_of", "kaiming_normal_",
    "kaiming_uniform_", "normal_", "ones_", "uniform_", "xavier_normal_", "xavier_uniform_",
    "zeros_",
]  # fmt: skip

Seed = np.random.Generator | int | None


def generator_of(seed: Seed) -> np.random.Generator:
    """A generator from a generator, a seed or None; SFC64, the fastest NumPy has."""
    if isinstance(seed, np.random.Generator):
        return seed
    return _unseeded(getpid()) if seed is None else np.random.Generator(np.random.SFC64(seed))


@lru_cache(maxsize=1)
def _unseeded(process: int) -> np.random.Generator:  # noqa: ARG001 - a forked one has its own
    """What draws where nobody gave a seed: entropy takes longer to gather than a small layer."""
    return np.random.Generator(np.random.SFC64())


def default_uniform(
    shape: tuple[int, ...], fan_in: int, dtype: Any, generator: np.random.Generator
) -> Parameter:
    """A parameter uniform on ±1/√fan_in, where torch's Linear and Conv layers start."""
    bound = 1 / sqrt(fan_in) if fan_in else 0.0
    values = generator.random(shape, np.float32 if dtype == np.float32 else np.float64)
    return Parameter(((values * 2 - 1) * values.dtype.type(bound)).astype(dtype, copy=False))


def fans(tensor: Tensor) -> tuple[int, int]:
    """(fan_in, fan_out) of a weight with at least two axes."""
    if tensor.ndim < 2:
        raise EngineError(f"fans expects a weight of two axes or more, but received {tensor.shape}")
    kernel = prod(tensor.shape[2:])
    return tensor.shape[1] * kernel, tensor.shape[0] * kernel


def calculate_gain(nonlinearity: str, param: float = 0.01) -> float:
    """The factor that keeps the variance through an activation, with torch's constants."""
    gains = {"linear": 1.0, "sigmoid": 1.0, "tanh": 5 / 3, "relu": sqrt(2.0)}
    gains["leaky_relu"] = sqrt(2 / (1 + param**2))
    if nonlinearity not in gains:
        raise EngineError(f"calculate_gain expects one of {', '.join(gains)}, not {nonlinearity!r}")
    return gains[nonlinearity]


def constant_(tensor: Tensor, value: float) -> Tensor:
    """Every element ``value``."""
    tensor.data[...] = value
    return tensor


def zeros_(tensor: Tensor) -> Tensor:
    """Every element 0."""
    return constant_(tensor, 0.0)


def ones_(tensor: Tensor) -> Tensor:
    """Every element 1."""
    return constant_(tensor, 1.0)


def normal_(tensor: Tensor, mean: float = 0.0, std: float = 1.0, generator: Seed = None) -> Tensor:
    """Independent N(mean, std²)."""
    tensor.data[...] = generator_of(generator).normal(mean, std, tensor.shape)
    return tensor


def uniform_(tensor: Tensor, a: float = 0.0, b: float = 1.0, generator: Seed = None) -> Tensor:
    """Independent U(a, b)."""
    tensor.data[...] = generator_of(generator).uniform(a, b, tensor.shape)
    return tensor


def xavier_normal_(tensor: Tensor, gain: float = 1.0, generator: Seed = None) -> Tensor:
    """N(0, gain² · 2 / (fan_in + fan_out)): Glorot and Bengio (2010), equation 12."""
    return normal_(tensor, 0.0, gain * sqrt(2 / sum(fans(tensor))), generator)


def xavier_uniform_(tensor: Tensor, gain: float = 1.0, generator: Seed = None) -> Tensor:
    """U(±gain √(6 / (fan_in + fan_out))): Glorot and Bengio (2010), equation 16."""
    bound = gain * sqrt(6 / sum(fans(tensor)))
    return uniform_(tensor, -bound, bound, generator)


def kaiming_normal_(
    tensor: Tensor, a: float = 0.0, mode: str = "fan_in", nonlinearity: str = "leaky_relu",
    generator: Seed = None,
) -> Tensor:  # fmt: skip
    """N(0, gain² / fan): He et al. (2015), equation 10, 2 / fan_in for ReLU."""
    return normal_(tensor, 0.0, _he(tensor, a, mode, nonlinearity), generator)


def kaiming_uniform_(
    tensor: Tensor, a: float = 0.0, mode: str = "fan_in", nonlinearity: str = "leaky_relu",
    generator: Seed = None,
) -> Tensor:  # fmt: skip
    """The uniform distribution with the variance of :func:`kaiming_normal_`."""
    bound = sqrt(3.0) * _he(tensor, a, mode, nonlinearity)
    return uniform_(tensor, -bound, bound, generator)


def _he(tensor: Tensor, a: float, mode: str, nonlinearity: str) -> float:
    if mode not in ("fan_in", "fan_out"):
        raise EngineError(f"kaiming expects mode 'fan_in' or 'fan_out', not {mode!r}")
    fan = fans(tensor)[mode == "fan_out"]
    return calculate_gain(nonlinearity, a) / sqrt(fan)
