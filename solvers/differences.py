"""Numerical gradients: difference quotients, their errors and their cost.

Reference: Nocedal and Wright (2006), "Numerical Optimization", section 8.1; Baydin et al. (2018),
"Automatic differentiation in machine learning: a survey", section 2.1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from partialcredit.numbers.exact import Number, exp, log
from partialcredit.numbers.rationals import Rational, rational

__all__ = [
    "best_step",
    "central_difference",
    "forward_difference",
    "passes",
    "polynomial",
    "polynomial_slope",
    "relative_error",
]

Function = Callable[[Number], Number]


def polynomial(coefficients: Sequence[Number], x: Number) -> Number:
    """The value of a polynomial; the coefficient of the highest power comes first.

    >>> polynomial((1, 0, -2), 3)
    7
    """
    value: Number = 0
    for c in coefficients:
        value = value * x + c
    return value


def polynomial_slope(coefficients: Sequence[Number], x: Number) -> Number:
    """The derivative of a polynomial.

    >>> polynomial_slope((1, 0, -2), 3)
    6
    """
    slope = [n * c for n, c in enumerate(reversed(coefficients))]
    return polynomial(slope[:0:-1], x)


def forward_difference(f: Function, x: Number, h: Rational) -> Number:
    """The quotient (f(x + h) - f(x)) / h, whose error is of order h.

    >>> forward_difference(lambda x: x**3, 2, rational(1, 10))
    1261/100
    """
    return (f(x + h) - f(x)) / h


def central_difference(f: Function, x: Number, h: Rational) -> Number:
    """The quotient (f(x + h) - f(x - h)) / (2 h), whose error is of order h^2.

    >>> central_difference(lambda x: x**3, 2, rational(1, 10))
    1201/100
    """
    return (f(x + h) - f(x - h)) / (2 * h)


def relative_error(found: Number, expected: Number) -> Number:
    """The distance of two numbers over the larger of their sizes.

    >>> relative_error(rational(4), 5)
    1/5
    """
    size: Any = max(abs(found), abs(expected))
    error: Number = rational(1) * abs(found - expected) / size
    return error


def best_step(curvature: Number, noise: Number) -> Number:
    r"""The step h that minimises the bound C h^2 + u / h on a central difference's error.

    .. math:: h = \sqrt[3]{\frac{u}{2 C}}

    >>> round(float(best_step(500, rational(1, 1000))), 9)
    0.01
    """
    cube: Any = rational(1, 2) * noise
    step: Number = exp(rational(1, 3) * log(cube / curvature))
    return step


def passes(parameters: int) -> int:
    """How often the loss is computed for central differences by every parameter: twice for each.

    >>> passes(61706)
    123412
    """
    return 2 * parameters
