"""Numbers to test with that Hypothesis does not know of itself."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, ratio, rational


def rationals(
    low: int | Rational, high: int | Rational, max_denominator: int | None = None
) -> st.SearchStrategy[Rational]:
    """FLINT's rationals from ``low`` to ``high``, both included."""
    ends = (Fraction(*ratio(low)), Fraction(*ratio(high)))
    return st.fractions(*ends, max_denominator=max_denominator).map(rational)
