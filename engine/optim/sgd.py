"""Gradient descent, with momentum in torch's form."""

from __future__ import annotations

from collections.abc import Iterable

from partialcredit.engine.checks import Array
from partialcredit.engine.optim.optimizer import Optimizer
from partialcredit.engine.tensor import Tensor

__all__ = ["SGD"]


class SGD(Optimizer):
    """x ← x - lr · d, where d is g, or with momentum the buffer b ← momentum · b + g.

    The first buffer is g itself; ``dampening`` scales g from then on. With ``nesterov=True``, d is
    g + momentum · b: the shifted form of Nesterov's method, written in the notes as
    v' = αv - εg, x ← x + v' + α(v' - v). The learning rate stays outside the buffer, as in torch;
    :class:`Momentum` keeps it inside, as the notes do. The two differ only when lr changes.
    """

    slots = 1

    def __init__(
        self, params: Iterable[Tensor], lr: float = 1e-3, momentum: float = 0.0,
        dampening: float = 0.0, weight_decay: float = 0.0, nesterov: bool = False, l1: float = 0.0,
    ) -> None:  # fmt: skip
        self.momentum, self.dampening, self.nesterov = momentum, dampening, nesterov
        self.slots = 1 if momentum else 0
        self._require(momentum >= 0, "momentum >= 0")
        self._require(
            not nesterov or (momentum > 0 and dampening == 0),
            "a momentum above 0 and no dampening for nesterov",
        )
        super().__init__(params, lr, weight_decay, l1)

    def update(self, x: Array, g: Array, state: list[Array], step: int) -> None:
        """One step."""
        if not self.momentum:
            x -= self.lr * g
            return
        (b,) = state
        b *= self.momentum
        if step == 1 or not self.dampening:
            b += g
        else:
            b += (1 - self.dampening) * g
        x -= self.lr * (g + self.momentum * b if self.nesterov else b)
