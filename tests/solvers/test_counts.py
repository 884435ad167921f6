"""Counts against the entries of arrays, and numbers that papers print."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.solvers import counts

few = st.integers(1, 6)
widths = st.lists(st.integers(1, 8), min_size=2, max_size=5)


@given(few, few, few, st.integers(1, 3), st.booleans())
def test_convolutions_count_the_entries_of_their_arrays(
    kernel: int, reads: int, filters: int, groups: int, bias: bool
) -> None:
    weight = np.zeros((filters * groups, reads, kernel, kernel))
    counted = counts.conv_parameters(
        kernel, reads * groups, filters * groups, bias=bias, groups=groups
    )
    assert counted == weight.size + bias * len(weight)
    one = counts.filter_parameters(kernel, reads * groups, bias=bias, groups=groups)
    assert one == weight[0].size + bias


@given(widths)
def test_dense_networks_count_the_pairs_of_units(sizes: list[int]) -> None:
    layers = [range(n) for n in sizes]
    pairs = [pair for a, b in pairwise(layers) for pair in product(a, b)]
    assert counts.dense_weights(sizes) == len(pairs)
    assert counts.dense_biases(sizes) == len([unit for layer in layers[1:] for unit in layer])


@given(widths)
def test_a_linear_network_collapses_to_one_matrix(sizes: list[int]) -> None:
    matrix = np.eye(sizes[0])
    for n in sizes[1:]:
        matrix = np.ones((n, len(matrix))) @ matrix
    assert counts.collapsed_parameters(sizes) == matrix.size + len(matrix)


@given(few, few)
def test_equal_layers(layers: int, width: int) -> None:
    assert counts.uniform_weights(layers, width) == np.zeros((layers, width, width)).size


def test_lenet_5() -> None:
    """LeCun et al. (1998): C1, C3 and its table, the connections of C1, C5 and F6."""
    assert counts.conv_parameters(5, 1, 6) == 156
    assert counts.table_parameters(5, [(6, 3), (9, 4), (1, 6)]) == 1516
    assert counts.conv_connections(28, 28, 5, 1, 6) == 122_304
    assert counts.conv_parameters(5, 16, 120) == 48_120
    assert counts.dense_weights([120, 84]) + counts.dense_biases([120, 84]) == 10_164


def test_numbers_of_the_notes() -> None:
    assert counts.conv_parameters(3, 3, 5) == 140
    assert counts.dense_weights([400 * 400 * 3, 1000, 10]) == 480_010_000
    assert counts.dense_biases([400 * 400 * 3, 1000, 10]) == 1010
    assert counts.batchnorm_parameters(64) == 128
    assert counts.bias_share(5, 140) * 28 == 1


def test_an_affine_layer_does_not_mix_the_rows_of_its_weights() -> None:
    """Output i against weight (k, l), one by one."""
    x, m = (5, 7, 9), 4
    entries = [x[k] if i == j else 0 for i in range(m) for j in range(m) for k in range(3)]
    assert counts.affine_jacobian_zeros(3, m) == entries.count(0)


def test_batch_normalisation_averages_what_it_keeps_apart_by_channel() -> None:
    x = np.empty((5, 3, 2, 4))
    assert counts.batchnorm_values(5, 2, 4) == x[:, 1].size
    learned, stored = x.mean(axis=(0, 2, 3)).size, x.var(axis=(0, 2, 3)).size
    assert counts.batchnorm_buffers(3) == learned + stored
