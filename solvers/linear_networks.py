"""Networks of affine layers without activations, which are affine maps themselves.

A layer computes W x + b. Reference: Goodfellow, Bengio and Courville (2016), sections 6.1, 14.1
and 2.7; Baldi and Hornik (1989), "Neural networks and principal component analysis".
"""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.exact import Number
from partialcredit.solvers import backprop
from partialcredit.solvers.matrices import Matrix, Rows, product

__all__ = ["collapsed_bias", "collapsed_weights", "rank_bound"]


def collapsed_weights(weights: Sequence[Matrix]) -> Rows:
    """The matrix of the whole network, W_L ... W_1: the first layer stands on the right.

    >>> collapsed_weights((((1, 0), (1, 1)), ((1, 2),)))
    ((3, 2),)
    """
    found, *rest = weights
    for W in rest:
        found = product(W, found)
    return tuple(map(tuple, found))


def collapsed_bias(
    weights: Sequence[Matrix], biases: Sequence[Sequence[Number]]
) -> Sequence[Number]:
    """The bias of the whole network: every bias passes through the layers above it.

    >>> collapsed_bias((((1, 0), (1, 1)), ((1, 2),)), ((1, 2), (3,)))
    (8,)
    """
    found, *rest = biases
    for W, b in zip(weights[1:], rest, strict=True):
        found = backprop.affine(W, found, b)
    return found


def rank_bound(widths: Sequence[int]) -> int:
    """The largest rank the whole network can have; ``widths`` begin with the input.

    >>> rank_bound((10, 3, 8))
    3
    """
    return min(widths)
