"""Signals through layers: against running them, step by step."""

from __future__ import annotations

from fractions import Fraction
from math import isclose, tanh

import pytest

from partialcredit.solvers import propagation


@pytest.mark.parametrize(("factor", "bound"), [(0.9, 0.001), (0.2, 0.01), (0.5, 0.25)])
def test_the_layers_until_a_signal_is_gone(factor: float, bound: float) -> None:
    passed = [k for k in range(1, 100) if factor**k < bound]
    exact = (Fraction(str(v)) for v in (factor, bound))
    assert propagation.layers_until_below(*exact) == passed[0]


def test_layers_with_the_needed_variance_reach_the_factor() -> None:
    variance = float(propagation.variance_for_factor(Fraction(1, 50), 5, 30))
    size = 1.0
    for _ in range(5):
        size = sum(variance * size for _ in range(30))
    assert isclose(size, 1 / 50)


def test_the_slope_of_tanh_is_a_difference() -> None:
    step = 1e-5
    for z in (Fraction(-3, 2), Fraction(1, 10), 2):
        x = float(z)
        difference = (tanh(x + step) - tanh(x - step)) / (2 * step)
        assert isclose(float(propagation.tanh_slope(z)), difference, rel_tol=1e-8)
