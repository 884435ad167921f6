"""Counting what data augmentation makes of one image.

Reference: Krizhevsky, Sutskever and Hinton (2012), "ImageNet classification with deep convolutional
neural networks", section 4.1. Warning: that paper counts the crops of 224 x 224 pixels in 256 x 256
as 32 x 32; a crop has 33 positions along each side, 256 - 224 + 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from partialcredit.solvers.sizes import output_size

__all__ = ["crop_positions", "orientations", "passes", "variants"]


def crop_positions(height: int, width: int, crop: tuple[int, int], stride: int) -> int:
    """The places of a crop inside an image, when it starts at every ``stride``-th pixel.

    >>> crop_positions(256, 256, (224, 224), 1)
    1089
    """
    rows: int = output_size(height, crop[0], stride=stride)
    columns: int = output_size(width, crop[1], stride=stride)
    return rows * columns


def orientations(turns: int, axes: int) -> int:
    """The different pictures that flips about some axes, then turns, make of a square crop.

    A mirror image is never a turned picture, so one flip doubles their number. Flips about both
    axes are together a turn by 180 degrees, which counts only once.

    >>> orientations(4, 1), orientations(4, 2), orientations(1, 2)
    (8, 8, 4)
    """
    mirrored = 2 if axes else 1
    return mirrored * max(turns, axes)


def variants(choices: Sequence[int]) -> int:
    """The number of combinations of independent choices.

    >>> variants((16, 2, 3))
    96
    """
    return prod(choices)


def passes(images: int, patches: int, flips: int) -> int:
    """Forward passes when the predictions on several patches of each image are averaged.

    >>> passes(1000, 5, 2)
    10000
    """
    return images * patches * flips
