"""Initialisation: against samples' moments and against the engine's initialisers."""

from __future__ import annotations

from itertools import product
from math import isclose

import numpy as np
import pytest

from partialcredit.engine import Tensor, functional, init
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import initialization


@pytest.mark.parametrize(("kernel_size", "channels"), [(1, 7), (3, 4), (5, 2)])
def test_fans_count_the_weights_that_meet(kernel_size: int, channels: int) -> None:
    weight = Tensor(np.empty((1, channels, kernel_size, kernel_size)))
    assert initialization.fan(kernel_size, channels) == init.fans(weight)[0] == weight.numel()


@pytest.mark.parametrize("slope", [rational(0), rational(1, 4)])
def test_half_of_a_symmetric_mean_square_is_scaled(slope: Rational) -> None:
    z = np.array([-3.0, -1.0, 1.0, 3.0])
    h = functional.leaky_relu(Tensor(z), float(slope)).data
    found = initialization.rectified_mean_square(5, slope)
    assert isclose(float(found), float(np.mean(h**2)))


@pytest.mark.parametrize("slope", [rational(0), rational(1, 2)])
def test_he_weights_keep_the_variance(slope: Rational) -> None:
    """Every outcome of z in {-1, 1} and of weights of two values, for two inputs."""
    size = float(initialization.he_variance(2, slope)) ** 0.5
    outputs = [
        sum(size * w * max(z, float(slope) * z) for w, z in zip(ws, zs, strict=True))
        for ws in product((-1, 1), repeat=2)
        for zs in product((-1, 1), repeat=2)
    ]
    assert isclose(float(np.var(outputs)), 1.0)


def test_the_published_deviation_of_he_et_al() -> None:
    """A kernel of 3 x 3 over 64 channels: 0.059 (He et al. 2015, section 2.2)."""
    variance = initialization.he_variance(initialization.fan(3, 64))
    assert round(float(variance) ** 0.5, 3) == 0.059


def test_gains_multiply() -> None:
    gain = rational(2, 3)
    assert initialization.depth_gain(gain, 4) == gain * gain * gain * gain


def test_the_variance_of_a_product_from_all_its_values() -> None:
    w, h = np.array([-1, 3, 3, 7]), np.array([0, 0, 5])
    means = [rational(int(v.sum()), len(v)) for v in (w, h)]
    spreads = [
        rational(int((v * v).sum()), len(v)) - m**2 for v, m in zip((w, h), means, strict=True)
    ]
    found = initialization.product_variance(means[0], spreads[0], means[1], spreads[1])
    assert isclose(float(found), float(np.var(np.outer(w, h))))


def test_the_variance_of_sums_from_all_outcomes() -> None:
    """Three independent terms; then weights of mean 0 on inputs that are always equal."""
    term, weights, inputs = np.array([1, 2, 6]), np.array([-2, 2]), np.array([1, 4])
    sums = np.add.outer(np.add.outer(term, term), term)
    assert isclose(float(initialization.sum_variance(3, np.var(term))), float(np.var(sums)))
    outputs = np.multiply.outer(np.add.outer(weights, weights), inputs)
    found = initialization.output_variance(2, 4, rational(1 + 16, 2))
    assert isclose(float(found), float(np.var(outputs)))


def test_glorot_and_the_engine_draw_alike() -> None:
    """The same normal draws, scaled; the largest of many uniform draws comes close to the limit."""
    weight = Tensor(np.empty((90, 150)))
    variance = initialization.keeping_variance(initialization.mean_fan(150, 90))
    drawn = init.xavier_normal_(weight, generator=5).data
    assert np.allclose(drawn / init.generator_of(5).normal(size=(90, 150)), float(variance) ** 0.5)
    limit = float(initialization.uniform_limit(variance))
    largest = np.abs(init.xavier_uniform_(weight, generator=5).data).max()
    assert 0.999 * limit < largest <= limit
