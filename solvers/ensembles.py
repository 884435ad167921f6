r"""The squared error of an average of K models.

Every model's error has mean square v, and the product of two models' errors has mean c. Reference:
Goodfellow, Bengio and Courville (2016), "Deep learning", equations 7.50 and 7.51; Breiman (1996),
"Bagging predictors". Warning: with independent errors the mean square becomes 1/K of that of one
model; some notes say that it decreases by 1/K. The functions take numbers or SymPy symbols.
"""

from __future__ import annotations

from math import comb
from typing import Any

from partialcredit.numbers.rationals import Rational, ceil, rational

__all__ = ["majority_error", "mean_square", "models_for"]


def mean_square(v: Any, c: Any, K: Any) -> Any:
    r"""The mean squared error of the average (equation 7.51).

    .. math:: \frac{1}{K} v + \frac{K - 1}{K} c

    >>> mean_square(rational(2), rational(3, 5), 5)
    22/25
    """
    return (v + (K - 1) * c) / K


def models_for(v: Rational, c: Rational, target: Rational) -> int:
    """The least number of models whose average has a mean squared error of at most ``target``.

    For c < target.

    >>> models_for(rational(2), rational(3, 5), rational(88, 100))
    5
    """
    return ceil(rational(v - c, target - c))


def majority_error(rate: Rational, K: int) -> Rational:
    r"""The probability that more than half of K independent classifiers err.

    .. math:: \sum_{r < K/2} \binom{K}{r} (1 - p)^r p^{K - r}

    >>> majority_error(rational(1, 4), 3)
    5/32
    """
    return sum(
        (
            comb(K, right) * (1 - rate) ** right * rate ** (K - right)
            for right in range((K + 1) // 2)
        ),
        rational(0),
    )
