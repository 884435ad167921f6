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
from partialcredit.numbers.vectors import dot
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


def maximum_likelihood(points: Sequence[Any]) -> tuple[Any, Any]:
    """The mean and the variance of one class; a point is a number or a ``Vector`` of features.

    >>> maximum_likelihood((1, 3))
    (2, 1)
    """
    middle = mean(points)
    return middle, variance(points, middle)


def log_density(x: Any, means: Any, variances: Any) -> Any:
    r"""The logarithm of p(x | y) for independent features, that is a diagonal covariance matrix.

    Numbers where there is one feature.

    .. math:: -\tfrac{1}{2} \sum_k
              \left( \log(2 \pi \sigma_k^2) + (x_k - \mu_k)^2 / \sigma_k^2 \right)

    >>> round(float(log_density((2,), (1,), (4,))), 5)
    -1.73709
    """
    if isinstance(x, tuple):
        return sum(map(log_density, x, means, variances))
    half = rational(-1, 2)
    return half * log(2 * PI * variances) + half * (x - means) ** 2 / variances


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
    return dot(variances, counts) * rational(1, sum(counts))


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
