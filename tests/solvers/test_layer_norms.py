"""Norms of one token against NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import batchnorm, layer_norms

X, GAMMA, BETA = Vector((1, 2, 3, 6)), (2, 1, -1, 3), (1, 0, -1, 2)


def test_both_norms() -> None:
    x = np.array(X, dtype=float)
    mean = batchnorm.mean(X)
    found = layer_norms.layer_norm(X, mean, batchnorm.variance(X, mean), GAMMA, BETA, 1)
    expected = (x - x.mean()) / np.sqrt(x.var() + 1) * GAMMA + BETA
    assert [float(v) for v in found] == pytest.approx(expected)
    rms = x / np.sqrt((x**2).mean() + 1) * GAMMA
    assert [float(v) for v in layer_norms.rms_norm(X, GAMMA, 1)] == pytest.approx(rms)


def test_a_pair_for_every_token() -> None:
    assert layer_norms.layer_statistics(8, 20) == 2 * np.zeros((8, 20)).size
