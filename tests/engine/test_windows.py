"""Windows over indices: what they read, and that they refuse what does not fit."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.engine.kernels.geometry import output_length
from partialcredit.engine.windows import windows
from partialcredit.errors import EngineError


def test_windows_read_stride_apart_and_dilation_spread() -> None:
    read = windows(7, 2, stride=2, padding=1, dilation=3)
    assert read.tolist() == [[-1, 2], [1, 4], [3, 6]]


def test_ceil_mode_adds_a_window_only_where_entries_are_left() -> None:
    assert windows(5, 3, stride=2).tolist() == windows(5, 3, stride=2, ceil_mode=True).tolist()
    assert windows(6, 3, stride=2, ceil_mode=True)[-1].tolist() == [4, 5, 6]


@pytest.mark.parametrize("ceil_mode", [False, True])
def test_as_many_windows_as_the_layers_place(ceil_mode: bool) -> None:
    for length, kernel, stride, padding in np.ndindex(12, 4, 4, 2):
        sizes = (length + 5, kernel + 1, stride + 1, padding)
        if 2 * padding > sizes[1]:
            continue  # no layer pads by more than half its window
        counted = len(
            windows(sizes[0], sizes[1], stride=sizes[2], padding=padding, ceil_mode=ceil_mode)
        )
        assert counted == output_length(*sizes, ceil=ceil_mode), sizes


def test_a_window_that_does_not_fit_is_refused() -> None:
    with pytest.raises(EngineError, match="spans 7 entries does not fit on 4"):
        windows(4, 3, dilation=3)
