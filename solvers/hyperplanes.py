r"""Points and hyperplanes w^T x + b = 0, and linear classifiers made of them.

Reference: Bishop (2006), "Pattern recognition and machine learning", section 4.1. Warning: notes
that take the largest w_i^T x for the point deepest inside a class need every w_i of length 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot

__all__ = ["foot", "gap", "score", "signed_distance", "squared_length", "winner"]


def score(w: Sequence[Any], x: Sequence[Any], b: Any) -> Any:
    """The value w^T x + b, which is zero on the hyperplane.

    >>> score((3, 4), (3, 4), -5)
    20
    """
    return dot(w, x) + b


def squared_length(w: Sequence[Any]) -> Any:
    """The squared Euclidean length of w.

    >>> squared_length((3, 4))
    25
    """
    return dot(w, w)


def signed_distance(w: Sequence[Any], score: Any) -> Any:
    r"""The distance from the hyperplane of a point with this score, negative behind it.

    .. math:: (w^\top x + b) / \lVert w \rVert

    >>> signed_distance((3, 4), 20)
    4
    """
    return score / sqrt(squared_length(w))


def foot(w: Sequence[Any], x: Sequence[Any], score: Any) -> Any:
    r"""The point of the hyperplane closest to x, which has this score.

    .. math:: x - \frac{w^\top x + b}{\lVert w \rVert^2} w

    >>> foot((3, 4), (3, 4), 20)
    (3/5, 4/5)
    """
    return Vector(x) - rational(score, squared_length(w)) * Vector(w)


def gap(w: Sequence[Any], b: Any, c: Any) -> Any:
    r"""The distance between the parallel hyperplanes w^T x + b = 0 and w^T x + c = 0.

    .. math:: |b - c| / \lVert w \rVert

    >>> gap((3, 4), -5, 10)
    3
    """
    return abs(b - c) / sqrt(squared_length(w))


def winner(values: Sequence[Any]) -> int:
    """The class, counted from 1, with the largest value.

    >>> winner((2, 7, 3))
    2
    """
    values = list(values)
    return values.index(max(values)) + 1
