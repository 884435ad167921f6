"""Pooling of small signals and images, and shifts of signals.

Reference: Boureau, Ponce and LeCun (2010), "A theoretical analysis of feature pooling", section 2;
Zeiler and Fergus (2014), "Visualizing and understanding convolutional networks", section 2.1, on
unpooling.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from partialcredit.numbers.rationals import Rational, rational

__all__ = [
    "average_pool",
    "first_largest",
    "global_average",
    "max_pool",
    "max_pool_signal",
    "min_pool",
    "moved",
    "unpool",
]

Vector = tuple[Any, ...]
Matrix = tuple[Vector, ...]
Rows = Sequence[Sequence[Any]]


def moved(x: Sequence[int], places: int) -> Vector:
    """A signal moved to the right: zeros come in, and what leaves on the right is lost.

    >>> moved((1, 2, 3), 1)
    (0, 1, 2)
    """
    return (0,) * places + tuple(x[: len(x) - places])


def max_pool_signal(x: Sequence[int], size: int) -> Vector:
    """The largest entry of each window, with windows side by side.

    >>> max_pool_signal((1, 4, 2, 3), 2)
    (4, 3)
    """
    return tuple(max(x[i : i + size]) for i in range(0, len(x), size))


def _patches(image: Rows, size: int, stride: int) -> Iterator[list[list[Any]]]:
    """The entries of every window that fits, in one list per row of windows."""
    for i in range(0, len(image) - size + 1, stride):
        yield [
            [v for row in image[i : i + size] for v in row[j : j + size]]
            for j in range(0, len(image[i]) - size + 1, stride)
        ]


def max_pool(image: Rows, size: int, stride: int) -> Matrix:
    """The largest entry of each window.

    >>> max_pool(((1, 4, 0), (2, 3, 5), (0, 1, 1)), 2, 1)
    ((4, 5), (3, 5))
    """
    return tuple(tuple(map(max, line)) for line in _patches(image, size, stride))


def min_pool(image: Rows, size: int, stride: int) -> Matrix:
    """The smallest entry of each window.

    >>> min_pool(((1, 4), (2, 3)), 2, 2)
    ((1,),)
    """
    return tuple(tuple(map(min, line)) for line in _patches(image, size, stride))


def average_pool(image: Rows, size: int, stride: int) -> Matrix:
    """The mean of each window.

    Zeros that pad the image count like its entries, the default of PyTorch.

    >>> average_pool(((1, 4), (2, 3)), 2, 2)
    ((5/2,),)
    """
    return tuple(
        tuple(rational(sum(patch), len(patch)) for patch in line)
        for line in _patches(image, size, stride)
    )


def global_average(image: Rows) -> Rational:
    """The mean of one channel: global average pooling.

    >>> global_average(((1, 4), (2, 3)))
    5/2
    """
    return rational(sum(map(sum, image)), sum(map(len, image)))


def first_largest(image: Rows, size: int) -> tuple[tuple[int, int], ...]:
    """Row and column, from 0, of the first largest entry of every window side by side.

    >>> first_largest(((1, 4), (2, 3)), 2)
    ((0, 1),)
    """
    return tuple(
        max(
            ((i + m, j + n) for m in range(size) for n in range(size)),
            key=lambda place: image[place[0]][place[1]],
        )
        for i in range(0, len(image), size)
        for j in range(0, len(image[i]), size)
    )


def unpool(image: Rows, values: Rows, size: int) -> Matrix:
    """Each value at the place where its window of the image had the largest entry, else zeros.

    >>> unpool(((1, 4), (2, 3)), ((9,),), 2)
    ((0, 9), (0, 0))
    """
    filled = [[0] * len(row) for row in image]
    flat = [v for row in values for v in row]
    for (i, j), value in zip(first_largest(image, size), flat, strict=True):
        filled[i][j] = value
    return tuple(map(tuple, filled))
