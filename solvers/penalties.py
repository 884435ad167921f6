r"""Penalties on parameters, and their gradients; the penalised loss is J + alpha Omega.

Reference: Goodfellow, Bengio and Courville (2016), "Deep learning", sections 7.1, 7.1.2 and 7.9;
Yuan and Lin (2006), "Model selection and estimation in regression with grouped variables", for the
norm that is not squared. Warning: some notes write the norm of (w_1, w_2) for what ties two
parameter vectors; it is the norm of their difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import rational

__all__ = [
    "absolute_sum",
    "half_square",
    "length",
    "length_gradient",
    "squares",
]

Vector = Sequence[Number]


def squares(w: Vector) -> Number:
    """The squared Euclidean length, sum w_i^2.

    >>> squares((3, -4))
    25
    """
    return sum(x**2 for x in w)


def half_square(w: Vector) -> Number:
    """The penalty of weight decay, half the squared length; its gradient is w.

    >>> half_square((3, -4))
    25/2
    """
    return rational(1, 2) * squares(w)


def absolute_sum(w: Vector) -> Number:
    """The L1 norm, sum |w_i|.

    >>> absolute_sum((3, -4))
    7
    """
    return sum(abs(x) for x in w)


def length(w: Vector) -> Number:
    """The Euclidean norm, not squared.

    >>> length((3, -4))
    5
    """
    root: Number = sqrt(squares(w))
    return root


def length_gradient(w: Any) -> Any:
    """The gradient of the norm, the unit vector w / |w|, for a vector with arithmetic.

    >>> from partialcredit.numbers.vectors import Vector
    >>> length_gradient(Vector((3, -4)))
    (3/5, -4/5)
    """
    return w / length(w)
