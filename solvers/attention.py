r"""Scaled dot-product attention, its gradient, and what of it costs how much.

.. math:: A = \mathrm{softmax}(Q K^\top / \sqrt{d}), \qquad C = A V

Rows are tokens, as in Vaswani et al. (2017), equation 1; some books write tokens as columns. The
softmax runs along the keys. Luong, Pham and Manning (2015) do not scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot
from partialcredit.solvers import softmax
from partialcredit.solvers.backprop import transpose
from partialcredit.solvers.matrices import Matrix, product

__all__ = [
    "causal_weights",
    "context",
    "query_gradient",
    "score_gradient",
    "scores",
    "value_gradient",
    "weights",
]


def scores(Q: Matrix, K: Matrix) -> Vector:
    """How well every query (row) fits every key (column), q . k / sqrt(d).

    >>> scores(((2, 0, 0, 0),), ((3, 1, 1, 1), (-1, 0, 0, 5)))
    ((3, -1),)
    """
    columns = transpose(K)
    root = sqrt(rational(len(columns)))
    return Vector(Vector(v / root for v in row) for row in product(Q, columns))


def weights(scores: Matrix) -> Vector:
    """The softmax of every row.

    >>> weights(((0, 0),))
    ((1/2, 1/2),)
    """
    return Vector(map(softmax.probabilities, scores))


def causal_weights(scores: Matrix) -> Vector:
    """The softmax of every row over the positions up to its own; 0 at later ones.

    >>> causal_weights(((0, 0), (0, 0)))
    ((1, 0), (1/2, 1/2))
    """
    found = []
    for i, row in enumerate(scores):
        seen = softmax.probabilities(row[: i + 1])
        found.append(Vector((*seen, *(0,) * (len(row) - len(seen)))))
    return Vector(found)


def context(weights: Matrix, V: Matrix) -> Any:
    """The values mixed by the weights of every query, A V.

    >>> context(((rational(1, 2), rational(1, 2)),), ((1, 0), (3, 4)))
    ((2, 2),)
    """
    return product(weights, V)


def score_gradient(a: Any, v: Any, o: Any, g: Any) -> Any:
    """The derivative of the loss by a score, g a (v - o), of one query with scalar values.

    ``a`` and ``v`` are weight and value of the score's key, ``o`` is the mixed value and ``g`` its
    derivative; one number or a vector each.

    >>> score_gradient(rational(1, 3), -1, 2, 2)
    -2
    """
    return g * a * (v - o)


def value_gradient(a: Any, g: Any) -> Any:
    """The derivative by a value, g a."""
    return g * a


def query_gradient(d_scores: Sequence[Number], K: Matrix) -> Vector:
    """The derivative by the query, sum of ds_i k_i / sqrt(d).

    >>> query_gradient((2, -2), ((1, 0, 0, 2), (0, 0, 1, 2)))
    (1, 0, -1, 0)
    """
    columns = transpose(K)
    root = sqrt(rational(len(columns)))
    return Vector(dot(d_scores, column) / root for column in columns)
