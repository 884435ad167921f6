r"""Batch normalisation at test time: running statistics, the affine map, and folding it away.

Vectors have one entry per feature. Reference: Ioffe and Szegedy (2015), "Batch Normalization",
Algorithm 2; Jacob et al. (2018), "Quantization and training of neural networks", equations 14
and 15, for the folding.
"""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import rational

__all__ = ["affine_shift", "affine_slope", "folded_bias", "folded_weights", "running_average"]

Vector = Sequence[Number]


def running_average(start: Vector, batches: Sequence[Vector], keep: Number) -> tuple[Number, ...]:
    r"""The running statistic after some batches, r <- keep r + (1 - keep) s.

    Warning: PyTorch calls the weight 1 - keep of the new value "momentum", others call keep so.

    >>> running_average((0,), ((2,), (4,), (6,)), rational(9, 10))
    (561/500,)
    """
    found = tuple(start)
    for batch in batches:
        found = tuple(keep * r + (1 - keep) * s for r, s in zip(found, batch, strict=True))
    return found


def affine_slope(gamma: Vector, variance: Vector, eps: Number) -> tuple[Number, ...]:
    """The slope a of y = a x + c, gamma / sqrt(variance + eps).

    >>> affine_slope((3,), (3,), 1)
    (3/2,)
    """
    return tuple(g / sqrt(rational(1) * (v + eps)) for g, v in zip(gamma, variance, strict=True))


def affine_shift(slope: Vector, mean: Vector, beta: Vector) -> tuple[Number, ...]:
    """The shift c of y = a x + c, beta - a mean.

    >>> affine_shift((2,), (5,), (1,))
    (-9,)
    """
    return tuple(b - a * m for a, m, b in zip(slope, mean, beta, strict=True))


def folded_weights(slope: Vector, W: Sequence[Vector]) -> tuple[tuple[Number, ...], ...]:
    """The weights of the layer before, with row i multiplied by the slope of feature i.

    >>> folded_weights((2, 3), ((1, 1), (0, 1)))
    ((2, 2), (0, 3))
    """
    return tuple(tuple(a * w for w in row) for a, row in zip(slope, W, strict=True))


def folded_bias(slope: Vector, shift: Vector, b: Vector) -> tuple[Number, ...]:
    """The bias of the layer before, a b + c.

    >>> folded_bias((2,), (-9,), (4,))
    (-1,)
    """
    return tuple(a * b_i + c for a, c, b_i in zip(slope, shift, b, strict=True))
