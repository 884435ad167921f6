r"""Where the error of a model comes from, and where it goes with more data.

The steps from one error to the next have names: avoidable bias (reference to training), variance
(training to held-out examples of the same kind), mismatch (to examples of the target's kind) and
overfitting of the dev set (to the test set). Validation errors follow e_∞ + a/√N.
Reference: Ng (2018), "Machine learning yearning", chapters 20 to 32 and 40 to 42; Hestness et al.
(2017), "Deep learning scaling is predictable, empirically". Warning: without a held-out part of the
training set, variance and mismatch cannot be told from one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import Rational, ceil, rational
from partialcredit.numbers.vectors import Vector

__all__ = ["by_penalty", "error_floor", "examples_for", "extrapolated", "gaps", "largest"]


def gaps(errors: Sequence[Number]) -> Vector:
    """The steps from each error to the next one.

    >>> gaps((1, 3, 8))
    (2, 5)
    """
    return Vector(errors[1:]) - Vector(errors[:-1])


def largest(steps: Sequence[Number]) -> int:
    """The index of the largest step.

    >>> largest((2, 5, 1))
    1
    """
    return list(steps).index(max(steps))


def error_floor(sizes: Sequence[int], errors: Sequence[Rational]) -> Any:
    r"""The error that is left when N goes to infinity, from two points of the curve.

    .. math:: e_\infty = \frac{\sqrt{N_2} e_2 - \sqrt{N_1} e_1}{\sqrt{N_2} - \sqrt{N_1}}

    >>> error_floor((400, 1600), (rational("0.2"), rational("0.14")))
    2/25
    """
    (first, second), (high, low) = (sqrt(rational(n)) for n in sizes), errors
    return (second * low - first * high) / (second - first)


def extrapolated(floor: Any, size: int, error: Rational, larger: int) -> Any:
    r"""The error at another size: what is above the floor shrinks with the root of N.

    .. math:: e_\infty + (e_1 - e_\infty) \sqrt{N_1 / N}

    >>> extrapolated(rational("0.08"), 400, rational("0.2"), 6400)
    11/100
    """
    return floor + (error - floor) * sqrt(rational(size, larger))


def examples_for(floor: Any, size: int, error: Rational, target: Rational) -> int:
    r"""The fewest examples with an error of at most the target.

    .. math:: \left\lceil N_1 \left( \frac{e_1 - e_\infty}{e - e_\infty} \right)^2 \right\rceil

    Raises ValueError for a target that is not above the floor.

    >>> examples_for(rational("0.08"), 400, rational("0.2"), rational("0.1"))
    14400
    """
    if target <= floor:
        raise ValueError(f"no amount of data leads to an error of {target}, below {floor}")
    return ceil(size * ((error - floor) / (target - floor)) ** 2)


def by_penalty(curves: Sequence[tuple[Number, Number]]) -> tuple[int, ...]:
    """Curves from the smallest penalty to the largest, by their errors on few and many examples.

    A large penalty errs less on few examples, where it keeps the variance down.

    >>> by_penalty([(30, 28), (34, 20), (45, 17)])
    (2, 1, 0)
    """
    return tuple(sorted(range(len(curves)), key=lambda i: -curves[i][0]))
