"""Which neighbouring layers run as one: the layers' counterpart of ``kernels.choose``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from partialcredit.engine.functional.activation import relu
from partialcredit.engine.functional.fused import conv2d_max_pool2d
from partialcredit.engine.kernels import conv_pool
from partialcredit.engine.layers.activation import ReLU
from partialcredit.engine.layers.conv import Conv2d
from partialcredit.engine.layers.module import Module
from partialcredit.engine.layers.pool import MaxPool2d
from partialcredit.engine.tensor import Tensor

__all__ = ["steps"]

Step = Callable[[Tensor], Tensor]


def steps(modules: Sequence[Module]) -> Iterator[Step]:
    """The modules in order, with Conv2d, (ReLU,) MaxPool2d(2) as one step where that is the same.

    ReLU and the maximum change places: both keep order, so the values and the gradients agree.
    """
    rest = list(modules)
    while rest:
        conv, pool_at = rest[0], 1 + (len(rest) > 1 and type(rest[1]) is ReLU)
        pool = rest[pool_at] if len(rest) > pool_at else None
        if isinstance(conv, Conv2d) and conv.groups == 1 and _pairs(pool):
            yield _conv_pool(conv, rest[: pool_at + 1], with_relu=pool_at == 2)
            rest = rest[pool_at + 1 :]
        else:
            yield conv
            rest = rest[1:]


def _conv_pool(conv: Conv2d, group: Sequence[Module], with_relu: bool) -> Step:
    def run(x: Tensor) -> Tensor:
        if x.ndim != 4 or not conv_pool.fits(conv.geometry, *x.shape[2:]):
            for module in group:
                x = module(x)
            return x
        y = conv2d_max_pool2d(x, conv.weight, conv.bias, conv.stride, conv.padding)
        return relu(y) if with_relu else y

    return run


def _pairs(pool: Module | None) -> bool:
    """Whether the pool takes the maximum of 2 by 2, side by side, and no more."""
    if type(pool) is not MaxPool2d:
        return False
    known = (pool.kernel_size, pool.stride, pool.padding, pool.dilation, pool.ceil_mode)
    return known == (2, 2, 0, 1, False)
