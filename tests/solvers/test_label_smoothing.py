"""Label smoothing: targets that add up, and a loss that is smallest at them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import label_smoothing

epsilons = st.integers(1, 19).map(lambda n: rational(n, 20))


@given(epsilons, st.integers(2, 30), st.data())
def test_targets_mix_the_label_with_equal_shares(
    epsilon: Rational, K: int, data: st.DataObject
) -> None:
    label = data.draw(st.integers(0, K - 1))
    hot = np.eye(K)[label]
    expected = (1 - float(epsilon)) * hot + float(epsilon) * np.full(K, 1 / K)
    found = label_smoothing.targets(label, epsilon, K)
    assert np.array(found, dtype=float) == pytest.approx(expected)
    assert sum(found) == 1


@given(epsilons, st.integers(2, 5))
def test_the_loss_is_smallest_at_the_targets_and_the_gap(epsilon: Rational, K: int) -> None:
    q = label_smoothing.targets(0, epsilon, K)
    smallest = float(label_smoothing.loss(q, q))
    gap = float(label_smoothing.best_gap(epsilon, K))
    for off in (-0.3, 0.0, 0.3):
        powers = np.exp(np.array([gap + off] + [0.0] * (K - 1)))
        p = powers / powers.sum()
        value = -np.array(q, dtype=float) @ np.log(p)
        assert (value == pytest.approx(smallest)) == (off == 0)
        assert value >= smallest - 1e-12
