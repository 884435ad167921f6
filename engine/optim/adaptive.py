"""Adagrad and RMSprop: a step size per coordinate."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.optim.optimizer import Optimizer
from partialcredit.engine.tensor import Tensor

__all__ = ["Adagrad", "RMSprop"]


class Adagrad(Optimizer):
    """a ← a + g², x ← x - lr · g / (√a + eps): Duchi et al. (2011), as in torch.

    ``lr_decay`` divides lr by 1 + (t - 1) · lr_decay.
    """

    slots = 1

    def __init__(
        self, params: Iterable[Tensor], lr: float = 1e-2, lr_decay: float = 0.0,
        weight_decay: float = 0.0, initial_accumulator_value: float = 0.0, eps: float = 1e-10,
        l1: float = 0.0,
    ) -> None:  # fmt: skip
        self.lr_decay, self.eps, self.fill = lr_decay, eps, initial_accumulator_value
        self._require(lr_decay >= 0 and eps >= 0 and self.fill >= 0, "nothing below 0")
        super().__init__(params, lr, weight_decay, l1)

    def update(self, x: Array, g: Array, state: list[Array], step: int) -> None:
        """One step."""
        (a,) = state
        a += g * g
        root = np.sqrt(a)
        root += self.eps
        x -= self.lr / (1 + (step - 1) * self.lr_decay) * g / root


class RMSprop(Optimizer):
    """a ← alpha · a + (1 - alpha) g², x ← x - lr · g / (√a + eps): Hinton (2012), lecture 6e.

    As in torch. The notes call alpha β. With ``momentum`` μ the step goes through a buffer:
    b ← μb + g / (√a + eps), x ← x - lr · b; the notes keep lr inside the buffer, which is the same
    while lr is constant. ``centered`` subtracts the squared running mean of g under the root
    (Graves 2013). TensorFlow puts eps under the root.
    """

    def __init__(
        self, params: Iterable[Tensor], lr: float = 1e-2, alpha: float = 0.99, eps: float = 1e-8,
        weight_decay: float = 0.0, momentum: float = 0.0, centered: bool = False, l1: float = 0.0,
    ) -> None:  # fmt: skip
        self.alpha, self.eps, self.momentum, self.centered = alpha, eps, momentum, centered
        self.slots = 1 + bool(momentum) + centered
        self._require(0 <= alpha <= 1 and eps >= 0 and momentum >= 0, "alpha from 0 to 1")
        super().__init__(params, lr, weight_decay, l1)

    def update(self, x: Array, g: Array, state: list[Array], step: int) -> None:  # noqa: ARG002
        """One step."""
        a = state[0]
        a *= self.alpha
        a += (1 - self.alpha) * (g * g)
        spread = a
        if self.centered:
            mean = state[-1]
            mean *= self.alpha
            mean += (1 - self.alpha) * g
            spread = a - mean * mean
        direction = g / (np.sqrt(spread) + self.eps)
        if self.momentum:
            b = state[1]
            b *= self.momentum
            b += direction
            direction = b
        x -= self.lr * direction
