r"""Broadcasting: the shape of an elementwise operation on arrays of different shapes.

Shapes are aligned at their last axes; missing axes count as 1, and two sizes fit when they are
equal or one of them is 1. Reference: Harris et al. (2020), "Array programming with NumPy";
van der Walt, Colbert and Varoquaux (2011), "The NumPy array", section "Broadcasting". Warning: some
notes let the leading axes decide; then (2, 3) with (2,) would work, which is an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from math import prod

__all__ = ["broadcast", "column_plus_row_total", "entries", "shape_along"]

Shape = tuple[int, ...]


def broadcast(a: Shape, b: Shape) -> Shape | None:
    """The common shape, or None when the shapes do not fit.

    >>> broadcast((4, 1), (3,)), broadcast((2, 3), (2,))
    ((4, 3), None)
    """
    pairs = list(zip_longest(reversed(a), reversed(b), fillvalue=1))
    if any(m != n and 1 not in (m, n) for m, n in pairs):
        return None
    return tuple(m * n if 1 in (m, n) else m for m, n in reversed(pairs))


def entries(shape: Shape) -> int:
    """How many numbers an array of this shape holds.

    >>> entries((4, 1, 3))
    12
    """
    return prod(shape)


def shape_along(shape: Shape, axis: int) -> Shape:
    """The shortest shape in which a vector runs along one axis of an array of this shape.

    The vector has one number for every place of that axis, counted from 0; the axes behind it need
    a 1 each.

    >>> shape_along((8, 5, 7), 1)
    (5, 1)
    """
    return (shape[axis], *[1 for _ in shape[axis + 1 :]])


def column_plus_row_total(u: Sequence[int], v: Sequence[int]) -> int:
    r"""The sum of all entries u_i + v_j of a column plus a row.

    .. math:: m \sum_i u_i + n \sum_j v_j \quad (u \text{ of size } n, v \text{ of size } m)

    >>> column_plus_row_total((1, 2), (10, 20, 30))
    129
    """
    return len(v) * sum(u) + len(u) * sum(v)
