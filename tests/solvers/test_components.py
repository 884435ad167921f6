"""Principal components: eigenvectors, and the error that is left."""

from __future__ import annotations

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot, freeze
from partialcredit.solvers import components, singular

POINTS = freeze(((11, 6), (-1, 0), (4, 5), (6, 2)))


def test_the_direction_is_an_eigenvector() -> None:
    S = components.covariance(POINTS, components.mean(POINTS), 4)
    first, _ = singular.eigenvalues(S)
    u = components.direction(S, first)
    for row, entry in zip(S, u, strict=True):
        assert float(dot(row, u)) == pytest.approx(float(first * entry))
    assert float(dot(u, u)) == pytest.approx(1)


def test_what_is_lost_is_the_sum_of_the_squared_errors() -> None:
    center = components.mean(POINTS)
    S = components.covariance(POINTS, center, 3)
    values = singular.eigenvalues(S)
    u = components.direction(S, values[0])
    total = 0.0
    for point in POINTS:
        score = components.score(point, center, u)
        away = point - components.reconstruction(score, center, u)
        total += float(dot(away, away))
    assert float(components.lost(values, 3)) == pytest.approx(total)


def test_enough_components() -> None:
    needed = [components.components_needed((6, 3, 1), rational(n, 10)) for n in (5, 6, 7, 9, 10)]
    assert needed == [1, 1, 2, 2, 3]
