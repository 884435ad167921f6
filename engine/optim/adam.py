"""Adam and AdamW."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.optim.optimizer import Optimizer
from partialcredit.engine.tensor import Tensor

__all__ = ["Adam", "AdamW"]


class Adam(Optimizer):
    """x ← x - lr · m̂ / (√v̂ + eps): Kingma and Ba (2015), Algorithm 1, as in torch.

    m ← β₁m + (1 - β₁)g, v ← β₂v + (1 - β₂)g², m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ). The stabiliser
    stands outside the root and after the correction; TensorFlow's stands before it. The state
    holds m / (1 - β₁) and v / (1 - β₂), which saves two passes over memory; :meth:`moments` gives
    m and v.
    """

    slots = 2

    def __init__(
        self, params: Iterable[Tensor], lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8, weight_decay: float = 0.0,
        l1: float = 0.0,
    ) -> None:  # fmt: skip
        self.betas, self.eps = betas, eps
        self._require(all(0 <= b < 1 for b in betas), "betas from 0 to below 1")
        self._require(eps >= 0, "eps >= 0")
        super().__init__(params, lr, weight_decay, l1)

    def update(self, x: Array, g: Array, state: list[Array], step: int) -> None:
        """One step, in nine passes over arrays that fit the cache."""
        m, v = state
        b1, b2 = self.betas
        root = sqrt((1 - b2) / (1 - b2**step))
        m *= b1
        m += g
        v *= b2
        scratch = g * g
        v += scratch
        np.sqrt(v, out=scratch)
        scratch += self.eps / root
        np.divide(m, scratch, out=scratch)
        scratch *= self.lr * (1 - b1) / (1 - b1**step) / root
        x -= scratch

    def moments(self, param: Tensor) -> tuple[Array, Array]:
        """The running means m and v of the gradient and its square, before correction."""
        m, v = self.state_of(param)
        return m * (1 - self.betas[0]), v * (1 - self.betas[1])


class AdamW(Adam):
    """Adam with decoupled weight decay: first x ← x - lr · weight_decay · x.

    Loshchilov and Hutter (2019), Algorithm 2, as in torch: the decay is scaled by lr.
    """

    def __init__(
        self, params: Iterable[Tensor], lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8, weight_decay: float = 1e-2,
        l1: float = 0.0,
    ) -> None:  # fmt: skip
        super().__init__(params, lr, betas, eps, weight_decay, l1)

    def decay(self, x: Array, g: Array) -> Array:
        """Shrink the parameter; leave the gradient alone."""
        x *= 1 - self.lr * self.weight_decay
        return g
