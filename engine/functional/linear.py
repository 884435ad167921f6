"""The affine map."""

from __future__ import annotations

from partialcredit.engine.tensor import Tensor, apply
from partialcredit.errors import EngineError

__all__ = ["linear"]


def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """The affine map x Wᵀ + b, for x (..., in), W (out, in) and b (out,).

    The notes write W x + b with x a column; the weight matrix is the same.
    """
    x, w = input.data, weight.data
    if x.ndim == 0 or w.ndim != 2 or x.shape[-1] != w.shape[1] or x.dtype != w.dtype:
        raise EngineError(
            f"Linear with weight {w.shape} of {w.dtype} expects an input of shape "
            f"(..., {w.shape[-1]}) of the same dtype, but received {x.shape} of {x.dtype}"
        )
    if bias is None:
        return apply("linear", (input, weight))
    if bias.data.shape != w.shape[:1]:
        raise EngineError(
            f"Linear with weight {w.shape} expects a bias of shape {w.shape[:1]}, "
            f"but received {bias.data.shape}"
        )
    return apply("linear", (input, weight, bias))
