r"""The logistic function and the hyperbolic tangent are one curve: tanh(x) = 2 σ(2x) - 1.

Reference: Bishop (2006), "Pattern recognition and machine learning", section 3.1 and exercise 5.1.
Warning: some notes print 2 σ(x) - 1, which is tanh(x/2).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import Rational

__all__ = ["converted", "logistic_as_tanh", "tanh_as_logistic", "tanh_slope"]


def tanh_as_logistic(A: Any, k: Any) -> tuple[Any, Any, Any]:
    """The numbers a, b, c with A tanh(k x) = a σ(b x) + c.

    >>> tanh_as_logistic(1, 1)
    (2, 2, -1)
    """
    return 2 * A, 2 * k, -A


def logistic_as_tanh(A: Rational, k: Rational) -> tuple[Rational, Rational, Rational]:
    """The numbers a, b, c with A σ(k x) = a tanh(b x) + c.

    >>> logistic_as_tanh(rational(1), rational(1))
    (1/2, 1/2, 1/2)
    """
    return A / 2, k / 2, A / 2


def tanh_slope(s: Any) -> Any:
    r"""The derivative of tanh at x, from s = σ(2x).

    .. math:: 1 - (2 s - 1)^2 = 4 s (1 - s)

    >>> tanh_slope(rational(1, 2))
    1
    """
    return 4 * s * (1 - s)


def converted(
    W: Sequence[Sequence[Number]], b: Sequence[Number], v: Sequence[Number], c: Number
) -> tuple[Any, Any, Any, Any]:
    """The parameters that let a network of logistic units do what one of tanh units does.

    The networks are v^T tanh(W x + b) + c and the same with σ.

    >>> converted(((1, 2),), (3,), (4,), 5)
    (((2, 4),), (6,), (8,), 1)
    """
    units = [tanh_as_logistic(v_i, 1) for v_i in v]
    return (
        tuple(tuple(scale * w for w in row) for row, (_, scale, _) in zip(W, units, strict=True)),
        tuple(scale * b_i for b_i, (_, scale, _) in zip(b, units, strict=True)),
        tuple(height for height, _, _ in units),
        c + sum(offset for _, _, offset in units),
    )
