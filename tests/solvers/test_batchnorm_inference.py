"""Batch normalisation at test time: against unrolled averages and composed maps."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import batchnorm_inference as inference


def test_old_batches_are_forgotten_by_powers() -> None:
    keep, values = rational(3, 4), [5, -2, 8, 1]
    powers = [float(keep) ** n for n in range(4)][::-1]
    found = inference.running_average((7,), [(v,) for v in values], keep)
    assert float(found[0]) == pytest.approx(0.75**4 * 7 + 0.25 * np.dot(powers, values))


def test_folded_layers_compute_the_same() -> None:
    W, b = np.array([[1, -2], [3, 4]]), np.array([5, -6])
    gamma, beta, mean, variance, eps = (2, -3), (1, 4), (7, -1), (3, 5), rational(1, 10)
    slope = inference.affine_slope(gamma, variance, eps)
    shift = inference.affine_shift(slope, mean, beta)
    weights = np.array(inference.folded_weights(slope, W.tolist()), dtype=float)
    bias = np.array(inference.folded_bias(slope, shift, b.tolist()), dtype=float)
    for x in ([1, 2], [-3, 0], [0, 0]):
        z = W @ x + b
        expected = np.array(gamma) * (z - mean) / np.sqrt(np.array(variance) + 0.1) + beta
        assert weights @ x + bias == pytest.approx(expected)
