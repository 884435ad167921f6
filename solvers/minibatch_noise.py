r"""The noise of a mini-batch gradient: the mean of K gradients of single examples.

sigma^2 is the variance of one gradient; for a training set of N examples it divides by N.
Reference: Cochran (1977), "Sampling techniques", theorems 2.1 and 2.2; Goodfellow, Bengio and
Courville (2016), "Deep learning", section 8.1.3. The functions take numbers or SymPy symbols.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import Rational, ceil, rational

__all__ = [
    "examples_for_noise",
    "mean",
    "variance",
    "variance_of_mean",
    "variance_without_replacement",
]


def mean(gradients: Sequence[Number]) -> Number:
    """The gradient of the whole training set, a mean over its examples.

    >>> mean((1, 2, 6))
    3
    """
    return rational(1, len(gradients)) * sum(gradients)


def variance(gradients: Sequence[Number], centre: Number) -> Number:
    """The variance of the gradient of one example about their mean, divided by N.

    >>> variance((1, 2, 6), 3)
    14/3
    """
    return mean([(g - centre) ** 2 for g in gradients])


def variance_of_mean(variance: Any, K: Any) -> Any:
    r"""The variance of the mean of K independent gradients.

    .. math:: \sigma^2 / K

    >>> variance_of_mean(rational(12), 4)
    3
    """
    return rational(1) * variance / K


def variance_without_replacement(variance: Any, K: Any, N: Any) -> Any:
    r"""The variance of the mean of K different ones of N gradients (Cochran 1977, theorem 2.2).

    .. math:: \frac{\sigma^2}{K} \cdot \frac{N - K}{N - 1}

    Warning: with a variance that divides by N - 1 the last factor is (N - K) / N.

    >>> variance_without_replacement(rational(12), 4, 10)
    2
    """
    return rational(1) * variance / K * (N - K) / (N - 1)


def examples_for_noise(variance: Rational, target: Rational) -> int:
    """The smallest batch whose mean gradient has a variance of at most ``target``.

    >>> examples_for_noise(12, 5)
    3
    """
    return ceil(rational(variance, target))
