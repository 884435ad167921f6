r"""Gaussian class-conditional densities fitted by maximum likelihood.

Reference: Bishop (2006), "Pattern recognition and machine learning", equations 4.64 to 4.80;
Hastie, Tibshirani and Friedman (2009), "The elements of statistical learning", section 4.3.
Warning: some notes give equiprobable classes the factor 1 / sqrt(2 pi); it is 1/c for c classes.
Maximum likelihood divides by the number of examples, not by one less.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Exact, exp, log
from partialcredit.numbers.rationals import rational
from partialcredit.solvers.batchnorm import mean, variance

__all__ = [
    "boundary",
    "likelihood_constant",
    "log_density",
    "log_joint",
    "log_likelihood",
    "maximum_likelihood",
    "pooled_variance",
    "posterior",
]

Vector = Sequence[Any]
PI = Exact("pi")


def maximum_likelihood(features: Sequence[Vector]) -> tuple[tuple[Any, Any], ...]:
    """The mean and the variance of every feature, each given by its values in one class.

    >>> maximum_likelihood([(1, 3), (0, 6)])
    ((2, 1), (3, 9))
    """
    middles = [mean(values) for values in features]
    return tuple((m, variance(values, m)) for values, m in zip(features, middles, strict=True))


def log_density(x: Vector, means: Vector, variances: Vector) -> Any:
    r"""The logarithm of p(x | y) for independent features, that is a diagonal covariance matrix.

    .. math:: -\tfrac{1}{2} \sum_k
              \left( \log(2 \pi \sigma_k^2) + (x_k - \mu_k)^2 / \sigma_k^2 \right)

    >>> round(float(log_density((2,), (1,), (4,))), 5)
    -1.73709
    """
    half = rational(-1, 2)
    return sum(
        half * log(2 * PI * v) + half * (u - m) ** 2 / v
        for u, m, v in zip(x, means, variances, strict=True)
    )


def log_joint(log_density: Any, count: int, total: int) -> Any:
    """The logarithm of p(y) p(x | y), with the share of the class among all examples for p(y).

    >>> round(float(log_joint(0, 1, 4)), 4)
    -1.3863
    """
    return log(rational(count, total)) + log_density


def pooled_variance(variances: Vector, counts: Sequence[int]) -> Any:
    """The maximum-likelihood variance when all classes share one: weighted by their sizes.

    >>> pooled_variance((1, 4), (2, 4))
    3
    """
    total = sum(counts)
    return sum(v * rational(n, total) for v, n in zip(variances, counts, strict=True))


def boundary(means: Vector, variance: Any, counts: Sequence[int]) -> Any:
    r"""Where two classes with one variance are equally probable: a single point.

    .. math:: \frac{\mu_1 + \mu_2}{2} + \frac{\sigma^2}{\mu_2 - \mu_1} \log\frac{N_1}{N_2}

    >>> boundary((1, 4), rational(2), (5, 5))
    5/2
    """
    first, second = means
    shift = log(rational(*counts)) * variance / (second - first)
    return (first + second) * rational(1, 2) + shift


def posterior(joints: Vector) -> Any:
    """P(y = 1 | x) of two classes from their log p(y) p(x | y).

    >>> round(float(posterior((rational(1), 0))), 4)
    0.7311
    """
    first, second = joints
    return 1 / (1 + exp(second - first))


def log_likelihood(counts: Sequence[int], variance: Any) -> Any:
    r"""The log-likelihood of all examples at its maximum, one feature and one shared variance.

    .. math:: \sum_j N_j \log\frac{N_j}{N} - \frac{N}{2} \left( \log(2 \pi \sigma^2) + 1 \right)

    >>> round(float(log_likelihood((1, 1), 1)), 4)
    -4.2242
    """
    total = sum(counts)
    labels = sum(n * log(rational(n, total)) for n in counts)
    return labels - (log(2 * PI * variance) + 1) * total / 2


def likelihood_constant(N: Any, c: Any, n: Any, log: Any, pi: Any) -> Any:
    r"""What the log-likelihood of N examples holds whatever the parameters are.

    .. math:: N \log\frac{1}{c} - \frac{N n}{2} \log 2\pi

    c equiprobable classes, n features; ``log`` and ``pi`` as numbers or as SymPy has them.
    """
    return -N * log(c) - N * n * log(2 * pi) / 2
