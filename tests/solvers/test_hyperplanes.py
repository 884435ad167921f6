"""Distances from hyperplanes against a search on the hyperplane."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.solvers import hyperplanes

CASES = [((3, 4), (3, 4), -5), ((-2, 1), (0, 5), 7), ((5, -12), (1, 1), 0)]


@pytest.mark.parametrize(("w", "x", "b"), CASES)
def test_no_point_of_the_line_is_closer_than_the_foot(w, x, b) -> None:  # type: ignore[no-untyped-def]
    start = np.array([-b / w[0], 0.0])
    along = np.array([-w[1], w[0]], dtype=float)
    t = np.linspace(-20, 20, 400_001)
    points = start[:, None] + along[:, None] * t
    far = np.hypot(*(points - np.array(x)[:, None]))
    best = far.argmin()
    score = hyperplanes.score(w, x, b)
    distance = hyperplanes.signed_distance(w, score)
    assert np.isclose(abs(float(distance)), far[best], atol=1e-3)
    found = np.array(hyperplanes.foot(w, x, score), dtype=float)
    assert np.allclose(found, points[:, best], atol=1e-2)
    assert np.sign(score) == np.sign(np.dot(w, np.array(x) - found))
    assert hyperplanes.squared_length(w) == np.dot(w, w)


def test_parallel_hyperplanes_and_winners() -> None:
    w, x = (1, 2, 2), (4, -1, 0)
    on_first = hyperplanes.foot(w, x, hyperplanes.score(w, x, 5))
    far = hyperplanes.signed_distance(w, hyperplanes.score(w, on_first, -7))
    assert abs(far) == hyperplanes.gap(w, 5, -7)
    assert hyperplanes.winner((-3, -1, -2)) == 2
