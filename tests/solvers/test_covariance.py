"""Covariances against samples whose moments are known."""

from __future__ import annotations

import numpy as np

from partialcredit.solvers import covariance

A = ((1, -2), (3, 1), (0, 4))
DATA = np.array([[1, 4, -2, 7, 0], [3, 3, 1, -5, 2]])
S = (
    ((DATA - DATA.mean(axis=1, keepdims=True)) @ (DATA - DATA.mean(axis=1, keepdims=True)).T) / 5
).tolist()


def test_mapped_moments_are_the_moments_of_the_mapped_sample() -> None:
    y = np.array(A) @ DATA + np.array([[5], [0], [-1]])
    assert np.allclose(
        covariance.mapped_mean(A, DATA.mean(axis=1).tolist(), (5, 0, -1)), y.mean(axis=1)
    )
    assert np.allclose(covariance.mapped_covariance(A, S), np.cov(y, bias=True))
    assert np.isclose(covariance.total_variance(A, S), np.var(y, axis=1).sum())


def test_projection_and_scaling() -> None:
    assert np.isclose(covariance.projected_variance((2, -3), S), np.var([2, -3] @ DATA))
    assert np.isclose(np.var(-3 * DATA[0]), covariance.scaling(-3) * np.var(DATA[0]))
