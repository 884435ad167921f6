"""Every fast path computes what its plain definition does, in float64 and to rounding."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partialcredit.engine.kernels import (
    choose,
    conv_pool,
    im2col,
    norm,
    norm_rows,
    plain,
    pool,
    pool_pairs,
    winograd,
)  # fmt: skip
from partialcredit.engine.kernels.geometry import Geometry, batch_last, output_length

SMALL = st.integers(1, 3)
PAIR = st.tuples(SMALL, SMALL)


@given(st.integers(1, 12), SMALL, SMALL, st.integers(0, 2), SMALL)
def test_output_length_counts_positions(length, kernel, stride, padding, dilation):
    """Against trying every start on the padded line, without a formula."""
    line = range(-padding, length + padding)
    fitting = [
        start for start in line[::stride]
        if all(start + dilation * j in line for j in range(kernel))
    ]  # fmt: skip
    assert output_length(length, kernel, stride, padding, dilation) == len(fitting)


@given(PAIR, PAIR, st.tuples(st.integers(0, 2), st.integers(0, 2)), PAIR, SMALL, st.integers(0, 99))
@settings(max_examples=60)
def test_im2col_agrees_with_the_definition(kernel, stride, padding, dilation, groups, seed):
    rng = np.random.default_rng(seed)
    geometry = Geometry(kernel, stride, padding, dilation)
    x = rng.normal(size=(groups * 2, 8, 9, 3))
    w = rng.normal(size=(groups * 2, 2, *kernel))
    y = plain.convolve(x, w, geometry, groups)
    g = rng.normal(size=y.shape)
    dx, dw = im2col.gradients(g, x, w, geometry, groups)
    np.testing.assert_allclose(im2col.convolve(x, w, geometry, groups), y, atol=1e-12)
    np.testing.assert_allclose(
        dx, plain.input_gradient(g, w, geometry, x.shape[1:3], groups), atol=1e-12
    )
    np.testing.assert_allclose(dw, plain.weight_gradient(g, x, geometry, groups), atol=1e-11)


def test_im2col_in_many_blocks_agrees(monkeypatch):
    monkeypatch.setattr(im2col, "COLUMN_BYTES", 1000)
    monkeypatch.setattr(im2col, "SPREAD_BYTES", 3000)
    test_im2col_agrees_with_the_definition()


@given(st.integers(1, 11), st.integers(3, 11), st.tuples(*[st.integers(0, 2)] * 2), SMALL)
@settings(max_examples=40)
def test_winograd_agrees_with_the_definition(height, width, padding, channels):
    if height + 2 * padding[0] < 3:
        return
    rng = np.random.default_rng(height * width)
    geometry = Geometry((3, 3), (1, 1), padding)
    x, w = rng.normal(size=(channels, height, width, 2)), rng.normal(size=(2, channels, 3, 3))
    y = plain.convolve(x, w, geometry)
    g = rng.normal(size=y.shape)
    np.testing.assert_allclose(winograd.convolve(x, w, padding), y, atol=1e-11)
    np.testing.assert_allclose(
        winograd.input_gradient(g, w, padding),
        plain.input_gradient(g, w, geometry, (height, width)), atol=1e-11,
    )  # fmt: skip
    np.testing.assert_allclose(
        winograd.weight_gradient(g, x, padding), plain.weight_gradient(g, x, geometry), atol=1e-11
    )


def test_winograd_in_many_blocks_agrees(monkeypatch):
    monkeypatch.setattr(winograd, "BLOCK_BYTES", 1000)
    test_winograd_agrees_with_the_definition()


def test_winograd_rounds_within_its_promise():
    """1e-5 of the largest output, in float32, at the width it is chosen for."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((64, 12, 12, 8), dtype=np.float32)
    w = rng.standard_normal((32, 64, 3, 3), dtype=np.float32)
    geometry = Geometry((3, 3), (1, 1), (1, 1))
    exact = plain.convolve(x.astype(float), w.astype(float), geometry)
    error = np.abs(choose.convolve(x, w, geometry) - exact).max() / np.abs(exact).max()
    assert 1e-7 < error < 2e-5  # below: it was not Winograd that ran


def test_float64_is_never_sent_to_winograd(monkeypatch):
    monkeypatch.setattr(winograd, "convolve", None)
    x, w = np.ones((32, 5, 5, 8)), np.ones((32, 32, 3, 3))
    assert choose.convolve(x, w, Geometry((3, 3))).dtype == np.float64


@given(st.integers(2, 9), st.integers(2, 9), st.booleans())
def test_pairs_agree_with_the_definition_on_ties(height, width, ties):
    rng = np.random.default_rng(height * 10 + width)
    x = rng.normal(size=(2, height, width, 5))
    if ties:
        x = np.round(x)
    y, place = pool.maximum(x, choose.PAIRS)
    g = rng.normal(size=y.shape)
    fast, across = pool_pairs.maximum(x)
    np.testing.assert_array_equal(fast, y)
    np.testing.assert_array_equal(
        pool_pairs.maximum_gradient(g, x, across),
        pool.maximum_gradient(g, place, choose.PAIRS, height, width),
    )


@given(PAIR, PAIR, st.tuples(*[st.integers(0, 1)] * 2), st.booleans())
@settings(max_examples=40)
def test_convolve_and_pool_agrees_with_one_after_the_other(kernel, stride, padding, ties):
    rng = np.random.default_rng(7)
    geometry = Geometry(kernel, stride, padding)
    x, w = rng.normal(size=(2, 9, 11, 3)), rng.normal(size=(4, 2, *kernel))
    if ties:
        x, w = np.round(x), np.round(w)
    if not conv_pool.fits(geometry, 9, 11):
        return
    full = plain.convolve(x, w, geometry)
    y, place = pool.maximum(full, choose.PAIRS)
    g = rng.normal(size=y.shape)
    spread = pool.maximum_gradient(g, place, choose.PAIRS, *full.shape[1:3])
    fast, gradients = conv_pool.forward(x, w, geometry)
    dx, dw = gradients(g, True, True)
    np.testing.assert_allclose(fast, y, atol=1e-12)
    np.testing.assert_allclose(dx, plain.input_gradient(spread, w, geometry, (9, 11)), atol=1e-11)
    np.testing.assert_allclose(dw, plain.weight_gradient(spread, x, geometry), atol=1e-11)
    assert gradients(g, False, True)[0] is None


@pytest.mark.parametrize("block", [10, 1 << 18])
@pytest.mark.parametrize("affine", [False, True])
def test_rows_normalise_as_defined(monkeypatch, block, affine):
    monkeypatch.setattr(norm_rows, "BLOCK", block)
    rng = np.random.default_rng(1)
    x = rng.normal(3, 2, size=(4, 5, 3, 2))
    w, b = (rng.normal(size=5), rng.normal(size=5)) if affine else (None, None)
    a, c = norm.normalise(x, w, b, 1e-5), norm_rows.normalise(x, w, b, 1e-5)
    g = rng.normal(size=x.shape)
    for ours, theirs in zip((*a[:3], *a.gradients(g)), (*c[:3], *c.gradients(g)), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-12)


@pytest.mark.parametrize("shape", [(20, 1, 32, 32), (64, 1, 32, 32), (3, 2, 5, 4), (0, 1, 2, 2)])
def test_batch_last_only_moves_axes(shape):
    x = np.random.default_rng(2).random(shape, dtype=np.float32)
    moved = batch_last(x)
    assert moved.flags.c_contiguous
    np.testing.assert_array_equal(moved, x.transpose(1, 2, 3, 0))
    assert np.shares_memory(batch_last(moved.transpose(3, 0, 1, 2)), moved) or not x.size
