"""Penalties: NumPy's norms, and differences of the penalties themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import penalties

vectors = st.lists(st.integers(-9, 9), min_size=1, max_size=4).filter(any)


def test_worked_example() -> None:
    """Weights 3 and -4 with alpha 0.1: the penalty of weight decay is 1.25."""
    assert rational(1, 10) * penalties.half_square((3, -4)) == rational(5, 4)


@given(vectors)
def test_values_are_numpys_norms(w: list[int]) -> None:
    assert float(penalties.length(w)) == pytest.approx(np.linalg.norm(w))
    assert float(penalties.half_square(w)) == pytest.approx(np.linalg.norm(w) ** 2 / 2)
    assert penalties.absolute_sum(w) == np.linalg.norm(w, 1)


@given(vectors)
def test_gradient_of_the_norm_is_its_slope(w: list[int]) -> None:
    found = penalties.length_gradient(Vector(w))
    for i in range(len(w)):
        there, back = (np.array(w, dtype=float) for _ in range(2))
        there[i] += 1e-5
        back[i] -= 1e-5
        slope = (np.linalg.norm(there) - np.linalg.norm(back)) / 2e-5
        assert float(found[i]) == pytest.approx(slope, abs=1e-6)
