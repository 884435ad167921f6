"""Batch normalisation against NumPy, finite differences and published numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import batchnorm

X, G, GAMMA = (1, 2, 4, 7), (1, 0, 2, -1), 2


def forward(x: Any, eps: Any) -> tuple[Any, Any, Any]:
    mean = batchnorm.mean(x)
    variance = batchnorm.variance(x, mean)
    return mean, variance, batchnorm.normalize(x, mean, variance, eps)


def loss(x: Any, eps: float, mean: Any = None, variance: Any = None) -> float:
    """The sum of g_i gamma x_hat_i, with the statistics held fixed when they are given."""
    x = np.array(x, dtype=float)
    mean = x.mean() if mean is None else mean
    variance = ((x - mean) ** 2).mean() if variance is None else variance
    return float((np.array(G) * GAMMA * (x - mean) / np.sqrt(variance + eps)).sum())


def slope(f: Any, at: float) -> float:
    return float((f(at + 1e-5) - f(at - 1e-5)) / 2e-5)


def test_published_forward_values() -> None:
    """The batch (1, 2, 3, 6) with gamma = 2, beta = 1."""
    _mean, _variance, x_hat = forward((1, 2, 3, 6), 0)
    y = [round(float(v), 4) for v in batchnorm.scale_and_shift(x_hat, 2, 1)]
    assert y == [-1.1381, -0.069, 1.0, 4.2071]


def test_normalised_values_have_mean_zero_and_variance_one() -> None:
    values = np.array([float(v) for v in forward(X, 0)[2]])
    assert (values.mean(), values.var()) == (pytest.approx(0), pytest.approx(1))


@pytest.mark.parametrize("eps", [rational(0), rational(1, 2), rational(3)])
def test_the_closed_form_is_the_slope_of_the_loss(eps: Rational) -> None:
    _mean, variance, x_hat = forward(X, eps)
    d_beta, d_gamma = batchnorm.beta_gradient(G), batchnorm.gamma_gradient(x_hat, G)
    ours = batchnorm.input_gradient(x_hat, G, d_beta, d_gamma, GAMMA / sqrt(variance + eps))
    for i in range(len(X)):
        found = slope(lambda v, i=i: loss((*X[:i], v, *X[i + 1 :]), float(eps)), X[i])
        assert float(ours[i]) == pytest.approx(found, abs=1e-7)


def test_published_input_gradient() -> None:
    _mean, variance, x_hat = forward(X, 0)
    d_gamma = batchnorm.gamma_gradient(x_hat, G)
    ours = batchnorm.input_gradient(x_hat, G, sum(G), d_gamma, GAMMA / sqrt(variance))
    assert [round(float(v), 4) for v in ours] == [-0.0831, -0.7482, 1.4132, -0.5819]


@pytest.mark.parametrize("eps", [rational(0), rational(1, 2)])
def test_gradients_of_the_statistics(eps: Rational) -> None:
    mean, variance, _x_hat = forward(X, eps)
    inner = batchnorm.normalized_gradient(G, GAMMA)
    by_variance = slope(lambda v: loss(X, float(eps), float(mean), v), float(variance))
    by_mean = slope(lambda v: loss(X, float(eps), v, None), float(mean))
    ours = batchnorm.variance_gradient(X, inner, variance, eps)
    assert float(ours) == pytest.approx(by_variance, abs=1e-7)
    assert float(batchnorm.mean_gradient(inner, variance, eps)) == pytest.approx(by_mean, abs=1e-6)


def test_gamma_and_beta_are_slopes() -> None:
    _mean, _variance, x_hat = forward(X, 1)
    values = [float(v) for v in x_hat]

    def output_loss(gamma: float, beta: float) -> float:
        return sum(g * (gamma * v + beta) for g, v in zip(G, values, strict=True))

    assert slope(lambda v: output_loss(v, 3), 2) == pytest.approx(
        float(batchnorm.gamma_gradient(x_hat, G))
    )
    assert slope(lambda v: output_loss(2, v), 3) == pytest.approx(batchnorm.beta_gradient(G))


def test_the_three_paths_add_up_to_the_closed_form() -> None:
    _mean, variance, x_hat = forward(X, 1)
    inner, m = batchnorm.normalized_gradient(G, GAMMA), len(X)
    s, d_gamma = sqrt(variance + 1), batchnorm.gamma_gradient(x_hat, G)
    d_variance = batchnorm.variance_gradient(X, inner, variance, 1)
    d_mean = batchnorm.mean_gradient(inner, variance, 1)
    whole = batchnorm.input_gradient(x_hat, G, sum(G), d_gamma, GAMMA / s)
    for d, away, ours in zip(inner, batchnorm.deviations(X), whole, strict=True):
        paths = float(d / s) + 2 / m * float(away * d_variance) + float(d_mean) / m
        assert float(ours) == pytest.approx(paths)
