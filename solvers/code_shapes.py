"""Shapes of tensors in code, (N, C, H, W) as torch has them, and the parameters of its modules.

Reference: the documentation of torch.nn.Conv2d, ConvTranspose2d, MaxPool2d and Linear, and of
torch.Tensor.flatten, permute, mean and unsqueeze. Warning: other libraries put the channels last.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

from partialcredit.numbers.rationals import simplest
from partialcredit.solvers import counts, sizes, transposed

__all__ = ["SHAPES", "after", "parameters"]

Shape = tuple[int, ...]


def conv(shape: Shape, _inputs: int, outputs: int, size: int, stride: int, padding: int) -> Shape:
    """A convolution changes the last three axes."""
    places = (sizes.output_size(n, size, stride=stride, padding=padding) for n in shape[2:])
    return (shape[0], outputs, *places)


def transposed_conv(shape: Shape, _inputs: int, outputs: int, size: int, stride: int) -> Shape:
    """A transposed convolution without padding."""
    return (shape[0], outputs, *(transposed.size(n, size, stride, 0) for n in shape[2:]))


def pool(shape: Shape, size: int) -> Shape:
    """Pooling whose stride is the size of its windows."""
    return (*shape[:2], *(sizes.output_size(n, size, stride=size) for n in shape[2:]))


def linear(shape: Shape, _inputs: int, outputs: int) -> Shape:
    """A fully connected layer acts on the last axis."""
    return (*shape[:-1], outputs)


def relu(shape: Shape) -> Shape:
    """Entry by entry."""
    return shape


def flatten(shape: Shape, axis: int) -> Shape:
    """All axes from ``axis`` on in one."""
    return (*shape[:axis], prod(shape[axis:]))


def permute(shape: Shape, *axes: int) -> Shape:
    """The axes in another order."""
    return tuple(shape[axis] for axis in axes)


def mean(shape: Shape, *axes: int) -> Shape:
    """The axes that are averaged vanish."""
    return tuple(n for axis, n in enumerate(shape) if axis not in axes)


def unsqueeze(shape: Shape, axis: int) -> Shape:
    """A new axis of length 1."""
    return (*shape[:axis], 1, *shape[axis:])


#: The rule of every operation.
SHAPES: dict[str, Callable[..., Shape]] = {
    "conv": conv,
    "transposed": transposed_conv,
    "pool": pool,
    "linear": linear,
    "relu": relu,
    "flatten": flatten,
    "permute": permute,
    "mean": mean,
    "unsqueeze": unsqueeze,
}


def after(shape: Any, steps: Any) -> Shape:
    """The shape after some operations, each (name, number, ...).

    >>> after((8, 3, 30, 30), (("conv", 3, 6, 3, 1, 1), ("pool", 3), ("flatten", 1)))
    (8, 600)
    """
    found = tuple(map(simplest, shape))
    for kind, *numbers in steps:
        found = SHAPES[kind](found, *numbers)
    return found


def parameters(steps: Any) -> int:
    """Weights and biases of the modules among some operations.

    >>> parameters((("conv", 3, 6, 3, 1, 1), ("relu",), ("linear", 600, 10)))
    6178
    """
    found = 0
    for kind, *numbers in steps:
        if kind in ("conv", "transposed"):
            inputs, outputs, size, *_place = numbers
            found += counts.conv_parameters(size, inputs, outputs)
        elif kind == "linear":
            found += counts.dense_weights(numbers) + counts.dense_biases(numbers)
    return found
