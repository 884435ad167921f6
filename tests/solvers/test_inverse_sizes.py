"""Hyperparameters that give a size, against windows placed one by one."""

from __future__ import annotations

import pytest

from partialcredit.solvers import inverse_sizes as inverse


def placed(size: int, kernel: int, stride: int, padding: int) -> list[int]:
    return list(range(-padding, size + padding - kernel + 1, stride))


@pytest.mark.parametrize("size", [9, 20, 33])
@pytest.mark.parametrize("kernel", [3, 4, 5])
@pytest.mark.parametrize("padding", [0, 1, 2])
def test_all_that_give_a_size(size: int, kernel: int, padding: int) -> None:
    outputs = len(placed(size, kernel, 1, padding))
    assert inverse.padding_for(size, kernel, outputs) == padding
    assert inverse.kernel_for(size, outputs, padding=padding) == kernel
    for target in range(2, 8):
        found = {s for s in range(1, 40) if len(placed(size, kernel, s, padding)) == target}
        assert inverse.strides_for(size, kernel, target, padding=padding) == found
    last = size - kernel
    exact = {s for s in range(1, 8) if placed(size, kernel, s, 0)[-1] == last}
    assert inverse.exact_strides(size, kernel, range(1, 8)) == exact
    sizes = [n for n in range(1, 60) if len(placed(n, kernel, 3, padding)) == 6]
    smallest = inverse.smallest_input(6, kernel, stride=3, padding=padding)
    assert sizes == [smallest, smallest + 1, smallest + 2]


def test_same_padding() -> None:
    assert len(placed(12, 5, 1, int(inverse.same_padding(5)))) == 12
    assert inverse.same_padding(3, dilation=2) == 2
