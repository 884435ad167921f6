"""Memory of training: published totals, and segments that are neither too many nor too few."""

from __future__ import annotations

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import training_memory


def test_published_gigabytes_a_device() -> None:
    found = [float(training_memory.sharded(rational("7.5"), 64, stage)) for stage in (1, 2, 3)]
    assert found == pytest.approx([31.4, 16.6, 1.9], abs=0.05)


def test_on_one_device_nothing_is_saved() -> None:
    stages = [training_memory.sharded(rational(2), 1, stage) for stage in (1, 2, 3)]
    assert stages == [2 * sum(training_memory.MIXED)] * 3


def test_as_many_segments_as_layers_in_one_hold_least() -> None:
    held = {k: training_memory.checkpointed(64, k) for k in (1, 2, 4, 8, 16, 32, 64)}
    assert min(held, key=held.__getitem__) == 8


def test_frozen_parameters_take_their_weights_alone() -> None:
    assert training_memory.frozen(1, 1, 0) == training_memory.single_precision(1, 1)
