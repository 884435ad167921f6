"""Every outcome of a finite noise, and limits of geometric sequences."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from partialcredit.engine import (
    SGD,
    Adam,
    Momentum,
    descent_path,
    geometric_limit,
    optimizer_path,
    sign_sequences,
)


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_every_sign_sequence_occurs_once(steps: int) -> None:
    assert sorted(map(tuple, sign_sequences(steps).T)) == sorted(product((-1, 1), repeat=steps))


def test_sign_sequences_cannot_be_spoiled_for_the_next_caller() -> None:
    with pytest.raises(ValueError, match="read-only"):
        sign_sequences(3)[0, 0] = 5


def test_a_path_begins_at_the_start_and_follows_the_optimizer() -> None:
    path = optimizer_path(lambda p: SGD(p, lr=0.5), [[2.0, -4.0], [1.0, 0.0]], start=(1.0, 2.0))
    np.testing.assert_allclose(path, [[1, 2], [0, 4], [-0.5, 4]])


def test_a_descent_takes_the_gradient_of_every_position() -> None:
    path = descent_path(
        lambda p: Momentum(p, lr=0.5, momentum=0.5), lambda x: (x * x).sum(), (1.0, -2.0), steps=2
    )
    np.testing.assert_allclose(path, [[1, -2], [0, 0], [-0.5, 1]])


def test_settings_can_follow_a_schedule() -> None:
    def halve(optimizer: SGD, step: int) -> None:
        optimizer.lr = 1 / 2**step

    path = optimizer_path(lambda p: SGD(p, lr=1.0), [1.0, 1.0, 1.0], before_step=halve)
    np.testing.assert_allclose(path, [0, -1, -1.5, -1.75])


def test_expectations_over_all_outcomes_are_exact() -> None:
    path = optimizer_path(lambda p: Adam(p, lr=0.1), 3 + 0 * sign_sequences(4))
    np.testing.assert_allclose(path[:, 0], -0.1 * np.arange(5), atol=1e-8)


@pytest.mark.parametrize("ratio", [0.5, -0.9, 0.99])
def test_geometric_limits_need_three_values(ratio: float) -> None:
    assert geometric_limit([7 + 3 * ratio**t for t in range(3)]) == pytest.approx(7)
    rows = np.array([[7 + 3 * ratio**t, 1 - ratio**t] for t in range(4)])
    np.testing.assert_allclose(geometric_limit(rows), [7, 1])
