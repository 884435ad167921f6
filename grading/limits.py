"""How large an answer may be. Every limit is checked before the value it bounds is built."""

from __future__ import annotations

__all__ = [
    "MAX_BITS",
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "MAX_DIGITS",
    "MAX_EXPONENT",
    "MAX_FACTORIAL",
    "MAX_MAGNITUDE",
    "MAX_NESTING",
    "MAX_NODES",
    "MAX_TERMS",
]

#: Characters in one answer; a 24 by 24 feature map still fits.
MAX_CHARACTERS = 8_000
#: Brackets, roots and exponents inside one another; a bracket counts twice.
MAX_DEPTH = 64
#: Operations inside one another, such as the terms of a long sum.
MAX_NESTING = 120
#: Numbers, names and operations in one expression.
MAX_NODES = 1_500
#: Digits of one written number.
MAX_DIGITS = 400
#: The exponent of a number in scientific notation.
MAX_EXPONENT = 300
#: Numerator and denominator of an exact rational; above it a ball encloses the number.
MAX_BITS = 8_192
#: log2 of the largest number a ball may enclose.
MAX_MAGNITUDE = 20_000
#: The largest number whose factorial is worked out.
MAX_FACTORIAL = 2_050
#: Terms of a sum or product that is added up term by term.
MAX_TERMS = 400
