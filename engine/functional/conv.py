"""Convolution as every framework means it: cross-correlation, the kernel not flipped."""

from __future__ import annotations

from typing import Any

import numpy as np

from partialcredit.engine.checks import Array, pair
from partialcredit.engine.kernels import choose
from partialcredit.engine.kernels.geometry import Geometry, batch_last
from partialcredit.engine.tensor import Tensor, custom
from partialcredit.errors import EngineError

__all__ = ["Size", "conv1d", "conv2d", "conv_geometry", "conv_transpose2d"]

Size = int | tuple[int, int]


def conv2d(
    input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Size = 1, padding: Size = 0,
    dilation: Size = 1, groups: int = 1,
) -> Tensor:  # fmt: skip
    """Cross-correlate (N, C, H, W) with (O, C/groups, kh, kw) to (N, O, H', W').

    y[n, o, r, q] = bias[o] + Σ weight[o, c, i, j] · x[n, c, s r + d i - p, s q + d j - p], and
    H' = ⌊(H + 2p - d(kh - 1) - 1) / s⌋ + 1. What the notes call a true convolution flips the
    kernel: pass ``weight`` reversed along its last two axes. Raises :class:`EngineError` when the
    channels do not match or no window fits.
    """
    w = weight.data
    geometry = conv_geometry(input.data, w, bias, stride, padding, dilation, groups)
    inner = batch_last(input.data)
    y = choose.convolve(inner, w, geometry, groups)
    if bias is not None:
        y += bias.data.reshape(-1, 1, 1, 1)

    def conv2d_backward(g: Array) -> tuple[Array | None, ...]:
        g = batch_last(g)
        dx, dw = choose.convolve_gradients(
            g, inner, w, geometry, groups, input.requires_grad, weight.requires_grad
        )
        outer = None if dx is None else dx.transpose(3, 0, 1, 2)
        return (outer, dw) if bias is None else (outer, dw, g.reshape(len(g), -1).sum(1))

    parents = (input, weight) if bias is None else (input, weight, bias)
    return custom(y.transpose(3, 0, 1, 2), parents, conv2d_backward)


def conv_geometry(
    x: Array, w: Array, bias: Tensor | None, stride: Size, padding: Size, dilation: Size,
    groups: int,
) -> Geometry:  # fmt: skip
    """The geometry of a convolution, or the error that says why there is none."""
    _check("Conv2d", x, w, bias, w.shape[0] if w.ndim == 4 else 0)
    if groups < 1 or x.shape[1] != w.shape[1] * groups or w.shape[0] % groups:
        raise EngineError(
            f"Conv2d with weight {w.shape} and groups={groups} expects an input of shape "
            f"(N, {w.shape[1] * groups}, H, W) and output channels divisible by groups, "
            f"but received {x.shape}"
        )
    geometry = Geometry(
        w.shape[2:],
        pair("Conv2d", "stride", stride, 1),
        pair("Conv2d", "padding", padding, 0),
        pair("Conv2d", "dilation", dilation, 1),
    )
    if min(geometry.output(x.shape[2], x.shape[3])) < 1:
        raise EngineError(
            f"Conv2d with weight {w.shape}, padding {geometry.padding} and dilation "
            f"{geometry.dilation} does not fit on an input of shape {x.shape}"
        )
    return geometry


def conv1d(
    input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: int = 1, padding: int = 0,
    dilation: int = 1, groups: int = 1,
) -> Tensor:  # fmt: skip
    """Cross-correlate (N, C, L) with (O, C/groups, k) to (N, O, L'), as an image one row high."""
    if input.ndim != 3 or weight.ndim != 3:
        raise EngineError(
            f"Conv1d expects an input of shape (N, C, L) and a weight of shape (O, C, k), "
            f"but received {input.shape} and {weight.shape}"
        )
    y = conv2d(
        input.unsqueeze(2), weight.unsqueeze(2), bias, (1, stride), (0, padding), (1, dilation),
        groups,
    )  # fmt: skip
    return y.squeeze(2)


def conv_transpose2d(
    input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Size = 1, padding: Size = 0,
    output_padding: Size = 0, groups: int = 1, dilation: Size = 1,
) -> Tensor:  # fmt: skip
    """The transpose of :func:`conv2d`: (N, C, H, W) with (C, O/groups, kh, kw) to (N, O, H', W').

    H' = (H - 1) s - 2p + d(kh - 1) + output_padding + 1. It is the map that takes the gradient of a
    convolution's output to the gradient of its input (Dumoulin and Visin 2016, section 4).
    """
    x, w = input.data, weight.data
    name = "ConvTranspose2d"
    _check(name, x, w, bias, w.shape[1] * groups if w.ndim == 4 else 0)
    if groups < 1 or x.shape[1] != w.shape[0] or w.shape[0] % groups:
        raise EngineError(
            f"{name} with weight {w.shape} and groups={groups} expects an input of shape "
            f"(N, {w.shape[0]}, H, W), but received {x.shape}"
        )
    geometry = Geometry(
        w.shape[2:],
        pair(name, "stride", stride, 1),
        pair(name, "padding", padding, 0),
        pair(name, "dilation", dilation, 1),
    )
    extra = pair(name, "output_padding", output_padding, 0)
    size = tuple(
        (n - 1) * s - 2 * p + d * (k - 1) + e + 1
        for n, k, s, p, d, e in zip(x.shape[2:], *geometry[:4], extra, strict=True)
    )
    if min(size) < 1 or any(
        e >= max(s, d) for e, s, d in zip(extra, geometry.stride, geometry.dilation, strict=True)
    ):
        raise EngineError(
            f"{name} with weight {w.shape}, stride {geometry.stride}, padding {geometry.padding} "
            f"and output_padding {extra} gives no output for an input of shape {x.shape}"
        )
    inner = batch_last(x)
    frame = np.empty((w.shape[1] * groups, *size, x.shape[0]), x.dtype)
    y, _ = choose.convolve_gradients(inner, frame, w, geometry, groups, True, False)
    y = np.array(y)
    if bias is not None:
        y += bias.data.reshape(-1, 1, 1, 1)

    def conv_transpose2d_backward(g: Array) -> tuple[Any, ...]:
        g = batch_last(g)
        dx = choose.convolve(g, w, geometry, groups).transpose(3, 0, 1, 2)
        _, dw = choose.convolve_gradients(inner, g, w, geometry, groups, False, True)
        return (dx, dw) if bias is None else (dx, dw, g.sum(axis=(1, 2, 3)))

    parents = (input, weight) if bias is None else (input, weight, bias)
    return custom(y.transpose(3, 0, 1, 2), parents, conv_transpose2d_backward)


def _check(name: str, x: Array, w: Array, bias: Tensor | None, outputs: int) -> None:
    if x.ndim != 4 or w.ndim != 4:
        raise EngineError(
            f"{name} expects an input of shape (N, C, H, W) and a weight of four axes, "
            f"but received {x.shape} and {w.shape}"
        )
    if x.dtype != w.dtype or x.dtype.kind != "f":
        raise EngineError(
            f"{name} expects an input of its weight's dtype {w.dtype}, but received {x.dtype}"
        )
    if bias is not None and bias.shape != (outputs,):
        raise EngineError(f"{name} expects a bias of shape ({outputs},), but received {bias.shape}")
