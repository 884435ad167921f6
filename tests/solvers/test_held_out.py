"""Held-out errors: by fitting again without each point, and a published mean of folds."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import held_out

X, Y = Vector((0, 1, 2, 3)), Vector((1, 3, 2, 6))


def test_leverages_stand_for_fitting_again() -> None:
    slope, intercept = held_out.line(X, Y)
    residuals = Y - slope * X - intercept
    found = held_out.held_out_residuals(residuals, held_out.leverages(X))
    for i, residual in enumerate(found):
        others = [j for j in range(4) if j != i]
        fitted = np.polyfit([X[j] for j in others], [Y[j] for j in others], 1)
        assert float(residual) == pytest.approx(Y[i] - np.polyval(fitted, X[i]))
    assert held_out.mean_square(found) == rational(1765, 441)


def test_without_a_penalty_the_slope_is_that_of_least_squares() -> None:
    (slope,) = np.linalg.lstsq(np.array([X]).T, np.array(Y), rcond=None)[0]
    assert float(held_out.penalised_slope(X, Y, 0)) == pytest.approx(slope)


def test_published_folds() -> None:
    errors = Vector(rational(n, 100) for n in (15, 30, 10, 20, 25))
    assert float(held_out.standard_error(errors)) == pytest.approx(0.0353553, abs=1e-7)
