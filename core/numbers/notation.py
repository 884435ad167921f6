"""Numbers, vectors and matrices as TeX: how every worked solution writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from partialcredit.numbers.exact import Exact
from partialcredit.numbers.rationals import Rational
from partialcredit.numbers.rounding import round_significant, terminating

__all__ = [
    "column",
    "decimal_text",
    "factor",
    "matrix",
    "number",
    "rounds",
    "sets",
    "term",
    "vector",
]


def decimal_text(value: Decimal) -> str:
    """A decimal without exponent where that stays short: ``0.00012``, but ``1.2e-9``.

    >>> decimal_text(Decimal("-1.732E+3")), decimal_text(Decimal("1.20E-9"))
    ('-1732', '1.20e-9')
    """
    if value == 0 or -7 < value.adjusted() < 10:
        return f"{value:f}"
    mantissa = value.scaleb(-value.adjusted())
    return f"{mantissa:f}e{value.adjusted()}"


def number(x: Any, digits: int | None = None) -> str:
    r"""A number as TeX: exact where that is short, else rounded to ``digits`` significant digits.

    >>> number(rational(1, 3)), number(rational(1, 3), 4), number(rational(-1, 8), 4)
    ('\\frac{1}{3}', '0.3333', '-0.125')
    """
    if isinstance(x, int):
        return str(x)
    if isinstance(x, Rational):
        short = terminating(x, 6)
        if short is not None and (digits is None or len(short.as_tuple().digits) <= digits):
            return f"{short:f}"
        if digits is None:
            bar = f"\\frac{{{abs(x.numerator)}}}{{{x.denominator}}}"
            return f"-{bar}" if x < 0 else bar
    if isinstance(x, (Rational, Exact)):
        text = decimal_text(round_significant(x, digits or 4))
        mantissa, _, exponent = text.partition("e")
        return f"{mantissa} \\cdot 10^{{{exponent}}}" if exponent else text
    from sympy import latex

    return str(latex(x, ln_notation=True))


def rounds(x: Any, digits: int | None = None) -> bool:
    """Whether :func:`number` leaves something of a number, or of some entry, out.

    >>> rounds((rational(1, 3), 2)), rounds((rational(1, 3), 2), 4), rounds(rational(1, 8), 4)
    (False, True, False)
    """
    if isinstance(x, (tuple, list)):
        return any(rounds(entry, digits) for entry in x)
    if isinstance(x, Exact):
        return True
    if digits is None or not isinstance(x, Rational):
        return False
    short = terminating(x, 6)
    return short is None or len(short.as_tuple().digits) > digits


def factor(x: Any, digits: int | None = None) -> str:
    """A number as a factor or a base: parenthesised when it begins with a minus sign."""
    text = number(x, digits)
    return f"({text})" if text.startswith("-") else text


def term(x: Any, digits: int | None = None) -> str:
    """A number as a later term of a sum, with its sign: ``+ 3`` or ``- 3``."""
    text = number(x, digits)
    return f"- {text[1:]}" if text.startswith("-") else f"+ {text}"


def vector(xs: Any, digits: int | None = None) -> str:
    """A tuple on one line: ``(1, 2, 3)``."""
    return f"({', '.join(number(x, digits) for x in xs)})"


def sets(xs: Any, digits: int | None = None) -> str:
    r"""A set: ``\{1, 2\}``, smallest first."""
    return f"\\{{{', '.join(number(x, digits) for x in sorted(xs))}\\}}"


def matrix(rows: Any, digits: int | None = None) -> str:
    """Nested rows as a bracketed matrix."""
    body = r" \\ ".join(" & ".join(number(x, digits) for x in row) for row in rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


def column(xs: Any, digits: int | None = None) -> str:
    """A vector as a column."""
    return matrix([(x,) for x in xs], digits)
