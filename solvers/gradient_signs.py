r"""Signs of a unit's weight gradient, delta times the input, when no input is negative.

delta is the derivative of the loss by the weighted sum of the unit. Reference: LeCun et al. (1998),
"Efficient backprop", section 4.3. Warning: some notes call the derivative by the weights itself the
factor that can have either sign; it is the derivative by the output of the unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import Rational

__all__ = [
    "best_cosine",
    "impossible_patterns",
    "mixed_range",
    "patterns_of_two",
    "reachable_patterns",
    "sign_pattern",
    "unit_slope",
]


def sign_pattern(values: Sequence[Number]) -> tuple[int, ...]:
    """1 or -1 for every number, of which none is 0.

    >>> sign_pattern((3, -2))
    (1, -1)
    """
    return tuple(1 if v > 0 else -1 for v in values)


def impossible_patterns(n: int) -> int:
    """How many sign patterns of n weights no single example with positive inputs can give.

    All entries share the sign of delta, so two patterns are possible.

    >>> impossible_patterns(3)
    6
    """
    patterns: int = 2**n - 2
    return patterns


def reachable_patterns(units: int) -> int:
    """How many sign patterns the weights of a layer can get: every unit has a delta of its own.

    >>> reachable_patterns(3)
    8
    """
    patterns: int = 2**units
    return patterns


def patterns_of_two(n: int) -> int:
    """How many sign patterns n weights can get from two examples with positive inputs.

    With different ratios of their inputs, the entries change their signs one after the other
    while the ratio of the two deltas grows.

    >>> patterns_of_two(3)
    6
    """
    return 2 * n


def mixed_range(x: Sequence[Rational], u: Sequence[Rational]) -> tuple[Rational, Rational]:
    """The open range of r in which r x - u has entries of both signs.

    >>> mixed_range((rational(1), rational(2)), (rational(3), rational(1)))
    (1/2, 3)
    """
    ratios = [b / a for a, b in zip(x, u, strict=True)]
    return min(ratios), max(ratios)


def best_cosine(x: Sequence[Rational], d: Sequence[Rational]) -> Number:
    r"""The largest cosine of the angle between d and a step along x or against it.

    .. math:: \lvert x \cdot d \rvert / (\lVert x \rVert \lVert d \rVert)

    >>> best_cosine((rational(3), rational(4)), (rational(1), rational(0)))
    3/5
    """
    product = sum(a * b for a, b in zip(x, d, strict=True))
    squares = sum(a * a for a in x) * sum(b * b for b in d)
    cosine: Number = abs(product) / sqrt(squares)
    return cosine


def unit_slope(f: Any, x: Any) -> Any:
    """The derivative of f = σ(w x + ...) by the weight w of the input x: f (1 - f) x.

    >>> unit_slope(rational(1, 2), 8)
    2
    """
    return f * (1 - f) * x
