"""What changing a hyperparameter does, and which of its values the errors speak for.

Reference: Goodfellow, Bengio and Courville (2016), "Deep Learning", sections 5.2, 5.3 and 11.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["best", "capacity_side", "direction", "ranking"]


def direction(before: Any, after: Any) -> int:
    """0 where a quantity grows, 1 where it shrinks, 2 where it stays the same.

    >>> direction(28, 30), direction(28, 14), direction(5, 5)
    (0, 1, 2)
    """
    if after == before:
        return 2
    return 0 if after > before else 1


def ranking(values: Sequence[Any]) -> tuple[int, ...]:
    """The places of the values from the smallest to the largest; the values differ.

    >>> ranking((30, 14, 28))
    (1, 2, 0)
    """
    return tuple(sorted(range(len(values)), key=values.__getitem__))


def best(settings: Sequence[int], validation: Sequence[Any]) -> int:
    """The setting with the smallest validation error.

    >>> best((1, 2, 4, 8), (30, 12, 9, 14))
    4
    """
    return settings[ranking(validation)[0]]


def capacity_side(setting: int, chosen: int, *, larger_is_simpler: bool) -> int:
    """0 where a model is too simple for the data, 1 where it is too flexible, 2 for the best one.

    Told by the side of the best setting that it lies on.

    >>> capacity_side(1, 4, larger_is_simpler=False), capacity_side(1, 4, larger_is_simpler=True)
    (0, 1)
    """
    if setting == chosen:
        return 2
    return 0 if (setting > chosen) == larger_is_simpler else 1
