r"""How many parameters polynomial models have, and polynomials through given points.

Reference: Bishop (2006), "Pattern recognition and machine learning", section 1.1; Cox, Little and
O'Shea (2015), "Ideas, varieties, and algorithms", chapter 9, for the number of monomials. Warning:
a polynomial of degree n has n + 1 coefficients, since the constant is one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from math import comb

from partialcredit.numbers.rationals import Rational, rational

__all__ = [
    "degree_through",
    "interpolate",
    "largest_degree",
    "leading_monomials",
    "mean_squared_error",
    "monomials",
]


def monomials(degree: int, variables: int) -> int:
    r"""Monomials of degree at most n in d variables, the constant included.

    .. math:: \binom{n + d}{d}

    >>> monomials(100, 1), monomials(3, 2)
    (101, 10)
    """
    return comb(degree + variables, variables)


def leading_monomials(degree: int, variables: int) -> int:
    r"""Monomials of degree exactly n in d variables.

    .. math:: \binom{n + d - 1}{d - 1}

    >>> leading_monomials(3, 2)
    4
    """
    return comb(degree + variables - 1, variables - 1)


def largest_degree(parameters: int, variables: int) -> int:
    """The largest degree of a model that has at most so many parameters.

    >>> largest_degree(10, 2), largest_degree(9, 2)
    (3, 2)
    """
    return next(n for n in count() if monomials(n + 1, variables) > parameters)


def degree_through(points: int) -> int:
    """The smallest degree that can pass through any points with different x.

    >>> degree_through(4)
    3
    """
    return points - 1


def interpolate(xs: Sequence[int], ys: Sequence[int], at: int) -> Rational:
    r"""The value at a place of the polynomial of lowest degree through all points (Lagrange).

    .. math:: \sum_i y_i \prod_{j \neq i} \frac{x - x_j}{x_i - x_j}

    >>> interpolate((0, 1, 2), (1, 2, 5), 4)
    17
    """
    total = rational(0)
    for x_i, y_i in zip(xs, ys, strict=True):
        term = rational(y_i)
        for x_j in xs:
            if x_j != x_i:
                term *= rational(at - x_j, x_i - x_j)
        total += term
    return total


def mean_squared_error(ys: Sequence[int], fitted: Sequence[Rational]) -> Rational:
    """The mean of the squared residuals.

    >>> mean_squared_error((1, 2), (rational(3, 2), rational(3, 2)))
    1/4
    """
    return sum(((y - f) ** 2 for y, f in zip(ys, fitted, strict=True)), rational(0)) / len(ys)
