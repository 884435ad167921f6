"""Momentum and Nesterov's look-ahead, with the learning rate inside the velocity."""

from __future__ import annotations

from collections.abc import Iterable

from partialcredit.engine.checks import Array
from partialcredit.engine.optim.optimizer import Optimizer
from partialcredit.engine.tensor import Tensor

__all__ = ["Momentum"]


class Momentum(Optimizer):
    """v ← momentum · v - lr · g, x ← x + v: Polyak's method as the notes write it.

    With ``nesterov=True`` call :meth:`look_ahead` before the gradient is computed: it moves x to
    x + momentum · v, and ``step`` starts from where x was (Sutskever et al. 2013, equations 3, 4).
    """

    slots = 1

    def __init__(
        self, params: Iterable[Tensor], lr: float, momentum: float = 0.9, nesterov: bool = False,
        weight_decay: float = 0.0, l1: float = 0.0,
    ) -> None:  # fmt: skip
        self.momentum, self.nesterov = momentum, nesterov
        self._ahead = False
        self._require(momentum >= 0, "momentum >= 0")
        super().__init__(params, lr, weight_decay, l1)

    def look_ahead(self) -> None:
        """Move every parameter to where its gradient should be taken."""
        self._require(self.nesterov and not self._ahead, "nesterov=True and one look_ahead a step")
        self._shift(self.momentum)
        self._ahead = True

    def step(self) -> None:
        """Apply the rule; with ``nesterov=True``, after :meth:`look_ahead`."""
        if self.nesterov:
            self._require(self._ahead, "look_ahead() before the gradient of each step")
            self._shift(-self.momentum)
            self._ahead = False
        super().step()

    def update(self, x: Array, g: Array, state: list[Array], step: int) -> None:  # noqa: ARG002
        """One step."""
        (v,) = state
        v *= self.momentum
        v -= self.lr * g
        x += v

    def _shift(self, factor: float) -> None:
        for run in self._runs:
            run.adopt()
            run.values += factor * run.state[0]
            run.refresh()
