r"""First-order approximation of a polynomial in one or more variables.

A polynomial is a sequence of terms (coefficient, exponents), one exponent for each variable:
((3, (2, 1)),) is 3 x^2 y. Reference: Nocedal and Wright (2006), "Numerical optimization", theorem
2.1 and section 2.2. Warning: some notes leave f(x) out and write f(x + d) ~ g . d.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from partialcredit.numbers.exact import Number, sqrt

__all__ = [
    "along_contour",
    "error_ratio",
    "gradient",
    "predicted_decrease",
    "value",
]

Vector = Sequence[Number]
Polynomial = Sequence[tuple[Number, Sequence[int]]]


def value(terms: Polynomial, x: Vector) -> Number:
    """The value of the polynomial.

    >>> value(((1, (2, 1)),), (3, 2))
    18
    """
    return sum(
        coefficient * prod(x_k**n for x_k, n in zip(x, exponents, strict=True))
        for coefficient, exponents in terms
    )


def gradient(terms: Polynomial, x: Vector) -> tuple[Number, ...]:
    """The partial derivatives at x.

    >>> gradient(((1, (2, 1)),), (3, 2))
    (12, 9)
    """
    slopes = []
    for k, _ in enumerate(x):
        derived = [
            (coefficient * n[k], [m - (j == k) for j, m in enumerate(n)])
            for coefficient, n in terms
            if n[k]
        ]
        slopes.append(value(derived, x))
    return tuple(slopes)


def predicted_decrease(gradient: Vector, eta: Number) -> Number:
    r"""The predicted change of a descent step, -eta ||g||^2.

    >>> predicted_decrease((3, -4), 2)
    -50
    """
    return -eta * sum(g**2 for g in gradient)


def along_contour(gradient: Vector) -> tuple[Number, ...]:
    """The unit vector at a right angle to a gradient in the plane, turned clockwise from it.

    >>> along_contour((3, 4))
    (4/5, -3/5)
    """
    g, h = gradient
    length = sqrt(g**2 + h**2)
    return h / length, -g / length


def error_ratio(k: int) -> int:
    """By what the error of the approximation falls, for small steps, when the step is k times less.

    The first term left out is quadratic in the step.

    >>> error_ratio(10)
    100
    """
    return k**2
