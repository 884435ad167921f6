"""Batch normalisation as one fused operation."""

from __future__ import annotations

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.kernels import norm
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
        mean, variance = running_mean.astype(x.dtype), running_var.astype(x.dtype)
    else:
        m = x.size // channels if channels > 0 else 0
        if m < 2:
            raise EngineError(
                f"BatchNorm expects more than one value per channel in training, but received "
                f"an input of shape {x.shape}"
            )
        mean, variance = norm.statistics(x)
        if running_mean is not None:
            running_mean += momentum * (mean - running_mean)
        if running_var is not None:
            running_var += momentum * (variance * (m / (m - 1)) - running_var)
    scale = 1 / np.sqrt(variance + x.dtype.type(eps))
    normal = norm.normalise(x, mean, scale)
    shape = (-1, *(1,) * (x.ndim - 2))
    y = normal if weight is None else normal * weight.data.reshape(shape)
    if bias is not None:
        y = y + bias.data.reshape(shape)

    def batch_norm_backward(g: Array) -> tuple[Array | None, ...]:
        factor = scale if weight is None else scale * weight.data
        if training:
            dx, d_weight, d_bias = norm.backward(g, normal, factor)
        else:
            axes = (0, *range(2, g.ndim))
            dx, d_weight, d_bias = g * factor.reshape(shape), (g * normal).sum(axes), g.sum(axes)
        parts: tuple[Array | None, ...] = (dx,)
        return parts + tuple(
            part for part, t in ((d_weight, weight), (d_bias, bias)) if t is not None
        )

    parents = tuple(t for t in (input, weight, bias) if t is not None)
    return custom(y, parents, batch_norm_backward)
