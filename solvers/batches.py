r"""Shapes of a fully connected layer on a batch, and of its gradients.

With examples as rows the layer is Z = X W + b, with X of shape (m, d), W of shape (d, k) and b of
shape (k,), added to every row. With examples as columns it is Z = W X + b, with X of shape (d, m),
W of shape (k, d) and b of shape (k, 1). A gradient has the shape of what it belongs to. Reference:
Goodfellow, Bengio and Courville (2016), "Deep learning", sections 6.5.6 and 2.1. Warning: PyTorch
takes examples as rows but stores the weight as (k, d).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

__all__ = ["fitting", "parameters", "product", "summands", "transposed"]

Shape = tuple[int, ...]


def product(left: Shape, right: Shape) -> Shape:
    """The shape of a product of two matrices whose inner sizes agree.

    >>> product((8, 5), (5, 3))
    (8, 3)
    """
    rows, inner = left
    height, columns = right
    if inner != height:
        raise ValueError(f"a matrix {left} cannot be multiplied by a matrix {right}")
    return (rows, columns)


def fitting(factors: Sequence[tuple[Shape, Shape]], wanted: Shape) -> int:
    """The place of the first pair of matrices whose product exists and has the shape wanted.

    >>> fitting([((8, 5), (8, 5)), ((5, 8), (8, 3))], (5, 3))
    1
    """
    for place, (left, right) in enumerate(factors):
        if left[1:] == right[:1] and (left[0], right[1]) == wanted:
            return place
    raise ValueError(f"no product of {factors} has the shape {wanted}")


def transposed(shape: Shape) -> Shape:
    """The shape of the transpose.

    >>> transposed((8, 5))
    (5, 8)
    """
    return shape[::-1]


def parameters(shapes: Sequence[Shape]) -> int:
    """How many numbers arrays of these shapes hold.

    >>> parameters([(5, 3), (3,)])
    18
    """
    return sum(map(prod, shapes))


def summands(output: Shape, bias: Shape) -> int:
    """How many entries of the output's gradient add up to one entry of the bias's gradient.

    The bias is added to every example (and every position of a sequence), so all of them count.

    >>> summands((8, 3), (3,)), summands((8, 10, 3), (3,))
    (8, 80)
    """
    return prod(output) // prod(bias)
