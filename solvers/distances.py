r"""Distances between random points with many independent, identically distributed coordinates.

Reference: Beyer, Goldstein, Ramakrishnan and Shaft (1999), "When is nearest neighbor meaningful?";
Aggarwal, Hinneburg and Keim (2001), "On the surprising behavior of distance metrics in high
dimensional space". Warning: notes that print sqrt(2 n Var) for the distance give its root mean
square, not the distance of every pair.
"""

from __future__ import annotations

from typing import NamedTuple

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import Rational, ceil, rational

__all__ = [
    "Coordinate",
    "coordinate",
    "dimensions_for_distance",
    "dimensions_for_spread",
    "mean_square_distance",
    "mean_square_norm",
    "relative_spread",
]


class Coordinate(NamedTuple):
    """The mean, the variance and the kurtosis E[(x - mean)^4] / variance^2 of one coordinate."""

    mean: Rational
    variance: Rational
    kurtosis: Rational


def coordinate(law: str, p: Number, q: Number) -> Coordinate:
    """The moments of a coordinate.

    ``law`` is "uniform" between p and q, "normal" with mean p and standard deviation q, or "coin",
    which is p or q with equal probability.

    >>> coordinate("uniform", 0, 1).variance, coordinate("normal", 5, 2).variance
    (1/12, 4)
    """
    p, q = rational(p), rational(q)
    if law == "normal":
        return Coordinate(p, q**2, rational(3))
    if law == "uniform":
        return Coordinate((p + q) / 2, (q - p) ** 2 / 12, rational(9, 5))
    return Coordinate((p + q) / 2, (q - p) ** 2 / 4, rational(1))


def mean_square_distance(n: int, variance: Rational) -> Rational:
    r"""E ||x - x'||^2 of two independent points.

    .. math:: 2 n \mathrm{Var}(x_i)

    >>> mean_square_distance(300, rational(1, 12))
    50
    """
    return 2 * n * variance


def mean_square_norm(n: int, mean: Rational, variance: Rational) -> Rational:
    r"""E ||x||^2 of one point, where the mean of the coordinates does not cancel.

    .. math:: n (\mathrm{Var}(x_i) + (\mathbb{E} x_i)^2)

    >>> mean_square_norm(300, rational(1, 2), rational(1, 12))
    100
    """
    return n * (variance + mean**2)


def dimensions_for_distance(distance: Rational, variance: Rational) -> int:
    """The smallest n for which the root mean square distance reaches ``distance``.

    >>> dimensions_for_distance(7, rational(1, 12))
    294
    """
    return ceil(rational(distance**2) / (2 * variance))


def relative_spread(n: int, kurtosis: Rational) -> Number:
    r"""The standard deviation of ||x - x'||^2 divided by its mean.

    .. math:: \sqrt{(\kappa + 1) / (2 n)}

    One coordinate's squared difference has the mean 2 v and the variance 2 (kappa + 1) v^2.

    >>> relative_spread(200, rational(3))
    1/10
    """
    return sqrt((kurtosis + 1) / (2 * n))  # type: ignore[no-any-return]


def dimensions_for_spread(spread: Rational, kurtosis: Rational) -> int:
    """The smallest n for which the relative spread is at most ``spread``.

    >>> dimensions_for_spread(rational(1, 10), rational(3))
    200
    """
    return ceil((kurtosis + 1) / (2 * spread**2))
