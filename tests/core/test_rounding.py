"""Rounding is half away from zero on the exact value, whatever form the number has."""

from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.exact import exp, log, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.rounding import round_places, round_significant, unit
from tests.strategies import rationals

DECIMALS = st.decimals(
    min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=9
)


@given(DECIMALS, st.integers(0, 8))
def test_places_agree_with_the_decimal_module(value, places):
    rounded = round_places(rational(*value.as_integer_ratio()), places)
    assert rounded == value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@given(DECIMALS.filter(bool), st.integers(1, 12))
def test_significant_digits_agree_with_the_decimal_module(value, digits):
    context = Context(prec=digits, rounding=ROUND_HALF_UP)
    assert round_significant(rational(*value.as_integer_ratio()), digits) == context.plus(value)


@given(rationals(-1000, 1000), st.integers(0, 6))
def test_an_irrational_form_of_a_rational_rounds_alike(value, places):
    shifted = (value + sqrt(2)) - sqrt(2)
    assert round_places(shifted, places) == round_places(value, places)


@pytest.mark.parametrize(
    ("value", "digits", "printed"),
    [
        (rational(99996, 10000), 4, "10.00"),
        (rational(1, 3), 4, "0.3333"),
        (log(2) / 3, 4, "0.2310"),
        (-log(2), 3, "-0.693"),
        (exp(-20), 4, "2.061E-9"),
        (0, 4, "0"),
        (12345, 2, "1.2E+4"),
        (sqrt(2), 40, "1.414213562373095048801688724209698078570"),
    ],
)
def test_printed_digits(value, digits, printed):
    assert str(round_significant(value, digits)) == printed


def test_an_exact_tie_in_disguise_goes_away_from_zero():
    half = sqrt(2) * sqrt(2) / 4
    assert (round_places(half, 0), round_places(-half, 0)) == (1, -1)


@pytest.mark.parametrize(
    ("rounded", "step"), [("0.120", rational(1, 1000)), ("1.2E+4", 1000), ("7", 1)]
)
def test_the_unit_is_one_in_the_last_place(rounded, step):
    assert unit(Decimal(rounded)) == step


def test_infinity_has_no_last_place():
    with pytest.raises(ValueError, match="last place"):
        unit(Decimal("Infinity"))


@pytest.mark.parametrize("sign", [1, -1])
def test_numbers_that_no_answer_can_be_are_refused_at_once(sign: int) -> None:
    """A wrong earlier answer leads to them: their digits would fill the memory."""
    with pytest.raises(OverflowError, match="too large or too small to print"):
        round_significant(exp(sign * exp(20)), 4)
