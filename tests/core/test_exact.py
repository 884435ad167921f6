"""Exact reals obey arithmetic, and their enclosures contain what floats compute."""

import math

import pytest
from hypothesis import given

from partialcredit.numbers.exact import Exact, enclose, exp, log, sign, sqrt, tanh
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from tests.strategies import rationals

RATIONALS = rationals(-50, 50, max_denominator=60)


@given(RATIONALS, RATIONALS)
def test_addition_and_multiplication_commute(a, b):
    x, y = a + sqrt(3), b * sqrt(2)
    assert x + y == y + x
    assert x * y == y * x


@given(RATIONALS)
def test_subtraction_undoes_addition(a):
    assert (a + exp(1)) - exp(1) == a


@given(RATIONALS.filter(bool))
def test_division_undoes_multiplication(a):
    assert sign(log(2) * a / a - log(2)) == 0


@given(rationals(-20, 20, max_denominator=60))
def test_functions_agree_with_floats(a):
    x = float(a)
    assert float(exp(a)) == pytest.approx(math.exp(x), rel=1e-12)
    assert float(tanh(a)) == pytest.approx(math.tanh(x), rel=1e-12)
    if a > 0:
        assert float(log(a)) == pytest.approx(math.log(x), rel=1e-12, abs=1e-15)
        assert float(sqrt(a)) == pytest.approx(math.sqrt(x), rel=1e-12)


@given(rationals(0, 100, max_denominator=99))
def test_the_root_of_a_square_stays_rational(a):
    assert sqrt(a * a) == a
    assert not isinstance(sqrt(a * a), Exact)


def test_special_values_stay_whole():
    assert (exp(0), log(1), tanh(0)) == (1, 0, 0)


def test_order_is_decided_however_close():
    near = sqrt(2) + rational(1, 10**60)
    assert near > sqrt(2)
    assert sqrt(2) < near
    assert abs(-near) == near


@pytest.mark.parametrize("function", [sqrt, exp, log, tanh])
def test_functions_work_entry_by_entry(function):
    """On vectors and on matrices, each entry by the rule for numbers."""
    row = Vector((rational(1, 4), 1))
    found = function(Vector((row, 3 * row)))
    assert isinstance(found, Vector)
    assert found[1][0] == function(rational(3, 4))
    assert [len(entries) for entries in found] == [2, 2]
    assert function(row)[1] == function(1)


def test_precision_is_restored():
    from flint import ctx

    before = ctx.prec
    enclose(exp(3), 500)
    assert ctx.prec == before


@pytest.mark.parametrize(("function", "value"), [(sqrt, -1), (log, 0), (log, rational(-1, 2))])
def test_values_outside_the_reals_are_refused(function, value):
    with pytest.raises(ValueError, match="not real"):
        function(value)


def test_the_power_of_what_may_be_zero_is_a_number() -> None:
    zero = sqrt(2) * sqrt(2) - 2
    assert (zero**2 + 1) == 1
    assert abs(float(zero**3)) < 1e-30
