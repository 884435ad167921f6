"""FLINT's rationals are those of the standard library, and come of all that is written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil as ceil_of
from math import floor as floor_of
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, ceil, floor, ratio, rational, simplest
from tests.strategies import rationals

NUMBERS = rationals(-99, 99)


def fraction(x: Any) -> Fraction:
    return Fraction(*ratio(x))


@given(NUMBERS, NUMBERS)
def test_arithmetic_is_that_of_fractions(a: Rational, b: Rational) -> None:
    p, q = fraction(a), fraction(b)
    assert [fraction(x) for x in (a + b, a - b, a * b, -a, abs(a), a**3)] == [
        p + q, p - q, p * q, -p, abs(p), p**3,
    ]  # fmt: skip
    assert (a < b, a == b, max(a, b) == a) == (p < q, p == q, max(p, q) == p)
    assert float(a) == pytest.approx(float(p), rel=1e-15)
    if q:
        assert fraction(a / b) == p / q


@given(NUMBERS)
def test_the_next_integers_are_pythons(x: Rational) -> None:
    assert (floor(x), ceil(x)) == (floor_of(fraction(x)), ceil_of(fraction(x)))
    assert type(floor(x)) is type(ceil(x)) is int


@pytest.mark.parametrize("n", [-3, 0, 7])
def test_an_integer_is_its_own_neighbour(n: int) -> None:
    assert (floor(n), ceil(n), ratio(n), simplest(n)) == (n, n, (n, 1), n)


@pytest.mark.parametrize(
    ("written", "top", "bottom"),
    [
        (3, 3, 1), (True, 1, 1), (rational(6, 4), 3, 2), (Fraction(-6, 4), -3, 2),
        ("0.25", 1, 4), ("-1/3", -1, 3), ("1e-3", 1, 1000), (" 7 ", 7, 1), (0.5, 1, 2),
        (Decimal("0.10"), 1, 10), (np.int64(-4), -4, 1), (10**40, 10**40, 1),
    ],
)  # fmt: skip
def test_whatever_is_written_is_exact(written: Any, top: int, bottom: int) -> None:
    assert ratio(rational(written)) == (top, bottom)
    assert type(rational(written)) is Rational


@pytest.mark.parametrize(
    ("above", "below", "top", "bottom"),
    [
        (6, -4, -3, 2),
        (rational(1, 2), 3, 1, 6),
        (1, rational(2, 3), 3, 2),
        ("0.5", 2, 1, 4),
    ],
)
def test_a_quotient_is_in_lowest_terms(above: Any, below: Any, top: int, bottom: int) -> None:
    assert ratio(rational(above, below)) == (top, bottom)


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid literal"):
        rational("one half")
    with pytest.raises(TypeError):
        rational([1])
    for below in (0, rational(0)):
        with pytest.raises(ZeroDivisionError):
            rational(1, below)


def test_whole_rationals_are_simplest_as_integers() -> None:
    assert type(simplest(rational(6, 3))) is int
    assert simplest(rational(1, 2)) == rational(1, 2)
    assert simplest("x") == "x"


@given(st.integers(-50, 50), st.integers(1, 50))
def test_equal_numbers_are_found_in_one_place(p: int, q: int) -> None:
    assert {rational(p, q): "here"}[rational(2 * p, 2 * q)] == "here"
    assert {p: "here"}[rational(p)] == "here"
