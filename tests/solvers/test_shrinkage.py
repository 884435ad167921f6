"""Shrinkage: no other weight has a smaller penalised error."""

from __future__ import annotations

from hypothesis import given

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import shrinkage
from tests.strategies import rationals

values = rationals(-9, 9, max_denominator=10)
strengths = rationals(0, 5, max_denominator=10)


def test_worked_example() -> None:
    v, t = (rational(3, 2), rational(-3, 10), rational(-2)), rational(1, 2)
    shrunk = [shrinkage.soft(v_i, t) for v_i in v]
    assert shrunk == [1, 0, rational(-3, 2)]
    assert [shrinkage.ridge(v_i, t) for v_i in v] == [1, rational(-1, 5), rational(-4, 3)]
    assert shrinkage.zeros(shrunk) == 1


@given(values, strengths, values)
def test_no_other_weight_is_better(v: Rational, t: Rational, other: Rational) -> None:
    def lasso(w: Rational) -> Rational:
        return (w - v) ** 2 / 2 + t * abs(w)

    def ridge(w: Rational) -> Rational:
        return (w - v) ** 2 / 2 + t * w * w / 2

    assert lasso(rational(shrinkage.soft(v, t))) <= lasso(other)
    assert ridge(rational(shrinkage.ridge(v, t))) <= ridge(other)


@given(values.filter(bool), values, strengths)
def test_a_subgradient_is_a_slope_away_from_0(w: Rational, g: Rational, alpha: Rational) -> None:
    near = w * rational(1, 1000)
    slope = (alpha * abs(w + near) - alpha * abs(w - near)) / (2 * near)
    assert shrinkage.subgradient_step(w, g, 1, alpha) == w - g - slope
