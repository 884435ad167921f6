r"""Batch normalisation at test time: running statistics, the affine map, and folding it away.

Vectors have one entry per feature. Reference: Ioffe and Szegedy (2015), "Batch Normalization",
Algorithm 2; Jacob et al. (2018), "Quantization and training of neural networks", equations 14
and 15, for the folding.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector

__all__ = ["affine_shift", "affine_slope", "folded_bias", "folded_weights", "running_average"]


def running_average(start: Sequence[Number], batches: Sequence[Vector], keep: Number) -> Vector:
    r"""The running statistic after some batches, r <- keep r + (1 - keep) s.

    Warning: PyTorch calls the weight 1 - keep of the new value "momentum", others call keep so.

    >>> running_average((0,), ((2,), (4,), (6,)), rational(9, 10))
    (561/500,)
    """
    found = Vector(start)
    for batch in batches:
        found = keep * found + (1 - keep) * Vector(batch)
    return found


def affine_slope(gamma: Sequence[Number], variance: Sequence[Number], eps: Number) -> Any:
    """The slope a of y = a x + c, gamma / sqrt(variance + eps).

    >>> affine_slope((3,), (3,), 1)
    (3/2,)
    """
    return Vector(gamma) / sqrt(rational(1) * (Vector(variance) + eps))


def affine_shift(slope: Sequence[Number], mean: Sequence[Number], beta: Sequence[Number]) -> Vector:
    """The shift c of y = a x + c, beta - a mean.

    >>> affine_shift((2,), (5,), (1,))
    (-9,)
    """
    return Vector(beta) - Vector(slope) * Vector(mean)


def folded_weights(slope: Sequence[Number], W: Sequence[Vector]) -> Vector:
    """The weights of the layer before, with row i multiplied by the slope of feature i.

    >>> folded_weights((2, 3), ((1, 1), (0, 1)))
    ((2, 2), (0, 3))
    """
    return Vector(a * Vector(row) for a, row in zip(slope, W, strict=True))


def folded_bias(slope: Sequence[Number], shift: Sequence[Number], b: Sequence[Number]) -> Vector:
    """The bias of the layer before, a b + c.

    >>> folded_bias((2,), (-9,), (4,))
    (-1,)
    """
    return Vector(slope) * Vector(b) + Vector(shift)
