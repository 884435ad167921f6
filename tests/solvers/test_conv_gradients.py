"""Gradients of convolution and pooling against differences of NumPy's own convolutions."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view

from partialcredit.solvers import conv_gradients as backward

values = st.integers(-9, 9)


def vectors(size: int) -> st.SearchStrategy[list[int]]:
    return st.lists(values, min_size=size, max_size=size)


def matrices(rows: int, columns: int) -> st.SearchStrategy[list[list[int]]]:
    return st.lists(vectors(columns), min_size=rows, max_size=rows)


def differences(loss: object, at: list[object]) -> np.ndarray:
    """The gradient of a loss that is linear in its argument."""
    x = np.array(at)
    found = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        moved = x.copy()
        moved[place] += 1
        found[place] = loss(moved) - loss(x)  # type: ignore[operator]
    return found


@given(vectors(7), vectors(3), vectors(3))
def test_one_axis_with_stride(x: list[int], w: list[int], upstream: list[int]) -> None:
    def loss(signal: object, weights: object) -> int:
        return int(np.correlate(signal, weights, "valid")[::2] @ upstream)  # type: ignore[call-overload]

    by_filter = backward.filter_gradient(x, upstream, 3, stride=2)
    assert by_filter == tuple(differences(lambda moved: loss(x, moved), w))
    by_signal = backward.signal_gradient(w, upstream, 7, stride=2)
    assert by_signal == tuple(differences(lambda moved: loss(moved, w), x))


@given(matrices(5, 6), matrices(3, 3), matrices(2, 2))
def test_two_axes_with_stride(
    image: list[list[int]], kernel: list[list[int]], upstream: list[list[int]]
) -> None:
    def loss(picture: object, weights: object) -> int:
        windows = sliding_window_view(np.array(picture), (3, 3))[::2, ::2]
        return int(np.einsum("ijmn,mn,ij", windows, np.array(weights), np.array(upstream)))

    by_kernel = backward.kernel_gradient(image, upstream, 3, stride=2)
    np.testing.assert_array_equal(by_kernel, differences(lambda moved: loss(image, moved), kernel))
    by_image = backward.image_gradient(kernel, upstream, image, stride=2)
    np.testing.assert_array_equal(by_image, differences(lambda moved: loss(moved, kernel), image))


@given(matrices(2, 2))
def test_pooling_keeps_the_sum_of_the_gradients(upstream: list[list[int]]) -> None:
    image = np.arange(25).reshape(5, 5).tolist()
    largest = np.array(backward.max_pool_gradient(image, upstream, 3, stride=2))
    spread = np.array(backward.average_pool_gradient(image, upstream, 3, stride=2))
    assert largest.sum() == spread.sum() == np.sum(upstream)
    assert largest[2, 2] == upstream[0][0]
    assert spread[2, 2] * 9 == np.sum(upstream)


def test_the_first_of_equal_maxima_takes_all() -> None:
    assert backward.max_pool_gradient(((4, 4), (4, 1)), ((5,),), 2, stride=2) == ((5, 0), (0, 0))
