"""Networks of affine layers without activations, which are affine maps themselves.

A layer computes W x + b. Reference: Goodfellow, Bengio and Courville (2016), sections 6.1, 14.1
and 2.7; Baldi and Hornik (1989), "Neural networks and principal component analysis".
"""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import backprop
from partialcredit.solvers.matrices import Matrix, Rows, product

__all__ = [
    "collapsed_bias",
    "collapsed_weights",
    "discarded_energy",
    "half_squared_error",
    "rank_bound",
    "tied_gradient",
]


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


def half_squared_error(error: Sequence[Number]) -> Number:
    """The loss of one example, (1/2) sum error_i^2.

    >>> half_squared_error((3, -4))
    25/2
    """
    return rational(1, 2) * sum(e * e for e in error)


def tied_gradient(
    W: Matrix, x: Sequence[Number], code: Sequence[Number], error: Sequence[Number]
) -> Rows:
    r"""The gradient by the shared weights of z = W^T W x, for the loss above with error = z - x.

    .. math:: h (z - x)^\top + W (z - x) x^\top

    W is used twice, by the decoder (first term) and by the encoder (second term).

    >>> tied_gradient(((1, 2),), (1, 0), (1,), (0, 2))
    ((4, 2),)
    """
    decoder = backprop.outer(code, error)
    encoder = backprop.outer(backprop.affine(W, error), x)
    return tuple(
        tuple(a + b for a, b in zip(*rows, strict=True))
        for rows in zip(decoder, encoder, strict=True)
    )


def discarded_energy(singular_values: Sequence[Number], rank: int) -> Number:
    """The least squared error of a matrix of given rank: the squares of what is discarded.

    ``singular_values`` are those of the data matrix, the largest first. A linear autoencoder with
    ``rank`` hidden units reaches it and cannot do better (Eckart and Young 1936; Baldi and Hornik
    1989).

    >>> discarded_energy((5, 3, 2), 1)
    13
    """
    return sum(s * s for s in singular_values[rank:])
