"""Batch normalisation as one fused operation."""

from __future__ import annotations

from itertools import compress

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.kernels import choose
from partialcredit.engine.kernels.norm import column
from partialcredit.engine.tensor import Tensor, custom
from partialcredit.errors import EngineError

__all__ = ["batch_norm"]


def batch_norm(
    input: Tensor, running_mean: Array | None, running_var: Array | None,
    weight: Tensor | None = None, bias: Tensor | None = None, training: bool = False,
    momentum: float = 0.1, eps: float = 1e-5,
) -> Tensor:  # fmt: skip
    """Return weight · (x - mean) / √(var + eps) + bias for every channel of (N, C, ...).

    In training the mean and the variance are the batch's, over all axes but the second, and the
    variance divides by m (Ioffe and Szegedy 2015, Algorithm 1). Running statistics, updated in
    place as (1 - momentum) · old + momentum · new, take the variance that divides by m - 1, as in
    torch; notes that write 0.9 · old + 0.1 · new mean momentum = 0.1 here. In evaluation the
    running statistics are used.
    """
    x = input.data
    channels = x.shape[1] if x.ndim > 1 else -1
    for name, values in (("weight", weight), ("bias", bias)):
        if values is not None and values.shape != (channels,):
            raise EngineError(
                f"BatchNorm with {name} of shape {values.shape} expects an input of shape "
                f"(N, {values.shape[0]}, ...), but received {x.shape}"
            )
    if not training:
        if running_mean is None or running_var is None:
            raise EngineError("BatchNorm needs running statistics in evaluation, but has none")
        return _evaluate(input, running_mean, running_var, weight, bias, eps)
    m = x.size // channels if channels > 0 else 0
    if m < 2:
        raise EngineError(
            f"BatchNorm expects more than one value per channel in training, but received "
            f"an input of shape {x.shape}"
        )
    result = choose.batch_norm(
        x, None if weight is None else weight.data, None if bias is None else bias.data, eps
    )
    if running_mean is not None:
        running_mean += momentum * (result.mean - running_mean)
    if running_var is not None:
        running_var += momentum * (result.variance * (m / (m - 1)) - running_var)
    present = [True, weight is not None, bias is not None]

    def batch_norm_backward(g: Array) -> tuple[Array, ...]:
        return tuple(compress(result.gradients(g), present))

    parents = tuple(t for t in (input, weight, bias) if t is not None)
    return custom(result.output, parents, batch_norm_backward)


def _evaluate(
    input: Tensor, mean: Array, variance: Array, weight: Tensor | None, bias: Tensor | None,
    eps: float,
) -> Tensor:  # fmt: skip
    """The affine map that batch normalisation becomes when its statistics stand still."""
    x = input.data
    scale = 1 / np.sqrt(variance + eps)
    y = (input - Tensor(column(mean, x).astype(x.dtype))) * Tensor(column(scale, x).astype(x.dtype))
    shape = (-1, *(1,) * (x.ndim - 2))
    if weight is not None:
        y = y * weight.reshape(shape)
    return y if bias is None else y + bias.reshape(shape)
