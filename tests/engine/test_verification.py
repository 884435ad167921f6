"""Gradient checks, Monte-Carlo means, batches of instances and exact enumeration."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.engine import (
    Tensor,
    check_gradients,
    enumerate_mean,
    monte_carlo,
    numerical_gradient,
    value_and_gradients,
)  # fmt: skip
from partialcredit.engine.tensor import custom
from partialcredit.errors import EngineError


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3])
def test_the_bound_covers_the_error_and_is_small(scale):
    """Against derivatives known in closed form, at three sizes of the argument."""
    x = Tensor(scale * np.array([0.3, 0.7, 1.9]))
    for f, slope in (
        (lambda t: (t * t * t).sum(), 3 * x.data**2),
        (lambda t: t.sin().sum(), np.cos(x.data)),
    ):
        if scale == 1e3 and slope[0] != 3 * x.data[0] ** 2:
            continue  # a sine turns hundreds of times within the step
        gradient, bound = numerical_gradient(f, [x])
        assert (np.abs(gradient - slope) <= bound).all()
        assert (bound <= 1e-5 * np.maximum(1, np.abs(slope))).all()


@pytest.mark.parametrize("factor", [1.001, 0.0, -1.0])
def test_a_wrong_derivative_is_caught(factor):
    def wrong(x):
        return custom(x.data**2, (x,), lambda g: (g * 2 * x.data * factor,))

    result = check_gradients(wrong, [Tensor([0.5, 1.5], requires_grad=True)])
    assert not result.agrees
    assert result.error > result.bound
    assert result.where[0] == 0


def test_one_wrong_entry_among_many_is_found():
    def wrong(x):
        spoiled = np.ones_like(x.data)
        spoiled[1, 2] = 0.99
        return custom(3 * x.data, (x,), lambda g: (3 * g * spoiled,))

    result = check_gradients(wrong, [Tensor(np.ones((2, 3)), requires_grad=True)])
    assert (result.agrees, result.where) == (False, (0, (1, 2)))


def test_finite_differences_need_float64():
    with pytest.raises(EngineError, match="float32"):
        numerical_gradient(lambda t: t.sum(), [Tensor(np.ones(2, np.float32))])


def test_monte_carlo_means_lie_within_their_errors():
    """100 seeds: the standardised errors of U(0, 1) have the spread of a standard normal."""
    scores = []
    for seed in range(100):
        mean, error, n = monte_carlo(lambda rng, n: rng.random(n), 5000, seed, chunk=700)
        assert n == 5000
        assert error == pytest.approx(np.sqrt(1 / 12 / 5000), rel=0.1)
        scores.append((mean - 0.5) / error)
    assert abs(np.mean(scores)) < 0.4
    assert 0.8 < np.std(scores) < 1.25


def test_monte_carlo_merges_chunks_without_cancellation():
    """A mean of 1e9 does not spoil a deviation of 1; several quantities at once."""
    f = lambda rng, n: np.stack([1e9 + rng.standard_normal(n), rng.random(n)])  # noqa: E731
    a = monte_carlo(f, 10_000, seed=3, chunk=999)
    assert a.mean.shape == (2,)
    np.testing.assert_allclose(a.standard_error[0], 0.01, rtol=0.05)
    again = monte_carlo(f, 10_000, seed=3, chunk=999)
    np.testing.assert_array_equal(a.mean, again.mean)


def test_monte_carlo_computes_the_moments_of_what_it_is_given():
    """A sequence whose chunks have different means, against NumPy on the whole of it."""
    whole = np.arange(1000.0) ** 1.5
    rest = list(whole)
    given = monte_carlo(lambda _, n: np.array([rest.pop(0) for _ in range(n)]), 1000, 0, chunk=130)
    assert given.mean == pytest.approx(whole.mean(), rel=1e-12)
    assert given.standard_error == pytest.approx(whole.std(ddof=1) / np.sqrt(1000), rel=1e-12)


def test_monte_carlo_refuses():
    with pytest.raises(EngineError, match="at least 2"):
        monte_carlo(lambda rng, n: rng.random(n), 1, 0)
    with pytest.raises(EngineError, match="last axis"):
        monte_carlo(lambda rng, _: rng.random(3), 10, 0)
    with pytest.raises(EngineError, match="not finite"):
        monte_carlo(lambda _, n: np.full(n, np.inf), 10, 0)


def network(x, W, b, v, y):
    """Two inputs, two tanh units, squared error; every scalar is a run of instances."""
    h = [(W[i, 0] * x[0] + W[i, 1] * x[1] + b[i]).tanh() for i in range(2)]
    away = v[0] * h[0] + v[1] * h[1] - y
    return away * away


@pytest.mark.parametrize("chunk", [7, 1000])
def test_a_batch_of_instances_agrees_with_one_at_a_time(chunk):
    rng = np.random.default_rng(0)
    inputs = [rng.normal(size=(*shape, 30)) for shape in ((2,), (2, 2), (2,), (2,), ())]
    batch = value_and_gradients(network, inputs, wanted=(1, 3), chunk=chunk)
    for i in range(30):
        leaves = [Tensor(a[..., i], requires_grad=True) for a in inputs]
        y = network(*leaves)
        y.backward()
        np.testing.assert_allclose(batch.values[i], y.data)
        np.testing.assert_allclose(batch.gradients[0][..., i], leaves[1].grad)
        np.testing.assert_allclose(batch.gradients[1][..., i], leaves[3].grad)


def test_batches_refuse_what_mixes_instances():
    with pytest.raises(EngineError, match="one number per instance"):
        value_and_gradients(lambda x: x.sum(), [np.ones(4)])
    with pytest.raises(EngineError, match="last axis"):
        value_and_gradients(lambda x, y: x + y, [np.ones(4), np.ones(3)])


def test_enumeration_gives_the_exact_moments_of_dropout():
    """E and variance of three kept or dropped weights, against the binomial's."""
    w, keep = np.array([1.0, -2.0, 3.0]), 0.75

    def moments(mask):
        z = (w[:, None] * mask / keep).sum(axis=0)
        return np.stack([z, z * z])

    mean, square = enumerate_mean(moments, [(0, 1)] * 3, [(1 - keep, keep)] * 3, chunk=3)
    assert mean == pytest.approx(2.0)
    assert square - mean**2 == pytest.approx((w**2).sum() * (1 - keep) / keep)
    with pytest.raises(EngineError, match="one weight"):
        enumerate_mean(moments, [(0, 1)], [(1.0,)])
