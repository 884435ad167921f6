"""Models a laptop trains in seconds. Each takes images (N, 1, H, W)."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from partialcredit.engine.init import Seed, generator_of
from partialcredit.engine.layers.activation import ReLU, Sigmoid
from partialcredit.engine.layers.container import Sequential
from partialcredit.engine.layers.conv import Conv2d
from partialcredit.engine.layers.linear import Flatten, Linear
from partialcredit.engine.layers.pool import MaxPool2d

__all__ = ["autoencoder", "lenet5", "linear", "mlp", "softmax"]

Shape = tuple[int, int, int]


def linear(
    shape: Shape, classes: int, dtype: Any = np.float32, generator: Seed = None
) -> Sequential:
    """Linear regression onto one-hot targets."""
    return Sequential(Flatten(), Linear(prod(shape), classes, dtype=dtype, generator=generator))


softmax = linear  # the same map; the loss makes the difference


def mlp(shape: Shape, classes: int, dtype: Any = np.float32, generator: Seed = None) -> Sequential:
    """Two hidden layers, 256 and 128 wide."""
    rng = generator_of(generator)
    return Sequential(
        Flatten(),
        Linear(prod(shape), 256, dtype=dtype, generator=rng),
        ReLU(),
        Linear(256, 128, dtype=dtype, generator=rng),
        ReLU(),
        Linear(128, classes, dtype=dtype, generator=rng),
    )


def autoencoder(
    shape: Shape, classes: int = 0, dtype: Any = np.float32, generator: Seed = None, code: int = 16
) -> Sequential:
    """Compress to ``code`` numbers and back; outputs in (0, 1), flattened."""
    del classes  # every model takes the same arguments
    rng, size = generator_of(generator), prod(shape)
    return Sequential(
        Flatten(),
        Linear(size, 128, dtype=dtype, generator=rng),
        ReLU(),
        Linear(128, code, dtype=dtype, generator=rng),
        ReLU(),
        Linear(code, 128, dtype=dtype, generator=rng),
        ReLU(),
        Linear(128, size, dtype=dtype, generator=rng),
        Sigmoid(),
    )


def lenet5(
    shape: Shape = (1, 32, 32), classes: int = 10, dtype: Any = np.float32, generator: Seed = None
) -> Sequential:
    """LeCun et al. (1998), Figure 2, with ReLU, max-pooling and C3 connected to every map of S2.

    61,706 parameters on 32 by 32 images. The paper's C3 sees only some maps (1,516 parameters
    instead of 2,416), its pooling has 12 and 32 parameters, and its output units are Gaussian.
    """
    rng = generator_of(generator)
    height, width = ((n - 4) // 2 for n in shape[1:])
    height, width = ((n - 4) // 2 for n in (height, width))
    return Sequential(
        Conv2d(shape[0], 6, 5, dtype=dtype, generator=rng),
        ReLU(),
        MaxPool2d(2),
        Conv2d(6, 16, 5, dtype=dtype, generator=rng),
        ReLU(),
        MaxPool2d(2),
        Flatten(),
        Linear(16 * height * width, 120, dtype=dtype, generator=rng),
        ReLU(),
        Linear(120, 84, dtype=dtype, generator=rng),
        ReLU(),
        Linear(84, classes, dtype=dtype, generator=rng),
    )
