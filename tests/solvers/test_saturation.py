"""Saturation against plain floats."""

from __future__ import annotations

from math import exp

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import saturation


@pytest.mark.parametrize("slope", ["0.001", "0.05", "0.2"])
def test_the_slope_at_the_saturation_point(slope: str) -> None:
    s = 1 / (1 + exp(-float(saturation.saturation_point(rational(slope)))))
    assert s * (1 - s) == pytest.approx(float(slope))


def sigmoid(z: float) -> float:
    return 1 / (1 + exp(-z))


def slope_at(z: float) -> float:
    return (sigmoid(z + 1e-5) - sigmoid(z - 1e-5)) / 2e-5


def test_slopes_of_a_chain_multiply_and_stay_below_the_bound() -> None:
    z = (rational(1, 2), rational(-2), rational(3))
    product = slope_at(0.5) * slope_at(-2.0) * slope_at(3.0)
    found = float(saturation.chain_slope(z))
    assert found == pytest.approx(product)
    bound = float(saturation.chain_bound(rational(1), 3))
    assert found < bound
    assert bound == pytest.approx(slope_at(0.0) ** 3)


@pytest.mark.parametrize(("w", "k"), [("1", 3), ("2", 6), ("3", 4)])
def test_the_depth_is_the_first_below_the_threshold(w: str, k: int) -> None:
    depth = saturation.smallest_depth(rational(w), rational(1, 10**k))
    assert (float(w) / 4) ** depth < 10**-k <= (float(w) / 4) ** (depth - 1)


def test_the_needed_weight_undoes_the_slope() -> None:
    assert float(saturation.needed_weight(rational(3, 2))) * slope_at(1.5) == pytest.approx(1)
