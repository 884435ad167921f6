"""Counting updates when a training set is taken in mini-batches.

N examples, batches of B, every example once an epoch. Reference: Goodfellow, Bengio and Courville
(2016), "Deep learning", section 8.1.3. Warning: libraries differ in what becomes of the last,
smaller batch: PyTorch keeps it unless ``drop_last=True``.
"""

from __future__ import annotations

__all__ = ["epoch_of", "last_size", "left_out", "updates"]


def updates(N: int, B: int) -> int:
    """Updates an epoch when the last batch may be smaller: N / B, rounded up.

    >>> updates(50_000, 128)
    391
    """
    return -(-N // B)


def last_size(N: int, B: int) -> int:
    """The size of the last batch of an epoch.

    >>> last_size(50_000, 128)
    80
    """
    return N - (updates(N, B) - 1) * B


def left_out(N: int, B: int) -> int:
    """The examples an epoch leaves out when the last, smaller batch is dropped.

    >>> left_out(50_000, 128)
    80
    """
    return N % B


def epoch_of(update: int, per_epoch: int) -> int:
    """The epoch, counted from 1, in which an update falls.

    >>> epoch_of(390, 390), epoch_of(391, 390)
    (1, 2)
    """
    return -(-update // per_epoch)
