"""Learning-rate schedules: call ``step`` once an epoch (or once a step)."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi

from partialcredit.engine.optim.optimizer import Optimizer

__all__ = ["CosineAnnealingLR", "ExponentialLR", "InverseTimeLR", "LambdaLR", "StepLR"]


class LambdaLR:
    """lr = initial · ``lr_lambda``(t) after t steps of the schedule."""

    def __init__(self, optimizer: Optimizer, lr_lambda: Callable[[int], float]) -> None:
        self.optimizer, self.initial, self.lr_lambda = optimizer, optimizer.lr, lr_lambda
        self.last_epoch = 0
        optimizer.lr = self.initial * lr_lambda(0)

    def step(self) -> None:
        """Advance by one."""
        self.last_epoch += 1
        self.optimizer.lr = self.initial * self.lr_lambda(self.last_epoch)


class StepLR(LambdaLR):
    """Multiply lr by ``gamma`` every ``step_size`` steps."""

    def __init__(self, optimizer: Optimizer, step_size: int, gamma: float = 0.1) -> None:
        super().__init__(optimizer, lambda t: gamma ** (t // step_size))


class ExponentialLR(LambdaLR):
    """Multiply lr by ``gamma`` at every step."""

    def __init__(self, optimizer: Optimizer, gamma: float) -> None:
        super().__init__(optimizer, lambda t: gamma**t)


class InverseTimeLR(LambdaLR):
    """lr = initial / (1 + ``decay`` · t): the notes' 1/t decay. Not in torch."""

    def __init__(self, optimizer: Optimizer, decay: float) -> None:
        super().__init__(optimizer, lambda t: 1 / (1 + decay * t))


class CosineAnnealingLR(LambdaLR):
    """lr from its initial value to ``eta_min`` along half a cosine of ``T_max`` steps.

    Loshchilov and Hutter (2017), equation 5, without restarts.
    """

    def __init__(self, optimizer: Optimizer, T_max: int, eta_min: float = 0.0) -> None:
        low = eta_min / optimizer.lr
        super().__init__(optimizer, lambda t: low + (1 - low) * (1 + cos(pi * t / T_max)) / 2)
