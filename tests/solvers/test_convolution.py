"""Convolutions against NumPy's, Fourier transforms and examples worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.solvers import convolution as conv

values = st.integers(-9, 9)
signals = st.lists(values, min_size=5, max_size=9)
filters = st.lists(values, min_size=1, max_size=4)


def images(rows: int, columns: int) -> st.SearchStrategy[list[list[int]]]:
    row = st.lists(values, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows)


@given(signals, filters)
def test_one_axis_as_numpy_does_it(x: list[int], w: list[int]) -> None:
    assert conv.correlate(x, w) == tuple(np.correlate(x, w, "valid"))
    assert conv.correlate(x, conv.flip(w)) == tuple(np.convolve(x, w, "valid"))


@given(signals, st.lists(values, min_size=3, max_size=3))
def test_padding_by_one_keeps_the_length(x: list[int], w: list[int]) -> None:
    assert conv.correlate(conv.padded(x, 1, 1), w) == tuple(np.correlate(x, w, "same"))


@given(signals, st.lists(values, min_size=2, max_size=2), st.integers(1, 3), st.integers(1, 3))
def test_stride_skips_windows_and_dilation_spreads_the_filter(
    x: list[int], w: list[int], stride: int, dilation: int
) -> None:
    spread = [w[0], *[0] * (dilation - 1), w[1]]
    expected = np.correlate(x, spread, "valid")[::stride]
    assert conv.correlate(x, w, stride=stride, dilation=dilation) == tuple(expected)


@given(images(5, 6), images(5, 6), images(2, 3), images(2, 3), st.integers(1, 2), st.integers(0, 2))
def test_two_axes_and_two_channels_by_fourier_transform(
    a: list[list[int]], b: list[list[int]], k: list[list[int]], m: list[list[int]],
    stride: int, padding: int,
) -> None:  # fmt: skip
    found = conv.correlate2d([a, b], [k, m], stride=stride, padding=padding)
    x = np.pad(np.array([a, b]), ((0, 0), (padding, padding), (padding, padding)))
    size = x.shape[1:]
    spectrum = np.fft.rfft2(x) * np.fft.rfft2(np.array([k, m]), size).conj()
    whole = np.fft.irfft2(spectrum, size).sum(axis=0)
    expected = whole[: size[0] - 1 : stride, : size[1] - 2 : stride]
    np.testing.assert_allclose(found, expected, atol=1e-9)


def test_examples_of_the_notes() -> None:
    """The answers as printed, for the filter and the image with which they are right."""
    assert conv.correlate((1, 1, 1, 0, 0), (1, 0, 1)) == (2, 1, 1)
    image = ((1, 2, 1, 3, 0), (2, 0, 1, 1, 2), (3, 2, 1, 0, 1), (1, 1, 2, 1, 1))
    kernel = ((1, 0, 1), (0, 1, 0), (-1, 0, 1))
    assert conv.correlate2d([image], [kernel]) == ((0, 4, 2), (6, 2, 2))
    turned = conv.flip2d(kernel)
    assert conv.correlate2d([image], [turned]) == ((4, 2, 4), (6, 2, 2))


@given(st.tuples(values, values, values), st.tuples(values, values))
def test_a_filter_is_found_from_two_outputs(x: tuple[int, ...], v: tuple[int, ...]) -> None:
    if x[0] * x[2] != x[1] ** 2:
        assert conv.find_filter(x, conv.correlate(x, v)) == v


@given(images(2, 2), images(2, 2), st.integers(0, 1), st.integers(0, 1))
def test_a_lost_entry_is_found_again(
    patch: list[list[int]], kernel: list[list[int]], row: int, column: int
) -> None:
    value = int((np.array(patch) * np.array(kernel)).sum())
    lost: list[list[object]] = [[*line] for line in patch]
    true, weight = patch[row][column], kernel[row][column]
    lost[row][column] = "?"
    if weight:
        assert conv.missing_entry(lost, kernel, value) == true
    else:
        with pytest.raises(ZeroDivisionError):
            conv.missing_entry(lost, kernel, value)


def test_padding_on_every_side() -> None:
    assert conv.padded2d(((1, 2),), 1) == ((0, 0, 0, 0), (0, 1, 2, 0), (0, 0, 0, 0))


def test_kernels_that_a_half_turn_leaves_alone() -> None:
    """As many entries as pairs of places that the turn exchanges, a centre with itself."""
    for size in range(1, 6):
        places = np.arange(size * size)
        pairs = {
            frozenset(pair) for pair in zip(places.tolist(), places[::-1].tolist(), strict=True)
        }
        assert conv.free_entries(size) == len(pairs)
