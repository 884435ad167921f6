"""Sizes against windows placed one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.solvers import sizes

lengths = st.integers(1, 60)
kernels = st.integers(1, 9)
strides = st.integers(1, 5)


def starts(length: int, span: int, stride: int) -> list[int]:
    """Where a window may start that lies on ``length`` entries."""
    return [i for i in range(0, length, stride) if all(i + j < length for j in range(span))]


@given(lengths, kernels, strides, st.integers(0, 4), st.integers(1, 3))
def test_output_size_counts_windows(
    length: int, kernel: int, stride: int, padding: int, dilation: int
) -> None:
    span = max(dilation * j for j in range(kernel)) + 1
    if span <= length + 2 * padding:
        count = len(starts(length + 2 * padding, span, stride))
        size = sizes.output_size(length, kernel, stride=stride, padding=padding, dilation=dilation)
        assert size == count


@given(lengths, kernels, strides)
def test_rounding_up_adds_a_window_where_entries_are_left(
    length: int, kernel: int, stride: int
) -> None:
    if stride <= kernel <= length:
        whole = starts(length, kernel, stride)
        left_over = whole[-1] + kernel < length
        assert sizes.output_size_rounded_up(length, kernel, stride=stride) == len(whole) + left_over


@given(lengths, kernels, strides, st.integers(0, 4))
def test_what_is_left_over_lies_behind_the_last_window(
    length: int, kernel: int, stride: int, padding: int
) -> None:
    padded = length + 2 * padding
    if kernel <= padded:
        last = starts(padded, kernel, stride)[-1]
        left = padded - (last + kernel)
        assert sizes.left_over(length, kernel, stride=stride, padding=padding) == left
        assert sizes.fits(length, kernel, stride=stride, padding=padding) == (left == 0)


@given(lengths, kernels)
def test_full_size_counts_every_overlap(length: int, kernel: int) -> None:
    overlapping = [
        i for i in range(-kernel, length + 1) if any(0 <= i + j < length for j in range(kernel))
    ]
    assert sizes.full_size(length, kernel) == len(overlapping)


def test_published_sizes() -> None:
    """LeNet-5 and AlexNet, as their papers print them."""
    assert sizes.output_size(32, 5) == 28
    assert sizes.repeated(28, 2, stride=2, times=1) == 14
    assert sizes.output_size(227, 11, stride=4) == 55
    assert [sizes.repeated(55, 3, stride=2, times=n) for n in range(3)] == [55, 27, 13]
