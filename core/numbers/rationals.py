"""The exact rational numbers of draws, solvers, vectors and answers: FLINT's, at C speed.

``fractions.Fraction`` stays where it is no number of a problem: shares of marks.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from operator import index
from typing import Any, TypeAlias

from flint import fmpq

__all__ = ["Rational", "ceil", "floor", "ratio", "rational", "simplest"]

Rational: TypeAlias = fmpq


def rational(value: Any, over: Any = 1) -> Rational:
    """The quotient of two integers or rationals; also a decimal as written, or a Fraction.

    Raises ZeroDivisionError for a zero below, ValueError for text that is no number.

    >>> rational(6, 4), rational("0.25"), rational("1/3")
    (3/2, 1/4, 1/3)
    """
    if isinstance(value, int) and isinstance(over, int):
        return fmpq(value, over)
    if isinstance(value, (str, float, Decimal, Fraction)):
        value = fmpq(*Fraction(value).as_integer_ratio())
    elif not isinstance(value, (int, fmpq)):
        value = index(value)  # a NumPy integer
    return fmpq(value) if over == 1 else fmpq(value) / over


def ratio(x: int | Rational) -> tuple[int, int]:
    """Numerator and denominator, as Python's integers.

    >>> ratio(rational(-6, 4)), ratio(3)
    ((-3, 2), (3, 1))
    """
    return (x, 1) if isinstance(x, int) else (int(x.numerator), int(x.denominator))


def simplest(x: Any) -> Any:
    """A whole rational as an ``int``; everything else as it is.

    >>> simplest(rational(6, 3)), simplest(rational(1, 2))
    (2, 1/2)
    """
    return int(x.numerator) if isinstance(x, fmpq) and x.denominator == 1 else x


def floor(x: int | Rational) -> int:
    """The largest integer that is not larger, as Python's.

    >>> floor(rational(-7, 2)), ceil(rational(-7, 2))
    (-4, -3)
    """
    return x if isinstance(x, int) else int(x.floor())


def ceil(x: int | Rational) -> int:
    """The smallest integer that is not smaller, as Python's."""
    return x if isinstance(x, int) else int(x.ceil())
