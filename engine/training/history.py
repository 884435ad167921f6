"""What a training run leaves behind, and when it should stop."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from math import inf
from typing import Any

__all__ = ["EarlyStopping", "History"]


@dataclass
class History:
    """One entry an epoch: mean losses, and accuracies from 0 to 1 (empty for a regression)."""

    loss: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)
    validation_accuracy: list[float] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Plain lists, for JSON."""
        return asdict(self)


class EarlyStopping:
    """Stop when the validation loss has not improved for ``patience`` epochs.

    ``min_delta`` is the least improvement that counts. Prechelt (1998), "Early stopping - but
    when?", the UP criterion with strips of one epoch.
    """

    def __init__(self, patience: int = 5, min_delta: float = 0.0) -> None:
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch, self.epoch = inf, -1, -1

    def update(self, loss: float) -> bool:
        """Take the next epoch's loss; true when it is the best so far."""
        self.epoch += 1
        if loss < self.best - self.min_delta:
            self.best, self.best_epoch = loss, self.epoch
            return True
        return False

    @property
    def should_stop(self) -> bool:
        """Whether patience has run out."""
        return self.epoch - self.best_epoch >= self.patience
