r"""Batch normalisation backward, node by node.

The graph is a_i = x_i - mean, e = variance + eps, c = root of e, b = 1/c and x_hat_i = a_i b, where
b, c and e belong to the whole batch. ``g`` is the gradient by x_hat, one number per example.
Reference: Ioffe and Szegedy (2015), "Batch Normalization", section 3, whose closed forms these
steps multiply to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot

__all__ = [
    "centred_gradient",
    "forward",
    "reciprocal_gradient",
    "root_gradient",
    "shifted_gradient",
    "shifted_gradient_at",
]


def forward(variance: Number, eps: Number) -> tuple[Number, Number, Number]:
    """The nodes e, c and b.

    >>> forward(3, 1)
    (4, 2, 1/2)
    """
    e = rational(1) * (variance + eps)
    c = sqrt(e)
    return e, c, 1 / c


def centred_gradient(g: Sequence[Number], b: Number) -> Vector:
    """The gradient by a along x_hat: b g_i.

    >>> centred_gradient([4, -2], rational(1, 2))
    (2, -1)
    """
    return b * Vector(g)


def reciprocal_gradient(a: Sequence[Number], g: Sequence[Number]) -> Any:
    """The gradient by b, sum a_i g_i: every example uses b.

    >>> reciprocal_gradient([1, -1], [3, 5])
    -2
    """
    return dot(a, g)


def root_gradient(d_b: Number, c: Any) -> Number:
    """The gradient by c, -d_b / c^2.

    Warning: some notes put the gradient by x_hat in the place of d_b and so lose the factor a.

    >>> root_gradient(3, rational(2))
    -3/4
    """
    gradient: Number = -rational(1) * d_b / c**2
    return gradient


def shifted_gradient(d_c: Number, c: Any) -> Number:
    """The gradient by e, d_c / (2 c); the gradient by the variance is the same.

    Warning: some notes put the gradient by x_hat in the place of d_c.

    >>> shifted_gradient(3, 2)
    3/4
    """
    gradient: Number = rational(1, 2) * d_c / c
    return gradient


def shifted_gradient_at(s: Any, e: Any) -> Any:
    r"""The gradient by e in one formula, with s = sum a_i g_i.

    .. math:: -\tfrac12 \, s \, e^{-3/2}

    >>> shifted_gradient_at(4, rational(4))
    -1/4
    """
    return -rational(1, 2) * s / (e * sqrt(e))
