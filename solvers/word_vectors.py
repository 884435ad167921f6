r"""Word vectors: how alike they are, and how skip-gram moves them.

The centre word has the vector v, the outside words the rows u_w of U. With o the true outside word,

.. math:: J = -\ln \mathrm{softmax}(U v)_o, \qquad
          J = -\ln \sigma(u_o \cdot v) - \sum_k \ln \sigma(-u_k \cdot v)

where a negative word that is drawn twice counts twice. Reference: Mikolov et al. (2013),
"Distributed representations of words and phrases and their compositionality", equations 2 and 4;
Mikolov, Yih and Zweig (2013) for analogies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, log, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, columns, dot
from partialcredit.solvers.backprop import logistic
from partialcredit.solvers.matrices import Matrix

__all__ = [
    "analogy",
    "centre_gradient",
    "cosine",
    "distance",
    "negative_centre_gradient",
    "negative_loss",
    "outside_gradient",
    "training_pairs",
]


def cosine(u: Sequence[Number], v: Sequence[Number]) -> Any:
    """The inner product divided by both lengths.

    >>> cosine((3, 4), (4, 3))
    24/25
    """
    return rational(1) * dot(u, v) / (sqrt(rational(dot(u, u))) * sqrt(rational(dot(v, v))))


def distance(u: Vector, v: Vector) -> Any:
    """The length of the difference.

    >>> distance(Vector((1, 2)), Vector((4, 6)))
    5
    """
    away = u - v
    return sqrt(rational(dot(away, away)))


def analogy(vectors: Matrix, offset: Vector, given: Sequence[int]) -> int:
    """The word whose vector has the largest cosine with ``offset``, the given words left out.

    >>> analogy(((1, 0), (0, 1), (1, 1)), Vector((5, 4)), (0,))
    2
    """
    words = [i for i in range(len(vectors)) if i not in given]
    return max(words, key=lambda i: float(cosine(vectors[i], offset)))


def centre_gradient(U: Matrix, errors: Sequence[Number]) -> Vector:
    """The derivative by v with the full softmax, U^T (p - y); ``errors`` are p - y.

    >>> centre_gradient(((1, 0), (2, 1)), (3, -3))
    (-3, -3)
    """
    return Vector(dot(column, errors) for column in columns(U))


def outside_gradient(errors: Sequence[Number], v: Vector) -> Vector:
    """The derivative by U with the full softmax, (p - y) v^T: one row a word.

    >>> outside_gradient((2, -1), Vector((1, 3)))
    ((2, 6), (-1, -3))
    """
    return Vector(e * v for e in errors)


def negative_loss(true: Any, negatives: Sequence[Any]) -> Any:
    """The loss of negative sampling, from the scores u . v of the true word and of the negatives.

    >>> round(float(negative_loss(0, (0,))), 4)
    1.3863
    """
    return -log(logistic(true)) - sum(log(logistic(-score)) for score in negatives)


def negative_centre_gradient(
    true: Any, u: Vector, negatives: Sequence[Any], rows: Sequence[Vector]
) -> Vector:
    """The derivative by v: (sigma(s_o) - 1) u_o and sigma(s_k) u_k for every negative.

    >>> negative_centre_gradient(0, Vector((2, 0)), (0,), (Vector((4, 2)),))
    (1, 1)
    """
    found: Vector = (logistic(true) - 1) * u
    for score, row in zip(negatives, rows, strict=True):
        found = found + logistic(score) * row
    return found


def training_pairs(words: int, window: int) -> int:
    """Pairs of a centre and an outside word at most ``window`` places apart in one sentence.

    >>> training_pairs(10, 2)
    34
    """
    return 2 * window * words - window * (window + 1)
