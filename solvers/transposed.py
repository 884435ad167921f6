"""Transposed convolution along one axis: sizes and values.

Reference: Dumoulin and Visin (2016), relationships 13 and 14. Warning: some texts call it
deconvolution; it restores the size of a convolution's input, not its values.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.solvers.conv_gradients import Matrix, Vector, image_gradient, signal_gradient

__all__ = ["size", "transposed", "transposed2d"]


def size(n: Any, k: Any, s: Any, p: Any) -> Any:
    """Output size of a transposed convolution, (n - 1)s - 2p + k; takes symbols, too.

    >>> size(4, 3, 2, 1)
    7
    """
    return (n - 1) * s - 2 * p + k


def transposed(x: Sequence[Any], w: Sequence[Any], *, stride: int, padding: int) -> Vector:
    """Every entry spreads the filter, times itself; overlaps are added and both ends cut off.

    >>> transposed((1, 2), (1, 3), stride=1, padding=0)
    (1, 5, 6)
    """
    full = signal_gradient(w, x, size(len(x), len(w), stride, 0), stride=stride)
    return full[padding : len(full) - padding]


def transposed2d(
    image: Sequence[Sequence[Any]], kernel: Sequence[Sequence[Any]], *, stride: int
) -> Matrix:
    """The same for one channel of a square image and a square kernel, without cutting.

    >>> transposed2d(((3,),), ((1, 1), (0, 2)), stride=2)
    ((3, 3), (0, 6))
    """
    side = size(len(image), len(kernel), stride, 0)
    return image_gradient(kernel, image, (range(side),) * side, stride=stride)
