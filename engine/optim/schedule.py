"""Learning-rate schedules: call ``step`` once an epoch (or once a step).

All are closed formulas of the number of steps, and start from the rate that the optimizer had
before its first schedule.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from math import cos, pi

from partialcredit.engine.optim.optimizer import Optimizer

__all__ = [
    "CosineAnnealingLR",
    "CosineAnnealingWarmRestarts",
    "ExponentialLR",
    "InverseTimeLR",
    "LambdaLR",
    "LinearLR",
    "MultiStepLR",
    "PolynomialLR",
    "SequentialLR",
    "StepLR",
]


class LambdaLR:
    """lr = initial · ``lr_lambda``(t) after t steps of the schedule."""

    def __init__(self, optimizer: Optimizer, lr_lambda: Callable[[int], float]) -> None:
        if optimizer.initial_lr is None:
            optimizer.initial_lr = optimizer.lr
        self.optimizer, self.initial, self.lr_lambda = optimizer, optimizer.initial_lr, lr_lambda
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


class MultiStepLR(LambdaLR):
    """Multiply lr by ``gamma`` at each of the ``milestones``, which rise."""

    def __init__(self, optimizer: Optimizer, milestones: Sequence[int], gamma: float = 0.1) -> None:
        super().__init__(optimizer, lambda t: gamma ** bisect_right(milestones, t))


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
        low = eta_min / (optimizer.initial_lr or optimizer.lr)
        super().__init__(optimizer, lambda t: low + (1 - low) * (1 + cos(pi * t / T_max)) / 2)


class CosineAnnealingWarmRestarts(LambdaLR):
    """Half a cosine of ``T_0`` steps, then another that is ``T_mult`` times as long, and so on.

    Loshchilov and Hutter (2017), equation 5.
    """

    def __init__(
        self, optimizer: Optimizer, T_0: int, T_mult: int = 1, eta_min: float = 0.0
    ) -> None:
        low = eta_min / (optimizer.initial_lr or optimizer.lr)

        def factor(t: int) -> float:
            length = T_0
            while t >= length:
                t, length = t - length, length * T_mult
            return low + (1 - low) * (1 + cos(pi * t / length)) / 2

        super().__init__(optimizer, factor)


class LinearLR(LambdaLR):
    """lr from ``start_factor`` to ``end_factor`` of its initial value on a line, then constant."""

    def __init__(
        self,
        optimizer: Optimizer,
        start_factor: float = 1 / 3,
        end_factor: float = 1.0,
        total_iters: int = 5,
    ) -> None:
        rise = (end_factor - start_factor) / total_iters
        super().__init__(optimizer, lambda t: start_factor + rise * min(t, total_iters))


class PolynomialLR(LambdaLR):
    """lr = initial · (1 - t / ``total_iters``)^``power``, then 0."""

    def __init__(self, optimizer: Optimizer, total_iters: int = 5, power: float = 1.0) -> None:
        super().__init__(optimizer, lambda t: (1 - min(t, total_iters) / total_iters) ** power)


class SequentialLR(LambdaLR):
    """One of the ``schedulers`` after the other; each starts anew at its milestone."""

    def __init__(
        self, optimizer: Optimizer, schedulers: Sequence[LambdaLR], milestones: Sequence[int]
    ) -> None:
        def factor(t: int) -> float:
            which = bisect_right(milestones, t)
            return schedulers[which].lr_lambda(t - (milestones[which - 1] if which else 0))

        super().__init__(optimizer, factor)
