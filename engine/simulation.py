"""Paths of optimizers, on a loss or on given gradients; finite noise; limits of paths.

Noise of two equally likely values, plus and minus one, has mean 0 and variance 1, and t steps of
it have only 2**t outcomes. Running all of them gives expectations and covariances of whatever the
optimizer does without error, which no sample does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from partialcredit.engine.tensor import Tensor

__all__ = ["descent_path", "geometric_limit", "optimizer_path", "sign_sequences"]


@lru_cache(maxsize=16)
def sign_sequences(steps: int) -> NDArray[np.float64]:
    """All sequences of ``steps`` signs as columns, shape (steps, 2**steps); not to be written to.

    >>> sign_sequences(2)
    array([[-1.,  1., -1.,  1.],
           [-1., -1.,  1.,  1.]])
    """
    bits = np.arange(2**steps)[None, :] >> np.arange(steps)[:, None] & 1
    signs = (2 * bits - 1).astype(np.float64)
    signs.flags.writeable = False
    return signs


def optimizer_path(
    optimizer: Callable[[Sequence[Tensor]], Any],
    gradients: ArrayLike,
    start: ArrayLike = 0.0,
    before_step: Callable[[Any, int], None] | None = None,
) -> NDArray[np.float64]:
    """Positions before the first and after every step, shape (t + 1, ...).

    ``optimizer`` makes one from a list of parameters, such as ``lambda p: SGD(p, lr=0.1)``;
    ``gradients`` has shape (t, ...): what the loss would have given at each step.
    ``before_step(optimizer, t)`` may change its settings before step t, counted from 0.
    """
    given = np.asarray(gradients, dtype=np.float64)
    path = np.empty((len(given) + 1, *given.shape[1:]))
    path[0] = start
    theta = Tensor(path[0].copy(), requires_grad=True)
    stepper = optimizer([theta])
    for t, gradient in enumerate(given):
        if before_step is not None:
            before_step(stepper, t)
        theta.grad = gradient
        stepper.step()
        path[t + 1] = theta.data
    return path


def descent_path(
    optimizer: Callable[[Sequence[Tensor]], Any],
    loss: Callable[[Tensor], Tensor],
    start: ArrayLike,
    steps: int,
) -> NDArray[np.float64]:
    """Positions before the first and after every step on a loss, shape (steps + 1, ...).

    ``optimizer`` makes one from a list of parameters; the gradients are those of ``loss``, a scalar
    function of the position.

    >>> from partialcredit.engine import SGD
    >>> descent_path(lambda p: SGD(p, lr=0.25), lambda x: x * x, 8.0, steps=2)
    array([8., 4., 2.])
    """
    theta = Tensor(np.array(start, dtype=np.float64), requires_grad=True)
    path, stepper = [theta.data.copy()], optimizer([theta])
    for _step in range(steps):
        stepper.zero_grad()
        loss(theta).backward()
        stepper.step()
        path.append(theta.data.copy())
    return np.array(path)


def geometric_limit(values: ArrayLike) -> Any:
    """The limit of a sequence of limit + constant * ratio**t, from its last three values.

    Aitken's extrapolation, which is exact for such a sequence: it reads the ratio from the values.

    >>> round(float(geometric_limit([1.0, 1.5, 1.75])), 9)
    2.0
    """
    first, second, third = np.asarray(values, dtype=np.float64)[-3:]
    before, after = second - first, third - second
    return third - after**2 / (after - before)
