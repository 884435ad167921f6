"""Losses as layers: called with (input, target)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from partialcredit.engine.functional import loss
from partialcredit.engine.tensor import Tensor, as_tensor

__all__ = [
    "BCEWithLogitsLoss", "CrossEntropyLoss", "HalfSquaredError", "HingeLoss", "MSELoss",
    "MultiMarginLoss", "NLLLoss",
]  # fmt: skip


class _Loss:
    """A loss function and its arguments."""

    function: Callable[..., Tensor]

    def __init__(self, reduction: str = "mean") -> None:
        self.arguments: dict[str, Any] = {"reduction": reduction}

    def __call__(self, input: Any, target: Any) -> Tensor:
        """The loss of ``input`` against ``target``."""
        return type(self).function(as_tensor(input), target, **self.arguments)


class MSELoss(_Loss):
    """(x - y)², averaged over every element."""

    function = staticmethod(loss.mse_loss)


class HalfSquaredError(_Loss):
    """½ Σ (x - y)², the notes' squared error. Not in torch."""

    function = staticmethod(loss.half_squared_error)

    def __init__(self) -> None:
        self.arguments = {}


class CrossEntropyLoss(_Loss):
    """Softmax cross-entropy from logits (N, C) and labels (N,) or probabilities (N, C)."""

    function = staticmethod(loss.cross_entropy)

    def __init__(
        self, weight: Any = None, reduction: str = "mean", label_smoothing: float = 0.0
    ) -> None:
        self.arguments = {
            "weight": weight, "reduction": reduction, "label_smoothing": label_smoothing,
        }  # fmt: skip


class NLLLoss(_Loss):
    """Minus the log-probability (N, C) of each label (N,)."""

    function = staticmethod(loss.nll_loss)


class BCEWithLogitsLoss(_Loss):
    """Binary cross-entropy of sigmoid(x), computed from x."""

    function = staticmethod(loss.binary_cross_entropy_with_logits)


class HingeLoss(_Loss):
    """max(0, margin - y x) for labels of -1 or 1. Not in torch."""

    function = staticmethod(loss.hinge_loss)

    def __init__(self, margin: float = 1.0, reduction: str = "mean") -> None:
        self.arguments = {"margin": margin, "reduction": reduction}


class MultiMarginLoss(_Loss):
    """The multi-class hinge loss; ``divide=False`` leaves out torch's division by C."""

    function = staticmethod(loss.multi_margin_loss)

    def __init__(self, margin: float = 1.0, reduction: str = "mean", divide: bool = True) -> None:
        self.arguments = {"margin": margin, "reduction": reduction, "divide": divide}
