"""Saturation against plain floats."""

from __future__ import annotations

from fractions import Fraction
from math import exp

import pytest

from partialcredit.solvers import saturation


@pytest.mark.parametrize("slope", ["0.001", "0.05", "0.2"])
def test_the_slope_at_the_saturation_point(slope: str) -> None:
    s = 1 / (1 + exp(-float(saturation.saturation_point(Fraction(slope)))))
    assert s * (1 - s) == pytest.approx(float(slope))
