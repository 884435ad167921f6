"""Optimizers driven by given gradients: every outcome of a finite noise, or a drawn sample.

Noise of two equally likely values, plus and minus one, has mean 0 and variance 1, and t steps of
it have only 2**t outcomes. Running all of them gives expectations and covariances of whatever the
optimizer does without error, which no sample does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from partialcredit.engine.tensor import Tensor

__all__ = ["optimizer_path", "sign_sequences"]


def sign_sequences(steps: int) -> NDArray[np.float64]:
    """All sequences of ``steps`` signs as columns, shape (steps, 2**steps)."""
    bits = np.arange(2**steps)[None, :] >> np.arange(steps)[:, None] & 1
    return 2.0 * bits - 1.0


def optimizer_path(
    optimizer: Callable[[Sequence[Tensor]], Any], gradients: ArrayLike, start: ArrayLike = 0.0
) -> NDArray[np.float64]:
    """Positions before the first and after every step, shape (t + 1, ...).

    ``optimizer`` makes one from a list of parameters, such as ``lambda p: SGD(p, lr=0.1)``;
    ``gradients`` has shape (t, ...): what the loss would have given at each step.
    """
    given = np.asarray(gradients, dtype=np.float64)
    theta = Tensor(np.broadcast_to(start, given.shape[1:]).astype(np.float64), requires_grad=True)
    stepper = optimizer([theta])
    path = [theta.data.copy()]
    for gradient in given:
        theta.grad = gradient
        stepper.step()
        path.append(theta.data.copy())
    return np.array(path)
