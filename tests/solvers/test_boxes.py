"""Boxes against counted cells."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from partialcredit.solvers import boxes

corner = st.integers(0, 9)


@st.composite
def box(draw: st.DrawFn) -> tuple[int, ...]:
    (x1, x2), (y1, y2) = (sorted(draw(st.tuples(corner, corner))) for _ in "xy")
    assume(x1 < x2 and y1 < y2)
    return (x1, y1, x2, y2)


def cells(a: tuple[int, ...]) -> np.ndarray:
    painted = np.zeros((9, 9), dtype=bool)
    painted[a[1] : a[3], a[0] : a[2]] = True
    return painted


@given(box(), box())
def test_overlaps_are_counted_cells(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    shared, covered = (cells(a) & cells(b)).sum(), (cells(a) | cells(b)).sum()
    assert boxes.intersection(a, b) == shared
    assert float(boxes.iou(a, b, int(shared))) == shared / covered


@given(box(), box())
def test_generalised_iou_is_the_iou_of_nested_boxes_and_never_more(
    a: tuple[int, ...], b: tuple[int, ...]
) -> None:
    shared = boxes.intersection(a, b)
    plain, generalised = boxes.iou(a, b, shared), boxes.generalized_iou(a, b, shared)
    assert -1 < generalised <= plain
    assert boxes.generalized_iou(a, a, boxes.area(a)) == 1
