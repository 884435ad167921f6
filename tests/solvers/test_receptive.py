"""Receptive fields against sets of pixels, followed back layer by layer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.solvers import receptive
from partialcredit.solvers.receptive import Layer

layers = st.tuples(st.integers(1, 5), st.integers(1, 3), st.integers(0, 3), st.integers(1, 3))
stacks = st.lists(layers, min_size=1, max_size=4)


def seen(stack: list[Layer], output: int) -> set[int]:
    """The input positions that one output depends on."""
    positions = {output}
    for kernel, stride, padding, dilation in reversed(stack):
        positions = {stride * i - padding + dilation * j for i in positions for j in range(kernel)}
    return positions


@given(stacks)
def test_field_jump_and_start_are_those_of_the_pixels_seen(stack: list[Layer]) -> None:
    first, second = seen(stack, 0), seen(stack, 1)
    assert receptive.receptive_field(stack) == len(range(min(first), max(first) + 1))
    assert receptive.jump(stack) == min(second) - min(first)
    assert receptive.start(stack) == min(first)


@given(st.integers(2, 60), st.integers(2, 9))
def test_layers_needed_is_the_first_number_that_reaches(target: int, kernel: int) -> None:
    needed = receptive.layers_needed(target, kernel)
    stack: list[Layer] = [(kernel, 1, 0, 1)] * needed
    assert len(seen(stack, 0)) >= target
    assert len(seen(stack[1:], 0)) < target


def test_three_small_kernels_see_as_much_as_a_large_one() -> None:
    """Simonyan and Zisserman (2015), section 2.3."""
    assert receptive.receptive_field([(3, 1, 1, 1)] * 3) == 7
