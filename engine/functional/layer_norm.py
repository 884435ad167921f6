"""Normalisation of every example by itself: layer, group and root mean square."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.tensor import Tensor, custom
from partialcredit.errors import EngineError

__all__ = ["group_norm", "layer_norm", "rms_norm"]


def layer_norm(
    input: Tensor, normalized_shape: int | Sequence[int], weight: Tensor | None = None,
    bias: Tensor | None = None, eps: float = 1e-5,
) -> Tensor:  # fmt: skip
    """Return weight · (x - mean) / √(var + eps) + bias over the last axes (Ba et al. 2016, eq. 4).

    ``normalized_shape`` is the shape of these axes, and of ``weight`` and ``bias``; the variance
    divides by their number of elements.
    """
    y = _standardise(_rows("LayerNorm", input, normalized_shape), eps).reshape(input.shape)
    if weight is not None:
        y = y * weight
    return y if bias is None else y + bias


def rms_norm(
    input: Tensor, normalized_shape: int | Sequence[int], weight: Tensor | None = None,
    eps: float | None = None,
) -> Tensor:  # fmt: skip
    """Return weight · x / √(mean of x² + eps) over the last axes (Zhang and Sennrich 2019, eq. 4).

    Without ``eps`` it is the distance of 1 to the next number of the element type, as in torch.
    """
    rows = _rows("RMSNorm", input, normalized_shape)
    floor = float(np.finfo(input.dtype).eps) if eps is None else eps
    y = (rows / ((rows * rows).mean(-1, True) + floor).sqrt()).reshape(input.shape)
    return y if weight is None else y * weight


def group_norm(
    input: Tensor, num_groups: int, weight: Tensor | None = None, bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:  # fmt: skip
    """Standardise every group of channels of (N, C, ...), then scale and shift every channel.

    Wu and He (2018), section 3. One group is a layer norm, C groups are an instance norm.
    """
    shape = input.shape
    if len(shape) < 2 or num_groups < 1 or shape[1] % num_groups:
        raise EngineError(
            f"GroupNorm with num_groups={num_groups} expects an input of shape (N, C, ...) with C "
            f"a multiple of it, but received {shape}"
        )
    y = _standardise(input.reshape(shape[0], num_groups, -1), eps).reshape(shape)
    column = (-1, *(1,) * (len(shape) - 2))
    if weight is not None:
        y = y * weight.reshape(column)
    return y if bias is None else y + bias.reshape(column)


def _rows(name: str, input: Tensor, normalized_shape: int | Sequence[int]) -> Tensor:
    """The input with all normalised axes joined to one, the last."""
    last = (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
    if not last or input.shape[-len(last) :] != last:
        raise EngineError(
            f"{name} expects an input of shape (..., {', '.join(map(str, last))}), "
            f"but received {input.shape}"
        )
    return input.reshape(*input.shape[: -len(last)], -1)


def _standardise(input: Tensor, eps: float) -> Tensor:
    """(x - mean) / √(var + eps) along the last axis, where the variance divides by the length."""
    x = input.data
    away = x - x.mean(-1, keepdims=True)
    variance = (away * away).mean(-1, keepdims=True)
    scale = 1 / np.sqrt(variance + x.dtype.type(eps))
    y = away * scale

    def standardise_backward(g: Array) -> tuple[Array]:
        # what changes the mean or the variance alone is taken off
        return (scale * (g - g.mean(-1, keepdims=True) - y * (g * y).mean(-1, keepdims=True)),)

    return custom(y, (input,), standardise_backward)
