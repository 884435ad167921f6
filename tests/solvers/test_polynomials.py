"""Counts against enumeration, interpolation against NumPy."""

from __future__ import annotations

from itertools import product

import numpy as np

from partialcredit.solvers import polynomials


def test_monomials_are_the_exponents_enumerated() -> None:
    for d in (1, 2, 3):
        for n in range(1, 5):
            sums = [sum(e) for e in product(range(n + 1), repeat=d)]
            assert polynomials.monomials(n, d) == sum(s <= n for s in sums)
            assert polynomials.leading_monomials(n, d) == sums.count(n)


def test_the_largest_degree_fits_and_the_next_does_not() -> None:
    for parameters in (3, 10, 11, 57):
        n = polynomials.largest_degree(parameters, 3)
        sums = [sum(e) for e in product(range(n + 2), repeat=3)]
        assert sum(s <= n for s in sums) <= parameters < sum(s <= n + 1 for s in sums)


def test_interpolation_is_the_polynomial_through_the_points() -> None:
    xs, ys = (-2, 0, 1, 5), (3, -1, 4, 2)
    assert polynomials.degree_through(len(xs)) == 3
    coefficients = np.linalg.solve(np.vander(xs), np.array(ys, dtype=float))
    for at in (-3, 2, 7):
        assert np.isclose(float(polynomials.interpolate(xs, ys, at)), np.polyval(coefficients, at))
    assert all(polynomials.interpolate(xs, ys, x) == y for x, y in zip(xs, ys, strict=True))


def test_the_error_of_the_mean_is_the_variance() -> None:
    ys = (1, 5, 6, -2)
    mean = polynomials.interpolate((0,), (sum(ys),), 0) / 4
    assert float(polynomials.mean_squared_error(ys, [mean] * 4)) == np.var(ys)
