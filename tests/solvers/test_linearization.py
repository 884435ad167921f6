"""Linear approximations against SymPy and against small steps."""

from __future__ import annotations

import sympy

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.vectors import Vector, dot
from partialcredit.solvers import linearization

TERMS = ((2, (2, 1)), (-3, (0, 2)), (1, (1, 0)))
X = (3, -2)


def test_value_and_gradient_are_sympys() -> None:
    x, y = sympy.symbols("x y")
    f = 2 * x**2 * y - 3 * y**2 + x
    at = {x: X[0], y: X[1]}
    assert linearization.value(TERMS, X) == f.subs(at)
    assert linearization.gradient(TERMS, X) == (f.diff(x).subs(at), f.diff(y).subs(at))


def test_the_error_of_the_linear_change_falls_with_the_square_of_the_step() -> None:
    g = linearization.gradient(TERMS, X)

    def error(eta: Rational) -> Rational:
        change = linearization.predicted_decrease(g, eta)
        assert change < 0
        moved = X - eta * Vector(g)
        return linearization.value(TERMS, moved) - linearization.value(TERMS, X) - change

    ratio = error(rational(1, 10**9)) / error(rational(1, 10**10))
    assert abs(ratio - linearization.error_ratio(10)) < rational(1, 1000)


def test_the_contour_direction_has_length_one_and_no_slope() -> None:
    u = linearization.along_contour((5, -12))
    assert dot((5, -12), u) == 0
    assert sum(v**2 for v in u) == 1
