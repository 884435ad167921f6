"""Early stopping: when training stops, and which epoch's model it returns.

Epochs are counted from 1. An epoch improves when its validation error is below that of the last
epoch that improved, by more than ``min_delta``; the first epoch always does. Training stops after
``patience`` epochs in a row without improvement and returns the model of the last improvement.
Reference: Prechelt (1998), "Early stopping - but when?"; Goodfellow, Bengio and Courville (2016),
"Deep learning", algorithm 7.1. Warning: libraries differ in whether an error that is lower by
exactly ``min_delta`` improves; here, as in PyTorch Lightning, it does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.numbers.exact import Number

__all__ = ["improvements", "lowest", "stop"]


def lowest(errors: Sequence[Number]) -> int:
    """The epoch with the lowest error; the first one of equals.

    >>> lowest((9, 7, 6, 8))
    3
    """
    return errors.index(min(errors)) + 1


def improvements(errors: Sequence[Number], min_delta: Number) -> tuple[int, ...]:
    """The epochs that improve.

    >>> improvements((90, 70, 60, 62, 59, 50), 1)
    (1, 2, 3, 6)
    """
    found: list[int] = []
    best = min_delta
    for epoch, error in enumerate(errors, start=1):
        if not found or error < best - min_delta:
            found.append(epoch)
            best = error
    return tuple(found)


def stop(improved: Sequence[int], patience: int) -> int:
    """The epoch after which training stops, for the epochs that improve.

    >>> stop((1, 2, 3, 7), 3)
    6
    """
    last = next(
        epoch
        for epoch in improved
        if not any(epoch < later <= epoch + patience for later in improved)
    )
    return last + patience
