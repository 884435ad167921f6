"""Layers with two modes, against enumeration and against their defining properties."""

from itertools import product

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import batchnorm, modes


@pytest.mark.parametrize("keep", [rational(1, 2), rational(3, 4), rational(1, 5)])
def test_dropout_keeps_the_mean_over_all_masks(keep):
    h, w = (3, -2, 5), (1, 4, -2)
    mean = 0
    for mask in product([0, 1], repeat=3):
        chance = keep ** sum(mask) * (1 - keep) ** (3 - sum(mask))
        mean += chance * modes.weighted_sum(w, modes.dropped(h, mask, keep))
    assert mean == 3 - 8 - 10
    assert modes.kept_scale(keep, training=False) == 1
    assert modes.kept_scale(keep, training=True) * keep == 1


def test_normalising_gives_a_batch_the_mean_beta_and_the_deviation_gamma():
    x = (1, 5, 9, 1)
    mean = batchnorm.mean(x)
    out = [modes.normalised(v, mean, batchnorm.variance(x, mean), -3, 2) for v in x]
    assert float(sum(out)) / 4 == pytest.approx(2)
    assert float(sum((v - 2) * (v - 2) for v in out)) / 4 == pytest.approx(9)
    assert out[0] > out[1]
