"""Batch normalisation layers."""

from __future__ import annotations

from typing import Any

import numpy as np

from partialcredit.engine.functional.norm import batch_norm
from partialcredit.engine.layers.module import Module
from partialcredit.engine.tensor import Parameter, Tensor
from partialcredit.errors import EngineError

__all__ = ["BatchNorm1d", "BatchNorm2d"]


class _BatchNorm(Module):
    """Normalise every channel over the batch, then scale by ``weight`` and shift by ``bias``.

    ``momentum`` is the weight of the *new* statistic, 0.1; None keeps the plain average of all
    batches. ``running_var`` averages the variance that divides by m - 1, while the batch itself is
    normalised with the one that divides by m; both as in torch.
    """

    buffers = ("running_mean", "running_var", "num_batches_tracked")
    axes: tuple[int, ...] = ()
    shape = ""

    def __init__(
        self, num_features: int, eps: float = 1e-5, momentum: float | None = 0.1,
        affine: bool = True, track_running_stats: bool = True, dtype: Any = np.float64,
    ) -> None:  # fmt: skip
        self.num_features, self.eps, self.momentum = num_features, eps, momentum
        self.weight = Parameter(np.ones(num_features, dtype)) if affine else None
        self.bias = Parameter(np.zeros(num_features, dtype)) if affine else None
        self.running_mean = np.zeros(num_features, dtype) if track_running_stats else None
        self.running_var = np.ones(num_features, dtype) if track_running_stats else None
        self.num_batches_tracked = np.zeros((), np.int64) if track_running_stats else None

    def forward(self, input: Tensor) -> Tensor:
        """(N, C, ...) to the same shape."""
        if input.ndim not in self.axes or input.shape[1] != self.num_features:
            raise EngineError(
                f"{type(self).__name__} expects an input of shape {self.shape} with "
                f"C={self.num_features}, but received {input.shape}"
            )
        momentum = self.momentum
        if self.training and self.num_batches_tracked is not None:
            self.num_batches_tracked += 1
            if momentum is None:
                momentum = 1 / float(self.num_batches_tracked)
        batch = self.training or self.running_mean is None
        return batch_norm(
            input, self.running_mean, self.running_var, self.weight, self.bias, batch,
            momentum or 0.0, self.eps,
        )  # fmt: skip

    def extra_repr(self) -> str:
        """As torch prints it."""
        return f"{self.num_features}, eps={self.eps}, momentum={self.momentum}"


class BatchNorm1d(_BatchNorm):
    """Batch normalisation of (N, C) or (N, C, L)."""

    axes, shape = (2, 3), "(N, C) or (N, C, L)"


class BatchNorm2d(_BatchNorm):
    """Batch normalisation of (N, C, H, W) over N, H and W."""

    axes, shape = (4,), "(N, C, H, W)"
