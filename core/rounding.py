"""Rounding, once, at the end: half away from zero on the exact value.

Key, worked solution and report all print through this module, so they show the same digits.
"""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from flint import arb, fmpz

from partialcredit.exact import LIMIT_BITS, Exact, Number, enclose, precisions, sign

__all__ = ["round_places", "round_significant", "unit"]

_WIDE = Context(prec=400)


def round_places(x: Number, places: int) -> Decimal:
    """Round to ``places`` decimals (negative: to tens, hundreds, ...).

    >>> from fractions import Fraction
    >>> round_places(Fraction(5, 2), 0), round_places(Fraction(-1, 8), 2)
    (Decimal('3'), Decimal('-0.13'))
    """
    scaled = _nearest_integer(x, places)
    return _WIDE.scaleb(Decimal(scaled), -places)


def round_significant(x: Number, digits: int) -> Decimal:
    """Round to ``digits`` significant digits; zero stays ``0``.

    >>> from fractions import Fraction
    >>> round_significant(Fraction(99996, 10000), 4)
    Decimal('10.00')
    """
    if sign(x) == 0:
        return Decimal(0)
    places = digits - 1 - magnitude(x)
    rounded = round_places(x, places)
    if rounded.adjusted() > magnitude(x):  # 9.9996 became 10.000: one digit too many
        rounded = round_places(x, places - 1)
    return rounded


def unit(rounded: Decimal) -> Fraction:
    """One unit in the last printed place: the grid that the number was rounded to."""
    exponent = rounded.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{rounded} has no last place")
    return Fraction(10) ** exponent


def magnitude(x: Number) -> int:
    """The exponent of the leading decimal digit of a non-zero number: floor(log10 |x|)."""
    size = abs(x)
    guess = Decimal(str(enclose(size, 64).mid().str(20, radius=False))).adjusted()
    # the enclosure may straddle a power of ten; the exact comparisons decide
    while size < Fraction(10) ** guess:
        guess -= 1
    while size >= Fraction(10) ** (guess + 1):
        guess += 1
    return guess


def _nearest_integer(x: Number, places: int) -> int:
    """Round ``x * 10**places`` to an integer, halves away from zero."""
    scale = Fraction(10) ** places
    if not isinstance(x, Exact):
        doubled = abs(Fraction(x)) * scale * 2
        nearest = int(doubled + 1) // 2
        return nearest if x >= 0 else -nearest
    half = arb(1) / 2
    for bits in precisions():
        ball = abs(enclose(x * scale, bits))
        candidate = (ball + half).floor().unique_fmpz()
        if candidate is not None:
            return int(candidate) * (1 if enclose(x, bits) > 0 else -1)
    # still astride a half after LIMIT_BITS bits: it is that half
    upper = fmpz(
        int((abs(enclose(x * scale, LIMIT_BITS)).mid() + half + arb("1e-30")).floor().unique_fmpz())
    )
    return int(upper) * (1 if sign(x) > 0 else -1)
