"""Class weights: equal totals, and NumPy's weighted averages."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import class_weights


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=5))
def test_all_classes_weigh_the_same_and_the_whole_set_its_size(counts: list[int]) -> None:
    totals = [w * n for w, n in zip(class_weights.balanced(counts), counts, strict=True)]
    assert len(set(totals)) == 1
    assert sum(totals) == sum(counts)
    assert class_weights.weight(sum(counts), len(counts), rational(counts[0])) == (
        totals[0] / counts[0]
    )


def test_the_mean_and_its_gradient_are_numpys() -> None:
    losses, weights = (1, 4, 2), (rational(1, 2), 3, 1)
    expected = np.average(losses, weights=np.array(weights, dtype=float))
    assert float(class_weights.weighted_mean(losses, weights)) == pytest.approx(expected)
    z = np.array([0.3, -1.2])

    def mean(z: np.ndarray) -> float:
        first = np.log(np.exp(z).sum()) - z[1]
        return float(np.average([first, 4, 2], weights=np.array(weights, dtype=float)))

    p = [rational(v) for v in np.exp(z) / np.exp(z).sum()]
    found = class_weights.weighted_gradient(p, 1, weights[0], sum(weights))
    steps = np.eye(2) * 1e-6
    slopes = [(mean(z + s) - mean(z - s)) / 2e-6 for s in steps]
    assert np.array(found, dtype=float) == pytest.approx(slopes, abs=1e-7)
