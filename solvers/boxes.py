"""Boxes in the plane, (x1, y1, x2, y2) with x1 < x2 and y1 < y2, and how much they overlap.

Reference: Everingham et al. (2010), "The PASCAL visual object classes challenge", section 4.2, for
the overlap; Rezatofighi et al. (2019), "Generalized intersection over union", algorithm 1. Warning:
the challenge's own code counts pixels, so that a side is x2 - x1 + 1 long; here, as in COCO and
torchvision, coordinates are continuous and no pixel is added.
"""

from __future__ import annotations

from typing import Any

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector

__all__ = [
    "area",
    "corners",
    "enclosing",
    "generalized_iou",
    "intersection",
    "iou",
    "slide",
    "union",
]

Box = Any


def corners(box: Box) -> Box:
    """The corner form of a box given by centre and size, (cx, cy, w, h).

    >>> corners((2, rational("5/2"), 2, 3))
    (1, 1, 3, 4)
    """
    x, y, width, height = box
    half = rational(1, 2)
    return Vector((x - width * half, y - height * half, x + width * half, y + height * half))


def area(box: Box) -> Any:
    """Width times height."""
    x1, y1, x2, y2 = box
    return (x2 - x1) * (y2 - y1)


def intersection(a: Box, b: Box) -> Any:
    """The area that two boxes share; 0 if they lie apart along any axis.

    >>> intersection((0, 0, 2, 2), (1, 1, 3, 4)), intersection((0, 0, 2, 2), (3, 3, 4, 5))
    (1, 0)
    """
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    return max(0, width) * max(0, height)


def union(a: Box, b: Box, shared: Any) -> Any:
    """The area that two boxes cover, A + B - I, given what they share."""
    return area(a) + area(b) - shared


def iou(a: Box, b: Box, shared: Any) -> Any:
    """Intersection over union, given the area that is shared.

    >>> iou((0, 0, 2, 2), (1, 1, 3, 4), 1)
    1/9
    """
    return rational(1) * shared / union(a, b, shared)


def enclosing(a: Box, b: Box) -> Box:
    """The smallest box around two boxes."""
    return Vector((min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])))


def generalized_iou(a: Box, b: Box, shared: Any) -> Any:
    """IoU minus the share of the enclosing box that belongs to neither, IoU - (C - U) / C.

    >>> generalized_iou((0, 0, 2, 2), (1, 1, 3, 4), 1)
    -5/36
    """
    around = area(enclosing(a, b))
    return iou(a, b, shared) - (around - union(a, b, shared)) / (rational(1) * around)


def slide(width: Any, threshold: Any) -> Any:
    """How far a box may move along an axis until its IoU with its old place is the threshold.

    The overlap w - s over the union w + s is the threshold at s = w (1 - t) / (1 + t).

    >>> slide(6, rational("1/2"))
    2
    """
    return width * (1 - threshold) / (1 + threshold)
