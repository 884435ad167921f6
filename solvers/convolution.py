"""Convolution and cross-correlation of small integer signals and images.

Cross-correlation slides the kernel as it is written; convolution flips it first. Reference:
Goodfellow, Bengio and Courville (2016), "Deep Learning", equations 9.3 to 9.6. Warning: deep
learning frameworks, and many notes, call cross-correlation convolution.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.rationals import Rational, rational

__all__ = [
    "correlate",
    "correlate2d",
    "find_filter",
    "flip",
    "flip2d",
    "free_entries",
    "missing_entry",
    "padded",
    "padded2d",
]

Vector = tuple[Any, ...]
Matrix = tuple[Vector, ...]
Rows = Sequence[Sequence[Any]]


def padded(x: Sequence[Any], before: int, after: int) -> Vector:
    """Zeros on both ends of a signal.

    >>> padded((1, 2), 1, 2)
    (0, 1, 2, 0, 0)
    """
    return (0,) * before + tuple(x) + (0,) * after


def flip(w: Sequence[Any]) -> Vector:
    """The filter back to front."""
    return tuple(w)[::-1]


def correlate(x: Sequence[Any], w: Sequence[Any], *, stride: int = 1, dilation: int = 1) -> Vector:
    r"""Valid cross-correlation, :math:`y_i = \sum_j w_j x_{S i + D j}` for every window that fits.

    For a true convolution pass ``flip(w)``. Warning: some notes print the answer of [1, 0, -1]
    beside the filter [1, 0, 1].

    >>> correlate((1, 2, 3, 2, 1), (1, 0, -1))
    (-2, 0, 2)
    """
    x, span = tuple(x), dilation * (len(w) - 1)  # a tuple's entries are at hand sooner
    return tuple(
        sum(w_j * x[i + dilation * j] for j, w_j in enumerate(w))
        for i in range(0, len(x) - span, stride)
    )


def find_filter(x: Sequence[int], y: Sequence[int]) -> tuple[Rational, Rational]:
    """The filter of length 2 whose valid cross-correlation with ``x`` begins with ``y``.

    Solves w_1 x_i + w_2 x_(i+1) = y_i for i = 1, 2 by Cramer's rule. Raises ZeroDivisionError when
    these two equations do not determine the filter.

    >>> find_filter((1, 2, 5), (4, 9))
    (2, 1)
    """
    determinant = x[0] * x[2] - x[1] ** 2
    return (
        rational(y[0] * x[2] - x[1] * y[1], determinant),
        rational(x[0] * y[1] - x[1] * y[0], determinant),
    )


def padded2d(image: Rows, padding: int) -> Matrix:
    """Zeros on every side of one channel."""
    if not padding:
        return tuple(map(tuple, image))
    rows = tuple(padded(row, padding, padding) for row in image)
    zeros = ((0,) * max(map(len, rows)),) * padding
    return (*zeros, *rows, *zeros)


def flip2d(kernel: Rows) -> Matrix:
    """One channel of a kernel upside down and back to front: rotated by 180 degrees.

    >>> flip2d(((1, 2), (3, 4)))
    ((4, 3), (2, 1))
    """
    return tuple(flip(row) for row in kernel[::-1])


def free_entries(size: int) -> int:
    r"""Entries to choose in a square kernel that turning by 180 degrees leaves as it is.

    Opposite entries are equal, and the centre is opposite to itself:
    :math:`\lceil k^2 / 2 \rceil`.

    >>> free_entries(2), free_entries(3)
    (2, 5)
    """
    return (size * size + 1) // 2


def correlate2d(
    image: Sequence[Rows], kernel: Sequence[Rows], *, stride: int = 1, padding: int = 0
) -> Matrix:
    r"""Cross-correlation of an image with one filter, summed over the channels.

    .. math:: Y_{ij} = \sum_c \sum_m \sum_n K_{cmn} \tilde I_{c, S i + m, S j + n}

    where the image is padded by zeros on every side. ``image`` is (channels, rows, columns) and
    ``kernel`` has as many channels.

    >>> image = ((1, 1, 1, 0), (0, 1, 1, 1), (0, 0, 1, 1))
    >>> correlate2d([image], [((1, 0), (0, 1))])
    ((2, 2, 2), (0, 2, 2))
    """
    channels = [padded2d(channel, padding) for channel in image]
    rows, columns = _shape(channels[0])
    height, width = _shape(kernel[0])
    taps = [
        (weight, c, m, n)
        for c, channel in enumerate(kernel)
        for m, row in enumerate(channel)
        for n, weight in enumerate(row)
        if weight
    ]
    output = []
    for i in range(0, rows - height + 1, stride):
        lines = [(weight, channels[c][i + m], n) for weight, c, m, n in taps]
        windows = range(0, columns - width + 1, stride)
        output.append(
            tuple(sum(weight * line[j + n] for weight, line, n in lines) for j in windows)
        )
    return tuple(output)


def missing_entry(patch: Rows, kernel: Rows, value: int) -> Rational:
    """The entry written ``"?"`` in a window whose weighted sum is ``value``.

    Raises ZeroDivisionError when its weight is 0, for then nothing is known of it.

    >>> missing_entry(((1, "?"), (0, 2)), ((1, 3), (1, 1)), 9)
    2
    """
    places = [
        place for rows in zip(patch, kernel, strict=True) for place in zip(*rows, strict=True)
    ]
    known = sum(w * entry for entry, w in places if entry != "?")
    (weight,) = (w for entry, w in places if entry == "?")
    return rational(value - known, weight)


def _shape(channel: Rows) -> tuple[int, int]:
    return len(channel), max(map(len, channel))
