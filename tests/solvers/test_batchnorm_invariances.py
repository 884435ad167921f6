"""Invariances: against a batch that is normalised before and after."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import batchnorm_invariances as invariances

RNG = np.random.default_rng(5)
X, W, G = RNG.normal(size=(6, 3)), np.array([1.0, -2.0, 0.5]), RNG.normal(size=6)


def loss(w: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    u = X @ w
    return float(G @ (u - u.mean()) / u.std())


def gradient(
    w: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    step = 1e-5 * np.eye(3)
    return np.array([(loss(w + move) - loss(w - move)) / 2e-5 for move in step])


@pytest.mark.parametrize("k", [2, rational(1, 2), -3])
def test_scaled_weights_scale_the_variance_and_keep_the_loss(k: Rational) -> None:
    factor = float(k)
    assert np.var(X @ (factor * W)) == pytest.approx(
        float(invariances.variance_factor(k)) * np.var(X @ W)
    )
    assert loss(factor * W) == pytest.approx(invariances.normalized_factor(k) * loss(W))


@pytest.mark.parametrize("k", [rational(2), rational(1, 2)])
def test_the_gradient_shrinks_and_the_step_turns_less(k: Rational) -> None:
    before, after = gradient(W), gradient(float(k) * W)
    assert after == pytest.approx(float(invariances.gradient_factor(k)) * before, rel=1e-5)
    turned = [
        np.linalg.norm(g) / np.linalg.norm(w) for g, w in ((before, W), (after, float(k) * W))
    ]
    assert turned[1] / turned[0] == pytest.approx(float(invariances.turning_factor(k)), rel=1e-5)
