"""Distances in many dimensions against enumeration and simulation."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import distances


def test_two_valued_points_enumerated() -> None:
    one = distances.coordinate("coin", -1, 3)
    points = np.array(list(product((-1, 3), repeat=4)))
    squares = ((points[:, None] - points) ** 2).sum(axis=2).ravel()
    assert squares.mean() == float(distances.mean_square_distance(4, one.variance))
    spread = distances.relative_spread(4, one.kurtosis)
    assert np.isclose(squares.std() / squares.mean(), float(spread))


@pytest.mark.parametrize("law", ["uniform", "normal"])
def test_drawn_points(law: str) -> None:
    generator = np.random.default_rng(7)
    draw = generator.uniform if law == "uniform" else generator.normal
    squares = ((draw(2, 5, size=(40_000, 10)) - draw(2, 5, size=(40_000, 10))) ** 2).sum(axis=1)
    one = distances.coordinate(law, 2, 5)
    assert np.isclose(
        squares.mean(), float(distances.mean_square_distance(10, one.variance)), rtol=0.02
    )
    spread = float(distances.relative_spread(10, one.kurtosis))
    assert np.isclose(squares.std() / squares.mean(), spread, rtol=0.03)


def test_the_smallest_number_of_dimensions_is_the_first_that_reaches() -> None:
    v, kurtosis = rational(7, 3), rational(9, 5)
    n = distances.dimensions_for_distance(11, v)
    assert distances.mean_square_distance(n - 1, v) < 121 <= distances.mean_square_distance(n, v)
    n = distances.dimensions_for_spread(rational(3, 50), kurtosis)
    reached = [distances.relative_spread(m, kurtosis) <= rational(3, 50) for m in (n - 1, n)]
    assert reached == [False, True]
