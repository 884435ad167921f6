r"""One step of expectation maximisation for a mixture of Gaussians on the line.

Reference: Dempster, Laird and Rubin (1977), "Maximum likelihood from incomplete data via the EM
algorithm"; Bishop (2006), "Pattern recognition and machine learning", section 9.2. Warning: the
M-step takes the new means into the variances.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import PI, exp, log, sqrt
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.vectors import Vector, dot

__all__ = [
    "densities",
    "free_parameters",
    "log_likelihood",
    "new_mean",
    "new_variance",
    "new_weight",
    "responsibilities",
]


def densities(
    x: Rational | int, weights: Sequence[Rational], means: Vector, variances: Vector
) -> Vector:
    r"""What every component adds to the density, times the root of 2π.

    .. math:: \frac{\pi_k}{\sigma_k} e^{-(x - \mu_k)^2 / (2 \sigma_k^2)}

    >>> densities(1, (rational(1, 2), rational(1, 2)), Vector((1, 1)), Vector((1, 4)))
    (1/2, 1/4)
    """
    return Vector(
        weight / sqrt(rational(variance)) * exp(-rational((x - mean) ** 2) / (2 * variance))
        for weight, mean, variance in zip(weights, means, variances, strict=True)
    )


def responsibilities(terms: Sequence[Vector]) -> Vector:
    """The share of the first component in the density at every point.

    >>> responsibilities([(rational(1, 2), rational(1, 4))])
    (2/3,)
    """
    return Vector(point[0] / sum(point) for point in terms)


def log_likelihood(terms: Sequence[Vector]) -> Any:
    """The sum of the logarithms of the density.

    >>> round(float(log_likelihood([(rational(1, 2), rational(1, 2))])), 4)
    -0.9189
    """
    return sum(log(sum(point)) for point in terms) - log(2 * PI) * rational(len(terms), 2)


def new_weight(r: Sequence[Any]) -> Any:
    """The mean of the responsibilities of a component.

    >>> new_weight((1, rational("0.4"), 0))
    7/15
    """
    return sum(r) * rational(1, len(r))


def new_mean(x: Sequence[Any], r: Sequence[Any]) -> Any:
    r"""The mean of the points, weighted with responsibilities: Σ r_i x_i / Σ r_i.

    >>> new_mean((1, 10, 20), (1, rational("0.4"), 0))
    25/7
    """
    return dot(r, x) / sum(r)


def new_variance(x: Vector, r: Sequence[Any], mean: Any) -> Any:
    r"""The variance around the new mean, weighted with responsibilities.

    .. math:: \frac{\sum_i r_i (x_i - \mu)^2}{\sum_i r_i}

    >>> new_variance(Vector((1, 3)), (rational(1), 1), 2)
    1
    """
    return dot(r, (x - mean) ** 2) / sum(r)


def free_parameters(components: int, dimensions: int, covariance: str) -> int:
    """Weights, which add up to 1, means, and covariances of one of three kinds.

    >>> [free_parameters(3, 4, kind) for kind in ("isotropic", "diagonal", "full")]
    [17, 26, 44]
    """
    each = {
        "isotropic": 1,
        "diagonal": dimensions,
        "full": dimensions * (dimensions + 1) // 2,
    }
    return components - 1 + components * dimensions + components * each[covariance]
