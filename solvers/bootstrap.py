r"""Bootstrap samples: n draws with replacement from N data points.

Reference: Efron and Tibshirani (1993), "An introduction to the bootstrap"; Breiman (1996), "Bagging
predictors", section 4.2, for the share of 63 %. The functions take numbers or SymPy symbols, but
for the counts.
"""

from __future__ import annotations

from math import comb
from typing import Any

from partialcredit.numbers.exact import exp

__all__ = [
    "expected_distinct",
    "in_sample",
    "left_out",
    "limit_share",
    "ordered_samples",
    "unordered_samples",
]


def ordered_samples(N: int, n: int) -> int:
    """The sequences of n draws from N points, N^n.

    >>> ordered_samples(3, 2)
    9
    """
    samples: int = N**n
    return samples


def unordered_samples(N: int, n: int) -> int:
    """The samples that can be told apart when the order of the draws does not count.

    >>> unordered_samples(3, 2)
    6
    """
    return comb(N + n - 1, n)


def left_out(N: Any, n: Any) -> Any:
    r"""The probability that a given point is in none of n draws.

    .. math:: \left( 1 - \frac{1}{N} \right)^n

    >>> from partialcredit.numbers.rationals import rational
    >>> left_out(rational(4), 4)
    81/256
    """
    return (1 - 1 / N) ** n


def in_sample(N: Any, n: Any) -> Any:
    r"""The probability that a given point is in the sample.

    .. math:: 1 - \left( 1 - \frac{1}{N} \right)^n

    >>> from partialcredit.numbers.rationals import rational
    >>> in_sample(rational(4), 4)
    175/256
    """
    return 1 - left_out(N, n)


def expected_distinct(N: Any, n: Any) -> Any:
    r"""The expected number of different points in the sample.

    .. math:: N \left( 1 - \left( 1 - \frac{1}{N} \right)^n \right)

    >>> from partialcredit.numbers.rationals import rational
    >>> expected_distinct(rational(2), 2)
    3/2
    """
    return N * in_sample(N, n)


def limit_share(c: Any) -> Any:
    r"""The share of a large data set that c N draws hold.

    .. math:: 1 - e^{-c}

    >>> round(float(limit_share(1)), 6)
    0.632121
    """
    return 1 - exp(-c)
