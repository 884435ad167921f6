"""Connections counted one by one on small layers, and the example of the notes."""

from __future__ import annotations

from itertools import product

from partialcredit.solvers import connectivity


def test_a_small_image_listed() -> None:
    """Units are (map, row, column); each sees a 2 x 2 window of a 4 x 4 image with 3 channels."""
    found = [(m, i, j) for m in range(5) for i in range(3) for j in range(3)]
    assert connectivity.units(4, 2, 5) == len(found)
    window = list(product(range(3), range(2), range(2)))
    local = {(unit, place) for unit in found for place in window}
    assert connectivity.local_weights(len(found), 4, 3) == len(local)
    shared = {(unit[0], place) for unit in found for place in window}
    assert connectivity.shared_weights(5, 4, 3) == len(shared)


def test_an_image_of_200_by_200() -> None:
    assert connectivity.full_weights(200**2, 400_000) == 16_000_000_000
    assert connectivity.local_weights(400_000, 100, 1) == 40_000_000
