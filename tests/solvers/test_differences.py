"""Difference quotients: against NumPy's polynomials and the orders that theory promises."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import differences

CUBIC = (2, -3, 0, 5)


def test_polynomials_and_their_slopes_are_numpys() -> None:
    for x in (-2, 0, 3):
        assert differences.polynomial(CUBIC, x) == np.polyval(CUBIC, x)
        assert differences.polynomial_slope(CUBIC, x) == np.polyval(np.polyder(CUBIC), x)


@pytest.mark.parametrize(
    ("rule", "order"), [(differences.forward_difference, 1), (differences.central_difference, 2)]
)
def test_errors_shrink_by_their_order(rule: type, order: int) -> None:
    def error(h: Rational) -> float:
        found = rule(lambda x: differences.polynomial(CUBIC, x), 2, h)
        return abs(float(found - differences.polynomial_slope(CUBIC, 2)))

    small = rational(1, 1000)
    assert error(small) / error(small / 2) == pytest.approx(2**order, rel=1e-2)


def test_the_best_step_has_the_lowest_bound() -> None:
    found = float(differences.best_step(7, rational(1, 10**5)))
    steps = found * np.linspace(0.5, 2, 301)
    assert (7 * steps**2 + 1e-5 / steps >= 7 * found**2 + 1e-5 / found - 1e-15).all()


def test_relative_errors_do_not_depend_on_the_order() -> None:
    a, b = rational(-3), rational(2)
    assert differences.relative_error(a, b) == differences.relative_error(b, a) == rational(5, 3)


def test_two_passes_for_each_parameter() -> None:
    assert differences.passes(4) == len([side for _ in range(4) for side in "+-"])
