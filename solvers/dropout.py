r"""Dropout: every unit is kept with probability q, independently, by a new mask in every step.

Inverted dropout divides the kept units by q in training and does nothing at test time; classical
dropout leaves the kept units alone in training and multiplies by q at test time. Reference:
Srivastava et al. (2014), "Dropout: a simple way to prevent neural networks from overfitting",
sections 4 and 10. Warning: some sources write p for q, some, such as PyTorch, for 1 - q.

``products`` are the terms w_i h_i of the sum that a next unit receives.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb
from typing import Any

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import Rational

__all__ = [
    "classical_variance",
    "inverted_variance",
    "masks",
    "masks_keeping",
    "received",
    "scale",
    "term_variance",
]


def masks(N: int) -> int:
    """The number of networks that share their weights: the masks of N units, 2^N.

    >>> masks(10)
    1024
    """
    networks: int = 2**N
    return networks


def masks_keeping(N: int, k: int) -> int:
    """The masks that keep exactly k of N units.

    >>> masks_keeping(4, 2)
    6
    """
    return comb(N, k)


def scale(q: Rational) -> Rational:
    """The factor of a kept unit in inverted dropout, 1 / q.

    >>> scale(rational(4, 5))
    5/4
    """
    return 1 / q


def received(products: Sequence[Number], mask: Sequence[int]) -> Number:
    """The sum that arrives through a mask of 0 and 1, before any scaling.

    >>> received((2, 5, -1), (1, 0, 1))
    1
    """
    return sum(x * kept for x, kept in zip(products, mask, strict=True))


def term_variance(a: Any, q: Any) -> Any:
    r"""The variance of one term a of the sum in inverted dropout.

    .. math:: \frac{1 - q}{q} a^2

    >>> term_variance(3, rational(1, 2))
    9
    """
    return a**2 * (1 - q) / q


def inverted_variance(products: Sequence[Number], q: Rational) -> Number:
    r"""The variance of the sum in inverted dropout; its mean is the sum without dropout.

    .. math:: \frac{1 - q}{q} \sum_i (w_i h_i)^2

    >>> inverted_variance((1, -2), rational(4, 5))
    5/4
    """
    total: Number = sum(term_variance(x, q) for x in products)
    return total


def classical_variance(products: Sequence[Number], q: Rational) -> Number:
    r"""The variance of the sum without scaling.

    .. math:: q (1 - q) \sum_i (w_i h_i)^2

    >>> classical_variance((1, -2), rational(4, 5))
    4/5
    """
    return q * (1 - q) * sum(x**2 for x in products)
