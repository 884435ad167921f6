"""Receptive fields of stacked layers, along one axis.

A layer is (kernel_size, stride, padding, dilation). Reference: Dumoulin and Visin (2016), section
2, and Araujo, Norris and Sim (2019), "Computing receptive fields of convolutional neural
networks", equations 1 and 2. Warning: some notes call the filter size the receptive field, which
is so for a single layer only.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Layer", "jump", "layers_needed", "receptive_field", "start", "steps"]

#: kernel_size, stride, padding, dilation
Layer = tuple[int, int, int, int]


def steps(layers: Iterable[Layer]) -> tuple[tuple[int, int, int], ...]:
    r"""(field, jump, start) after every layer.

    .. math:: r_l = r_{l-1} + D_l (F_l - 1) j_{l-1}, \quad j_l = j_{l-1} S_l, \quad
              a_l = a_{l-1} - P_l j_{l-1}

    with r_0 = j_0 = 1 and a_0 = 0. The field counts the pixels from the first to the last one seen;
    the jump is the distance in input pixels between neighbouring outputs; the start is the input
    position of the first output's first pixel, negative in the padding.

    >>> steps([(3, 2, 1, 1), (3, 1, 1, 1)])
    ((3, 2, -1), (7, 2, -3))
    """
    field, distance, first = 1, 1, 0
    found = []
    for kernel_size, stride, padding, dilation in layers:
        field += dilation * (kernel_size - 1) * distance
        first -= padding * distance
        distance *= stride
        found.append((field, distance, first))
    return tuple(found)


def receptive_field(layers: Iterable[Layer]) -> int:
    """Pixels along one axis that an output of the last layer sees.

    >>> receptive_field([(5, 1, 0, 1), (2, 2, 0, 1), (5, 1, 0, 1), (2, 2, 0, 1)])
    16
    """
    return steps(layers)[-1][0]


def jump(layers: Iterable[Layer]) -> int:
    """Distance in input pixels between neighbouring outputs: the product of the strides."""
    return steps(layers)[-1][1]


def start(layers: Iterable[Layer]) -> int:
    """Input position of the first pixel that the first output sees; position 0 is not padding."""
    return steps(layers)[-1][2]


def layers_needed(target: int, kernel_size: int) -> int:
    r"""Layers of stride 1 until an output sees at least ``target`` pixels: each adds F - 1.

    .. math:: \lceil (r - 1) / (F - 1) \rceil

    >>> layers_needed(7, 3), layers_needed(8, 3)
    (3, 4)
    """
    return -((1 - target) // (kernel_size - 1))
