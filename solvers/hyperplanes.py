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


def signed_distance(w: Sequence[Any], x: Sequence[Any], b: Any) -> Any:
    r"""The distance of x from the hyperplane, positive on the side that w points to.

    .. math:: (w^\top x + b) / \lVert w \rVert

    >>> signed_distance((3, 4), (3, 4), -5)
    4
    """
    return score(w, x, b) / sqrt(squared_length(w))


def foot(w: Sequence[Any], x: Sequence[Any], b: Any) -> Any:
    r"""The point of the hyperplane closest to x.

    .. math:: x - \frac{w^\top x + b}{\lVert w \rVert^2} w

    >>> foot((3, 4), (3, 4), -5)
    (3/5, 4/5)
    """
    share = rational(score(w, x, b), squared_length(w))
    return Vector(x) - share * Vector(w)


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
