"""Gradients of convolution, which cross-correlates, and of pooling.

The upstream gradient is the one of the output. Reference: Goodfellow, Bengio and Courville (2016),
"Deep Learning", equations 9.9 to 9.13; Dumoulin and Visin (2016), section 4. Warning: frameworks
and most notes call cross-correlation convolution; with a layer that flips its kernel the two
gradients swap their flips.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from partialcredit.numbers.rationals import rational

__all__ = [
    "average_pool_gradient",
    "filter_gradient",
    "image_gradient",
    "kernel_gradient",
    "max_pool_gradient",
    "signal_gradient",
]

Vector = tuple[Any, ...]
Matrix = tuple[Vector, ...]
Rows = Sequence[Sequence[Any]]


def filter_gradient(
    x: Sequence[Any], upstream: Sequence[Any], size: int, *, stride: int = 1
) -> Vector:
    r"""Gradient by a filter of ``size`` entries: every window counts with its upstream gradient.

    .. math:: \partial L/\partial w_j = \sum_i \delta_i x_{S i + j}

    ``x`` is the signal with its zeros, if it is padded.

    >>> filter_gradient((1, 2, 0, 1, 3), (1, 0, -1), 3)
    (1, 1, -3)
    """
    return tuple(sum(d * x[stride * i + j] for i, d in enumerate(upstream)) for j in range(size))


def signal_gradient(
    w: Sequence[Any], upstream: Sequence[Any], size: int, *, stride: int = 1
) -> Vector:
    r"""Gradient by a signal of ``size`` entries, the full convolution of filter and upstream.

    .. math:: \partial L/\partial x_k = \sum_i \delta_i w_{k - S i}

    >>> signal_gradient((1, 2, -1), (1, 0, -1), 5)
    (1, 2, -2, -2, 1)
    """
    gradient = [0] * size
    for i, d in enumerate(upstream):
        for j, w_j in enumerate(w):
            gradient[stride * i + j] += d * w_j
    return tuple(gradient)


def kernel_gradient(image: Rows, upstream: Rows, size: int, *, stride: int = 1) -> Matrix:
    r"""Gradient by one channel of a kernel of ``size`` rows and columns.

    .. math:: \partial L/\partial K_{mn} = \sum_{ij} D_{ij} I_{S i + m, S j + n}

    ``image`` is the channel that this kernel reads.

    >>> kernel_gradient(((1, 2, 0), (0, 1, 1), (2, 0, 1)), ((1, 0), (2, -1)), 2)
    ((0, 3), (4, 0))
    """
    return tuple(
        tuple(
            sum(
                d * image[stride * i + m][stride * j + n]
                for i, row in enumerate(upstream)
                for j, d in enumerate(row)
            )
            for n in range(size)
        )
        for m in range(size)
    )


def image_gradient(kernel: Rows, upstream: Rows, image: Rows, *, stride: int = 1) -> Matrix:
    r"""Gradient by one channel of an image; only the size of ``image`` matters.

    Every window gets its kernel back, times the upstream gradient of its output; where windows
    overlap, the shares are added. With stride 1 it is the cross-correlation of the upstream
    gradient, in a frame of zeros, with the kernel turned by 180 degrees.

    >>> image_gradient(((1, 2), (3, 4)), ((1, 0), (0, -1)), ((0, 0, 0),) * 3)
    ((1, 2, 0), (3, 3, -2), (0, -3, -4))
    """
    gradient = [[0] * len(row) for row in image]
    for i, row in enumerate(upstream):
        for j, d in enumerate(row):
            for m, weights in enumerate(kernel):
                for n, weight in enumerate(weights):
                    gradient[stride * i + m][stride * j + n] += d * weight
    return tuple(map(tuple, gradient))


def _windows(upstream: Rows, size: int, stride: int) -> Iterator[tuple[Any, list[tuple[int, int]]]]:
    """Every upstream gradient with the places of its window, row by row."""
    for i, row in enumerate(upstream):
        for j, d in enumerate(row):
            yield (
                d,
                [(stride * i + m, stride * j + n) for m in range(size) for n in range(size)],
            )


def max_pool_gradient(image: Rows, upstream: Rows, size: int, *, stride: int) -> Matrix:
    """Gradient of max pooling: each window sends all of it to its largest entry.

    Of equal entries the first, row by row, takes everything, as in PyTorch. Shares of overlapping
    windows are added.

    >>> max_pool_gradient(((1, 5), (2, 3)), ((7,),), 2, stride=2)
    ((0, 7), (0, 0))
    """
    gradient = [[0] * len(row) for row in image]
    for d, places in _windows(upstream, size, stride):
        i, j = max(places, key=lambda place: image[place[0]][place[1]])
        gradient[i][j] += d
    return tuple(map(tuple, gradient))


def average_pool_gradient(image: Rows, upstream: Rows, size: int, *, stride: int) -> Matrix:
    """Gradient of average pooling: each window spreads it evenly over its k² entries.

    Only the size of ``image`` matters.

    >>> average_pool_gradient(((1, 5), (2, 3)), ((8,),), 2, stride=2)
    ((2, 2), (2, 2))
    """
    total = [[0] * len(row) for row in image]
    for d, places in _windows(upstream, size, stride):
        for i, j in places:
            total[i][j] += d
    return tuple(tuple(rational(d, size * size) for d in row) for row in total)
