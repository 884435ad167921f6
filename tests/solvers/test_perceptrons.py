"""Threshold neurons against all neurons with small weights, and against published counts."""

from __future__ import annotations

from itertools import product

import pytest

from partialcredit.solvers import perceptrons


@pytest.mark.parametrize(("n", "count"), [(1, 4), (2, 14), (3, 104)])
def test_the_number_of_threshold_functions_is_the_published_one(n: int, count: int) -> None:
    """Winder (1962): 4, 14, 104 threshold functions of one, two and three variables."""
    tables = ["".join(bits) for bits in product("01", repeat=2**n)]
    assert sum(map(perceptrons.separable, tables)) == count


def test_every_small_neuron_is_separable_and_its_bias_lies_in_the_interval() -> None:
    for *w, twice_b in product(range(-2, 3), range(-2, 3), range(-2, 3), range(-7, 8)):
        scores, b = perceptrons.scores(w), twice_b / 2
        table = perceptrons.firing(scores, b)
        assert perceptrons.separable("".join(map(str, table)))
        if 0 < sum(table) < len(table):
            low, high = perceptrons.bias_interval(scores, table)
            assert low < b <= high
            assert perceptrons.firing(scores, high) == table
            assert perceptrons.firing(scores, low) != table
            assert perceptrons.firing(scores, high + 1) != table


def test_two_relu_units_compute_exclusive_or() -> None:
    """Goodfellow, Bengio and Courville (2016), section 6.1."""
    assert perceptrons.network_scores(((1, 1), (1, 1)), (0, -1), (1, -2)) == (0, 1, 1, 0)
    assert len(perceptrons.inputs(3)) == 8
