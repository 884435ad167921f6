"""Residual blocks against finite differences and enumerated paths."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import residual

values = st.integers(-5, 5)
filters = st.tuples(values, values, values)
signals = st.tuples(values, values, values, values)


def run(x: object, first: object, second: object) -> np.ndarray:
    z = np.convolve(np.array(x, dtype=float), np.array(first)[::-1], "same")
    return np.convolve(np.maximum(z, 0), np.array(second)[::-1], "same") + np.array(x)


@given(signals, filters, filters)
def test_the_block_is_two_convolutions_and_a_shortcut(
    x: tuple[int, ...], first: tuple[int, ...], second: tuple[int, ...]
) -> None:
    z, a, y = residual.conv_block(x, first, second)
    assert a == tuple(np.maximum(z, 0))
    np.testing.assert_array_equal(y, run(x, first, second))


def test_gradients_by_differences() -> None:
    x, first, second, g = (1, -2, 3, 1), (2, -1, 1), (-1, 3, 2), (1, -2, 2, 5)
    z = residual.conv_block(x, first, second)[0]
    delta = residual.preactivation_gradient(z, second, g)
    found = residual.block_input_gradient(first, delta, g)
    step = 1e-3
    for k in range(4):
        moved = [np.array(x) + sign * step * np.eye(4)[k] for sign in (1, -1)]
        up, down = (run(signal, first, second) @ np.array(g) for signal in moved)
        assert found[k] == pytest.approx((up - down) / (2 * step))


def test_the_jacobian_of_a_dense_block() -> None:
    W, slope = [[1, 2], [3, 4]], [rational(1, 2), 2]
    J = residual.jacobian(W, slope)
    np.testing.assert_array_equal(J, np.eye(2, dtype=int) + np.diag(slope) @ np.array(W))
    assert residual.input_gradient(J, [1, -1]) == tuple(np.array(J).T @ [1, -1])


@pytest.mark.parametrize("blocks", range(6))
def test_paths_by_listing_them(blocks: int) -> None:
    listed = list(product((0, 1), repeat=blocks))
    assert residual.paths(blocks) == len(listed)
    a = rational(1, 3)
    slopes = [a ** sum(path) for path in listed]
    assert residual.residual_slope(a, blocks) == sum(slopes)
    assert residual.plain_slope(a, blocks) == slopes[-1]
    for k in range(blocks + 1):
        chosen = [s for path, s in zip(listed, slopes, strict=True) if sum(path) == k]
        assert residual.paths_of_length(blocks, k) == len(chosen)
        assert residual.gradient_share(a, blocks, k) == sum(chosen) / sum(slopes)
