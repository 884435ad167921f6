"""Non-maximum suppression: of boxes that overlap much, the one with the best score stays.

Reference: Felzenszwalb et al. (2010), "Object detection with discriminatively trained part-based
models", section 6; Bodla et al. (2017), "Soft-NMS", equation 2. Warning: a box whose overlap equals
the threshold stays in torchvision and goes in some course notes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from partialcredit.numbers.vectors import Vector

__all__ = ["by_score", "fates", "softened", "span_iou"]


def by_score(scores: Sequence[Any]) -> tuple[int, ...]:
    """The boxes as they are visited, the best first; counted from 0.

    >>> by_score((5, 9, 7))
    (1, 2, 0)
    """
    return tuple(sorted(range(len(scores)), key=lambda box: -scores[box]))


def fates(order: Sequence[int], clash: Callable[[int, int], bool], boxes: int) -> Vector:
    """For every box the number, from 1, of the first kept one that clashes with it.

    It is 0 for a box that is kept and -1 for one that is not visited.

    >>> fates((0, 1, 2), lambda a, b: abs(a - b) == 1, 4)
    (0, 1, 0, -1)
    """
    found, kept = [-1] * boxes, list[int]()
    for box in order:
        by = next((other for other in kept if clash(other, box)), None)
        if by is None:
            kept.append(box)
        found[box] = 0 if by is None else by + 1
    return Vector(found)


def softened(score: Any, overlap: Any) -> Any:
    """The score s (1 - IoU) that linear soft suppression leaves where the overlap is too large."""
    return score * (1 - overlap)


def span_iou(a: Sequence[Any], b: Sequence[Any]) -> Any:
    """The IoU of two boxes of equal height in one row, each from its left to its right end.

    >>> from partialcredit.numbers.rationals import rational
    >>> span_iou((0, rational(10)), (3, rational(13)))
    7/13
    """
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return shared / (a[1] - a[0] + b[1] - b[0] - shared)
