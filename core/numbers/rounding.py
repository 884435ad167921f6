"""Rounding, once, at the end: half away from zero on the exact value.

Key, worked solution and report all print through this module, so they show the same digits.
"""

from __future__ import annotations

from decimal import Context, Decimal
from math import log10

from flint import arb, ctx

from partialcredit.numbers.exact import LIMIT_BITS, Exact, Number, enclose, precisions, sign
from partialcredit.numbers.rationals import Rational, ratio, rational

__all__ = ["round_places", "round_significant", "terminating", "unit"]

_WIDE = Context(prec=400)

#: Decimal places from the point to the first digit, at most; beyond, no key prints.
MOST_PLACES = 10_000
_LEAST, _MOST = arb(10) ** -MOST_PLACES, arb(10) ** MOST_PLACES


def round_places(x: Number, places: int) -> Decimal:
    """Round to ``places`` decimals (negative: to tens, hundreds, ...).

    >>> from partialcredit.numbers.rationals import rational
    >>> round_places(rational(5, 2), 0), round_places(rational(-1, 8), 2)
    (Decimal('3'), Decimal('-0.13'))
    """
    return _decimal(_nearest_integer(x, places), places)


def round_significant(x: Number, digits: int) -> Decimal:
    """Round to ``digits`` significant digits; zero stays ``0``.

    Raises OverflowError for a number that no answer can be, such as exp(-exp(20)).

    >>> from partialcredit.numbers.rationals import rational
    >>> round_significant(rational(99996, 10000), 4)
    Decimal('10.00')
    """
    if sign(x) == 0:
        return Decimal(0)
    places = digits - 1 - magnitude(x)
    nearest = _nearest_integer(x, places)
    if abs(nearest) >= 10**digits:  # 9.9996 became 10.000: one digit too many
        places -= 1
        nearest = _nearest_integer(x, places)
    return _decimal(nearest, places)


def terminating(x: Rational, most: int) -> Decimal | None:
    """The decimal that a fraction equals, when it ends after at most that many places.

    >>> terminating(rational(-1, 8), 6), terminating(rational(1, 3), 6)
    (Decimal('-0.125'), None)
    """
    numerator, denominator = ratio(x)
    if 10**most % denominator:
        return None
    places = next(places for places in range(most + 1) if 10**places % denominator == 0)
    return _decimal(numerator * 10**places // denominator, places)


def unit(rounded: Decimal) -> Rational:
    """One unit in the last printed place: the grid that the number was rounded to."""
    exponent = rounded.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{rounded} has no last place")
    return rational(1, 10**-exponent) if exponent < 0 else rational(10**exponent)


def magnitude(x: Number) -> int:
    """The exponent of the leading decimal digit of a non-zero number: floor(log10 |x|)."""
    if isinstance(x, Exact):
        return _ball_magnitude(x)
    top, bottom = ratio(x if x > 0 else -x)
    guess = round((top.bit_length() - bottom.bit_length()) * log10(2))
    while not _at_least(top, bottom, guess):  # at most twice
        guess -= 1
    while _at_least(top, bottom, guess + 1):
        guess += 1
    return guess


def _at_least(top: int, bottom: int, exponent: int) -> bool:
    """Whether top/bottom >= 10**exponent, in whole numbers."""
    if exponent >= 0:
        return top >= bottom * int(10**exponent)
    return top * int(10**-exponent) >= bottom


def _ball_magnitude(x: Exact) -> int:
    ball = abs(enclose(x, 64))
    if ball < _LEAST or not ball < _MOST:
        raise OverflowError("a number too large or too small to print")
    guess = Decimal(str(ball.mid().str(20, radius=False))).adjusted()
    if arb(10) ** guess <= ball and ball < arb(10) ** (guess + 1):
        return guess
    size = abs(x)  # the enclosure straddles a power of ten; the exact comparisons decide
    while size < rational(10) ** guess:
        guess -= 1
    while size >= rational(10) ** (guess + 1):
        guess += 1
    return guess


def _decimal(scaled: int, places: int) -> Decimal:
    return _WIDE.scaleb(Decimal(scaled), -places)


def _nearest_integer(x: Number, places: int) -> int:
    """Round ``x * 10**places`` to an integer, halves away from zero."""
    if isinstance(x, Exact):
        return _nearest_to_ball(x, places)
    top, bottom = ratio(x if x > 0 else -x)
    if places >= 0:
        top *= 10**places
    else:
        bottom *= 10**-places
    nearest = (2 * top + bottom) // (2 * bottom)
    return nearest if x >= 0 else -nearest


def _nearest_to_ball(x: Exact, places: int) -> int:
    for bits in precisions():
        nearest = _nearest_at(x, places, bits, 1)
        if nearest is not None:
            return nearest if sign(x) > 0 else -nearest
    # still astride a half after LIMIT_BITS bits: it is that half, and goes away from zero
    halves = _nearest_at(x, places, LIMIT_BITS, 2) or 0
    return (halves + 1) // 2 if sign(x) > 0 else -((halves + 1) // 2)


def _nearest_at(x: Exact, places: int, bits: int, parts: int) -> int | None:
    """The integer nearest to ``|x| * 10**places * parts``, where this precision settles it."""
    with ctx.workprec(bits):
        power = arb(10 ** abs(places))
        ball = abs(enclose(x, bits)) * parts
        scaled = ball * power if places >= 0 else ball / power
        whole = (scaled + arb(1) / 2).floor().unique_fmpz()
    return None if whole is None else int(whole)
