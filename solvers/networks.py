"""Convolutional networks layer by layer: shapes, parameters and multiplications.

A network is a sequence of :class:`Layer`; shapes are (height, width, depth), and (units,) after
the first fully connected layer, which flattens what it reads. Reference: Dumoulin and Visin
(2016), relationship 6, for sizes; LeCun, Bengio and Hinton (2015), "Deep learning", for the parts.
Warning: published totals differ on biases and on which paper's version is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import prod
from typing import NamedTuple

from partialcredit.solvers import counts, sizes

__all__ = [
    "Layer",
    "conv",
    "dense",
    "flatten",
    "global_pool",
    "multiply_adds",
    "norm",
    "output_shape",
    "parameters",
    "pool",
    "shapes",
    "total_multiply_adds",
    "total_parameters",
]

Shape = tuple[int, ...]


class Layer(NamedTuple):
    """One layer. ``kind`` is conv, pool, norm, flatten, mean (over all positions) or dense."""

    kind: str
    outputs: int = 0
    kernel_size: int = 1
    stride: int = 1
    padding: int = 0
    groups: int = 1


def conv(outputs: int, kernel_size: int, **place: int) -> Layer:
    """A convolution with square filters, each with a bias."""
    return Layer("conv", outputs, kernel_size, **place)


def pool(kernel_size: int, stride: int) -> Layer:
    """Pooling over square windows."""
    return Layer("pool", kernel_size=kernel_size, stride=stride)


def norm() -> Layer:
    """Batch normalisation: it learns a scale and a shift for every channel."""
    return Layer("norm")


def flatten() -> Layer:
    """All values in one row."""
    return Layer("flatten")


def global_pool() -> Layer:
    """The mean of every channel."""
    return Layer("mean")


def dense(outputs: int) -> Layer:
    """A fully connected layer; every unit has a bias."""
    return Layer("dense", outputs)


def output_shape(layer: Layer, shape: Shape) -> Shape:
    """What a layer makes of a shape.

    >>> output_shape(conv(96, 11, stride=4), (227, 227, 3)), output_shape(pool(3, 2), (55, 55, 96))
    ((55, 55, 96), (27, 27, 96))
    """
    match layer.kind:
        case "norm":
            return shape
        case "flatten":
            return (prod(shape),)
        case "mean":
            return shape[2:]
        case "dense":
            return (layer.outputs,)
    height, width = (
        sizes.output_size(n, layer.kernel_size, stride=layer.stride, padding=layer.padding)
        for n in shape[:2]
    )
    return (height, width, layer.outputs if layer.kind == "conv" else shape[2])


def shapes(layers: Iterable[Layer], shape: Shape) -> tuple[Shape, ...]:
    """The shapes after every layer.

    >>> shapes([conv(6, 5), pool(2, 2), dense(10)], (32, 32, 1))
    ((28, 28, 6), (14, 14, 6), (10,))
    """
    found = []
    for layer in layers:
        shape = output_shape(layer, shape)
        found.append(shape)
    return tuple(found)


def parameters(layer: Layer, shape: Shape) -> int:
    """Weights and biases of a layer that reads ``shape``.

    >>> parameters(conv(6, 5), (32, 32, 1)), parameters(dense(120), (5, 5, 16))
    (156, 48120)
    """
    match layer.kind:
        case "pool" | "flatten" | "mean":
            return 0
        case "norm":
            return counts.batchnorm_parameters(shape[-1])
        case "dense":
            widths = (prod(shape), layer.outputs)
            return counts.dense_weights(widths) + counts.dense_biases(widths)
    return counts.conv_parameters(layer.kernel_size, shape[2], layer.outputs, groups=layer.groups)


def multiply_adds(layer: Layer, shape: Shape) -> int:
    """Multiplications of one pass: each weight serves every position of its map; biases none.

    Those of normalisation and pooling are not counted.

    >>> multiply_adds(conv(6, 5), (32, 32, 1)), multiply_adds(dense(120), (5, 5, 16))
    (117600, 48000)
    """
    if layer.kind not in ("conv", "dense"):
        return 0
    weights = parameters(layer, shape) - layer.outputs
    return weights * prod(output_shape(layer, shape)[:-1])


def _read(layers: Sequence[Layer], shape: Shape) -> Iterator[tuple[Layer, Shape]]:
    """Every layer with the shape it reads."""
    return zip(layers, (shape, *shapes(layers, shape)), strict=False)


def total_parameters(layers: Sequence[Layer], shape: Shape) -> int:
    """Weights and biases of all layers.

    >>> total_parameters([conv(6, 5), pool(2, 2), conv(16, 5), pool(2, 2), dense(120), dense(84),
    ...                   dense(10)], (32, 32, 1))
    61706
    """
    return sum(parameters(layer, read) for layer, read in _read(layers, shape))


def total_multiply_adds(layers: Sequence[Layer], shape: Shape) -> int:
    """Multiplications of one pass through all layers.

    >>> total_multiply_adds([conv(6, 5), pool(2, 2)], (32, 32, 1))
    117600
    """
    return sum(multiply_adds(layer, read) for layer, read in _read(layers, shape))
