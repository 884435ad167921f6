"""Counting what a network holds and does: array entries, windows and uses of weights.

This is the witnesses' side: nothing here knows a formula for sizes or parameters.
"""

from functools import lru_cache

import numpy as np

from partialcredit.engine.windows import windows

__all__ = ["counted", "entries", "filters", "held", "scales", "slid", "units"]


@lru_cache(maxsize=4096)
def entries(*shape):
    """The number of entries of an array of this shape, which is not filled."""
    return np.broadcast_to(0.0, shape).size


def slid(size, kernel_size, stride=1, padding=0):
    """How many windows fit along one axis, found by sliding."""
    return len(windows(size, kernel_size, stride=stride, padding=padding))


def filters(size, inputs, outputs, *, bias=True):
    """The entries of a convolution's weights, and of its biases if it has them."""
    return entries(outputs, inputs, size, size) + (entries(outputs) if bias else 0)


def units(inputs, outputs):
    """The entries of a fully connected layer's weights and biases."""
    return entries(outputs, inputs) + entries(outputs)


def counted(layers, shape):
    """(shape, array entries, multiplications) after every layer, from arrays and windows."""
    found = []
    for layer in layers:
        entered, worked = 0, 0
        if layer.kind == "dense":
            weight = (layer.outputs, entries(*shape))
            entered, worked = entries(*weight) + entries(layer.outputs), entries(*weight)
            shape = (layer.outputs,)
        elif layer.kind == "norm":
            entered = entries(2, shape[-1])
        elif layer.kind in ("flatten", "mean"):
            shape = (entries(*shape),) if layer.kind == "flatten" else shape[2:]
        else:
            size, stride, padding = layer.kernel_size, layer.stride, layer.padding
            height, width = (slid(n, size, stride, padding) for n in shape[:2])
            depth = shape[2]
            if layer.kind == "conv":
                weight = (layer.outputs, depth // layer.groups, size, size)
                entered = entries(*weight) + entries(layer.outputs)
                worked, depth = entries(height, width, *weight), layer.outputs
            shape = (height, width, depth)
        found.append((shape, entered, worked))
    return found


def held(channels, chain, *, bias=False):
    """The weight entries of a chain of convolutions, and of its biases if it has them."""
    found = 0
    for size, outputs in chain:
        found += filters(size, channels, outputs, bias=bias)
        channels = outputs
    return found


def scales(chain):
    """The entries of the scales and shifts after a chain of convolutions."""
    return sum(entries(2, outputs) for _size, outputs in chain)
