"""Layers that run faster together than one after the other."""

from __future__ import annotations

from partialcredit.engine.checks import Array
from partialcredit.engine.functional.conv import Size, conv_geometry
from partialcredit.engine.kernels import conv_pool
from partialcredit.engine.kernels.geometry import batch_last
from partialcredit.engine.tensor import Tensor, custom

__all__ = ["conv2d_max_pool2d"]


def conv2d_max_pool2d(
    input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Size = 1, padding: Size = 0,
) -> Tensor:  # fmt: skip
    """``max_pool2d(conv2d(input, weight, bias, stride, padding), 2)`` as one operation.

    The bias is added after pooling, where there are a quarter as many values; it moves every value
    of a window alike and so cannot change which is largest.
    """
    geometry = conv_geometry(input.data, weight.data, bias, stride, padding, 1, 1)
    inner = batch_last(input.data)
    y, gradients = conv_pool.forward(inner, weight.data, geometry)
    if bias is not None:
        y += bias.data.reshape(-1, 1, 1, 1)

    def conv2d_max_pool2d_backward(g: Array) -> tuple[Array | None, ...]:
        rows = batch_last(g)
        dx, dw = gradients(rows, input.requires_grad, weight.requires_grad)
        outer = None if dx is None else dx.transpose(3, 0, 1, 2)
        return (outer, dw) if bias is None else (outer, dw, rows.reshape(len(rows), -1).sum(1))

    parents = (input, weight) if bias is None else (input, weight, bias)
    return custom(y.transpose(3, 0, 1, 2), parents, conv2d_max_pool2d_backward)
