"""Stacks of blocks, against layer-by-layer counting."""

import numpy as np
import pytest

from partialcredit.solvers import networks, stacks


@pytest.mark.parametrize(("F", "C", "K", "N"), [(3, 3, 5, 1), (3, 3, 5, 4), (5, 1, 8, 3)])
def test_a_stack_has_the_sum_of_its_layers_parameters(F, C, K, N):
    layers = [networks.conv(K, F, padding=F // 2), networks.pool(2, 2)] * N
    assert stacks.stack_parameters(F, C, K, N) == networks.total_parameters(layers, (256, 256, C))


def test_sizes_are_those_of_halving_arrays():
    for n in (7, 27, 64, 200):
        x, times = np.zeros(n), 0
        while x.size > 1:
            x, times = x[: x.size // 2 * 2 : 2], times + 1
            assert stacks.pooled_size(n, times) == x.size
        assert stacks.halvings(n) == times


def test_three_small_filters_have_27_49ths_of_the_weights_of_a_large_one():
    """Simonyan and Zisserman (2015), section 2.3: 27 C^2 against 49 C^2."""
    stack = stacks.stack_weights(3, (64,) * 4)
    single = stacks.stack_weights(stacks.stacked_field(3, 3), (64, 64))
    assert stack == 3 * sum(w.size for w in [np.zeros((64, 64, 3, 3))])
    assert single == np.zeros((64, 64, 7, 7)).size
    assert stacks.weight_ratio(stack, single) * 49 == 27
