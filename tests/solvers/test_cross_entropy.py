"""Cross-entropy against the explicit probabilities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.solvers import cross_entropy

logits = st.lists(st.integers(-6, 6), min_size=2, max_size=5)


def probabilities(z: list[int]) -> np.ndarray:
    powers = np.exp(np.array(z, dtype=float))
    return powers / powers.sum()


@given(logits, st.data())
def test_loss_is_minus_the_logarithm_of_the_probability(z: list[int], data: st.DataObject) -> None:
    label = data.draw(st.integers(0, len(z) - 1))
    expected = -np.log(probabilities(z)[label])
    assert float(cross_entropy.loss(z, label)) == pytest.approx(expected, abs=1e-12)


@given(st.lists(logits, min_size=1, max_size=4))
def test_mean_is_that_of_the_joint_probability(batch: list[list[int]]) -> None:
    losses = [cross_entropy.loss(z, 0) for z in batch]
    joint = np.prod([probabilities(z)[0] for z in batch])
    expected = -np.log(joint) / len(batch)
    assert float(cross_entropy.mean(losses)) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("classes", [2, 3, 10, 1000])
def test_equal_logits_cost_the_logarithm_of_the_classes(classes: int) -> None:
    uniform = float(cross_entropy.uniform_loss(classes))
    assert uniform == pytest.approx(float(cross_entropy.loss([7] * classes, 1)))


@given(st.integers(-6, 6), st.integers(-6, 6))
def test_two_classes_need_only_the_margin(a: int, b: int) -> None:
    assert float(cross_entropy.binary_loss(a - b)) == pytest.approx(
        float(cross_entropy.loss((a, b), 0)), abs=1e-12
    )


def test_logits_and_norm_are_numpys() -> None:
    weight, bias, x = ((1, -2, 0), (3, 1, -1)), (4, -5), (2, 1, -3)
    assert cross_entropy.logits(weight, bias, x) == tuple(np.array(weight) @ x + bias)
    assert cross_entropy.squared_norm(weight) == np.linalg.norm(weight) ** 2 // 1
