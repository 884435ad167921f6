r"""Points and hyperplanes w^T x + b = 0, and linear classifiers made of them.

Reference: Bishop (2006), "Pattern recognition and machine learning", section 4.1. Warning: notes
that take the largest w_i^T x for the point deepest inside a class need every w_i of length 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational

__all__ = ["foot", "gap", "score", "signed_distance", "squared_length", "winner"]

Vector = Sequence[Any]


def score(w: Vector, x: Vector, b: Any) -> Any:
    """The value w^T x + b, which is zero on the hyperplane.

    >>> score((3, 4), (3, 4), -5)
    20
    """
    return sum(w_k * x_k for w_k, x_k in zip(w, x, strict=True)) + b


def squared_length(w: Vector) -> Any:
    """The squared Euclidean length of w.

    >>> squared_length((3, 4))
    25
    """
    return sum(w_k**2 for w_k in w)


def signed_distance(w: Vector, x: Vector, b: Any) -> Any:
    r"""The distance of x from the hyperplane, positive on the side that w points to.

    .. math:: (w^\top x + b) / \lVert w \rVert

    >>> signed_distance((3, 4), (3, 4), -5)
    4
    """
    return score(w, x, b) / sqrt(squared_length(w))


def foot(w: Vector, x: Vector, b: Any) -> tuple[Any, ...]:
    r"""The point of the hyperplane closest to x.

    .. math:: x - \frac{w^\top x + b}{\lVert w \rVert^2} w

    >>> foot((3, 4), (3, 4), -5)
    (3/5, 4/5)
    """
    share = rational(score(w, x, b), squared_length(w))
    return tuple(x_k - share * w_k for w_k, x_k in zip(w, x, strict=True))


def gap(w: Vector, b: Any, c: Any) -> Any:
    r"""The distance between the parallel hyperplanes w^T x + b = 0 and w^T x + c = 0.

    .. math:: |b - c| / \lVert w \rVert

    >>> gap((3, 4), -5, 10)
    3
    """
    return abs(b - c) / sqrt(squared_length(w))


def winner(values: Vector) -> int:
    """The class, counted from 1, with the largest value.

    >>> winner((2, 7, 3))
    2
    """
    values = list(values)
    return values.index(max(values)) + 1
