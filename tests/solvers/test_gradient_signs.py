"""Sign patterns against enumeration."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import gradient_signs


def patterns(deltas: np.ndarray, inputs: np.ndarray) -> set[tuple[float, ...]]:
    return {tuple(row) for row in np.sign(deltas @ inputs)}


@pytest.mark.parametrize("n", [2, 3, 5])
def test_one_example_gives_two_patterns_and_two_give_twice_the_inputs(n: int) -> None:
    generator = np.random.default_rng(n)
    one, two = generator.uniform(0.1, 2, (1, n)), generator.uniform(0.1, 2, (2, n))
    found = patterns(generator.normal(size=(50, 1)), one)
    assert gradient_signs.impossible_patterns(n) == 2**n - len(found)
    turns = np.linspace(0, 2 * np.pi, 20001)
    directions = np.column_stack([np.cos(turns), np.sin(turns)])
    assert gradient_signs.patterns_of_two(n) == len(patterns(directions, two))


def test_units_choose_their_signs_freely() -> None:
    deltas = np.random.default_rng(0).normal(size=(500, 3))
    found = {tuple(np.sign(np.outer(row, [1.0, 2.0])).ravel()) for row in deltas}
    assert gradient_signs.reachable_patterns(3) == len(found)


def test_signs_are_mixed_inside_the_range_only() -> None:
    x, u = (rational(1), rational(3), rational(2)), (rational(2), rational(1), rational(5))
    low, high = gradient_signs.mixed_range(x, u)
    for r, mixed in ((low / 2, False), ((low + high) / 2, True), (high * 2, False)):
        signs = gradient_signs.sign_pattern([r * a - b for a, b in zip(x, u, strict=True)])
        assert (len(set(signs)) == 2) == mixed


def test_cosine_and_slope_are_numpys() -> None:
    x, d = np.array([1.0, 2.0, 4.0]), np.array([3.0, -1.0, -2.0])
    expected = abs(x @ d) / np.linalg.norm(x) / np.linalg.norm(d)
    found = gradient_signs.best_cosine(*([rational(v) for v in a] for a in (x, d)))
    assert float(found) == pytest.approx(expected)
    sigmoid = [1 / (1 + np.exp(-(0.4 + step) * 2)) for step in (1e-6, -1e-6)]
    slope = float(gradient_signs.unit_slope(1 / (1 + np.exp(-0.8)), 2))
    assert slope == pytest.approx((sigmoid[0] - sigmoid[1]) / 2e-6)
