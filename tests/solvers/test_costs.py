"""Costs against loops that do the work, and published figures."""

from __future__ import annotations

from itertools import product

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import costs


def test_multiply_adds_one_by_one() -> None:
    size, kernel, channels, filters, stride, padding = 7, 3, 4, 6, 2, 1
    places = range(-padding, size + padding - kernel + 1, stride)
    done = sum(
        1
        for _ in product(
            places, places, range(filters), range(channels), range(kernel), range(kernel)
        )
    )
    assert (
        costs.conv_multiply_adds(size, kernel, channels, filters, stride=stride, padding=padding)
        == done
    )
    assert costs.operations(done) == done + done
    grouped = sum(
        1
        for o, c in product(range(filters), range(channels))
        if o // 3 == c // 2  # two groups
        for _ in product(range(kernel), range(kernel))
    )
    assert costs.multiply_adds(1, 1, kernel, channels, filters, 2) == grouped
    assert costs.dense_multiply_adds(5, 3) == len(list(product(range(5), range(3))))


def test_bottleneck_of_the_residual_networks() -> None:
    """256 to 64 and back costs about as much as two 3 x 3 convolutions of 64 (He et al. 2016)."""
    bottleneck = costs.bottleneck_multiply_adds(56, 256, 64)
    plain = 2 * costs.multiply_adds(56, 56, 3, 64, 64)
    assert bottleneck == pytest.approx(plain, rel=0.06)
    assert costs.saving(bottleneck, plain) == rational(plain - bottleneck, plain)


def test_separable_convolutions_save_eight_to_nine_times() -> None:
    """The statement of Howard et al. (2017) for 3 x 3 kernels and many channels."""
    for channels in (64, 128, 512, 1024):
        assert 7 < 1 / costs.depthwise_ratio(rational(3), rational(channels)) < 9


def test_memory_by_listing_values() -> None:
    volumes = [(4, 4, 3), (4, 4, 8), (2, 2, 8), (2, 2, 16)]
    listed = [len(list(product(*map(range, shape)))) for shape in volumes]
    assert costs.values(volumes, 5) == 5 * sum(listed)
    assert costs.peak_values(volumes, 5) == 5 * (listed[0] + listed[1])
    assert costs.megabytes(500_000, 8) == 4
