r"""Kullback-Leibler divergence of normal distributions, in nats.

Reference: Kingma and Welling (2014), "Auto-encoding variational Bayes", appendix B; Bishop (2006),
"Pattern recognition and machine learning", section 1.6.1. Warning: encoders put out standard
deviations, variances or logarithms of variances; these formulas take variances.
"""

from __future__ import annotations

from typing import Any

from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import rational

__all__ = ["bits", "divergence", "from_standard", "log_variance_slope"]


def divergence(mean: Any, variance: Any, other_mean: Any, other_variance: Any) -> Any:
    r"""KL(N(m, v) || N(n, w)): the expectation is under the first.

    .. math:: \frac12 \left( \ln\frac{w}{v} + \frac{v + (m - n)^2}{w} - 1 \right)

    >>> round(float(divergence(1, rational(4), 3, 1)), 5)
    2.80685
    """
    spread = variance + (mean - other_mean) ** 2
    return (log(rational(1) * other_variance / variance) + spread / other_variance - 1) / 2


def from_standard(mean: Any, variance: Any) -> Any:
    r"""KL(N(m, v) || N(0, 1)), the regulariser of a variational autoencoder.

    .. math:: \frac12 (m^2 + v - 1 - \ln v)

    >>> round(float(from_standard(1, rational("1/2"))), 6)
    0.596574
    """
    return (mean**2 + variance - 1 - log(variance)) / 2


def log_variance_slope(variance: Any) -> Any:
    """The derivative of :func:`from_standard` by the logarithm of the variance, (v - 1) / 2."""
    return (variance - 1) / 2


def bits(nats: Any) -> Any:
    """A number of nats in bits: a bit is ln 2 nats."""
    return nats / log(2)
