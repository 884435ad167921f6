"""Dilated kernels laid out entry by entry."""

from __future__ import annotations

import pytest

from partialcredit.solvers import dilation


@pytest.mark.parametrize("kernel", [2, 3, 5])
@pytest.mark.parametrize("spread", [1, 2, 4])
def test_the_span_is_counted_from_first_to_last(kernel: int, spread: int) -> None:
    places = [i * spread for i in range(kernel)]
    assert dilation.span(kernel, spread) == len(range(places[0], places[-1] + 1))


@pytest.mark.parametrize("kernel", [2, 3, 5])
def test_doubling_dilations(kernel: int) -> None:
    """Every input an output depends on, followed back layer by layer."""
    seen = {0}
    for layer in range(6):
        seen = {i + j * 2**layer for i in seen for j in range(kernel)}
        field = dilation.doubling_field(kernel, layer + 1)
        assert field == max(seen) - min(seen) + 1
        assert dilation.doubling_layers(field, kernel) == layer + 1
        assert dilation.doubling_layers(field + 1, kernel) == layer + 2


def test_the_context_of_wavenet() -> None:
    """Ten layers of two weights with dilations up to 512 see 1024 samples."""
    assert dilation.doubling_field(2, 10) == 1024
