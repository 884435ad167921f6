"""How precisely a number is asked for, and so how it is printed and when an answer is right."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import floor, log10

from partialcredit.grading.writing.exact_text import exact_tex, exact_text
from partialcredit.numbers.exact import Exact, Number
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.rounding import round_places, round_significant, terminating, unit

__all__ = ["Precision"]

#: What rounding noise leaves of an exact zero.
_NOISE = rational(1, 10**12)


@dataclass(frozen=True, slots=True)
class Precision:
    """Exact, or significant digits, or decimal places, or a tolerance.

    ``tolerance`` is absolute; ``relative`` comes on top of it, as a share of the key.
    """

    digits: int | None = None
    places: int | None = None
    tolerance: Rational | None = None
    relative: Rational | None = None

    @property
    def exact(self) -> bool:
        """Whether only the exact value is right."""
        return self.digits is None and self.places is None and not self.tolerant

    @property
    def tolerant(self) -> bool:
        """Whether the question says how far an answer may be off, instead of how to round it."""
        return self.tolerance is not None or self.relative is not None

    def rounded(self, key: Number) -> Decimal:
        """The key as the question asks for it."""
        if self.places is not None:
            return round_places(key, self.places)
        return round_significant(key, self.digits or 6)

    def margin(self, key: Number) -> Number:
        """How far from the exact key an answer may be: half a unit of the asked rounding."""
        if self.tolerant:
            return (self.tolerance or 0) + (self.relative or 0) * abs(key)
        if self.exact:
            return rational(0)
        return (_half_unit if isinstance(key, Exact) else _known_half_unit)(self, key)

    def agrees(self, key: Number, value: Number) -> bool:
        """Whether the value is the key, at the asked precision.

        At an exact tie both neighbours are half a unit away, and so both are right.

        >>> Precision(digits=4).agrees(rational(1, 3), rational(3333, 10_000))
        True
        """
        if self.exact:
            return bool(key == value)
        gap = key - value
        margin = self.margin(key)
        return bool(-margin <= gap <= margin)

    def width(self, key: float) -> float:
        """The margin in floats, for keys that are compared by the thousand."""
        if self.tolerant:
            return float(self.tolerance or 0) + float(self.relative or 0) * abs(key)
        places = self.places
        if places is None and self.digits is not None and key != 0:
            places = self.digits - 1 - floor(log10(abs(key)))
        return 0.0 if places is None else 0.5 * 10.0**-places

    def text(self, value: Number) -> str:
        """The value as the key prints it."""
        short = _short(value, self)
        if short is not None:
            return short
        return exact_text(value) if self.exact else plain(self.rounded(value))

    def tex(self, value: Number) -> str:
        """The same digits as TeX."""
        short = _short(value, self)
        if short is None and self.exact:
            return exact_tex(value)
        mantissa, _, exponent = (short or plain(self.rounded(value))).partition("e")
        return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa

    def instruction(self) -> str:
        """What the question prints."""
        if self.places is not None:
            return f"Give {_count(self.places, 'decimal place')}."
        if self.digits is not None:
            return f"Give {_count(self.digits, 'significant digit')}."
        if self.relative:
            share = exact_text(self.relative)
            more = f" and {exact_text(self.tolerance)} more" if self.tolerance else ""
            return f"An error of at most {share} of the value{more} is allowed."
        if self.tolerance is not None:
            return f"An error of at most {exact_text(self.tolerance)} is allowed."
        return ""


def _half_unit(precision: Precision, key: Number) -> Rational:
    if precision.places is None and key == 0:
        return _NOISE
    return unit(precision.rounded(key)) / 2


#: A class is compared with one key; an irrational one takes longer to look up than to round.
_known_half_unit = lru_cache(maxsize=4096)(_half_unit)


def _count(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def plain(value: Decimal) -> str:
    """A decimal without exponent where that stays short."""
    if value == 0 or -7 < value.adjusted() < 15:
        return f"{value:f}"
    return f"{value.scaleb(-value.adjusted()):f}e{value.adjusted()}"


def _short(value: Number, precision: Precision) -> str | None:
    """An integer or a decimal that ends within the asked digits is printed as it is."""
    if isinstance(value, Exact):
        return None
    if isinstance(value, int):
        keep = precision.digits is None or precision.tolerant or precision.places is not None
        return str(value) if keep or len(str(abs(value))) <= (precision.digits or 15) else None
    short = terminating(value, 7 if precision.places is None else precision.places)
    if short is None:
        return None
    fits = precision.places is not None or len(short.as_tuple().digits) <= (precision.digits or 8)
    return f"{short:f}" if fits else None
