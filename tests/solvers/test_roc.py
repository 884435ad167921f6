"""The curve and its area against scikit-learn's, and the area from ranks against pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import roc

items = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1)), min_size=3, max_size=9)


@given(items)
def test_ranks_give_the_area_of_pairs(found: list[tuple[int, int]]) -> None:
    scores, labels = zip(*found, strict=True)
    assume(0 < sum(labels) < len(labels))
    ranks = [1 + sum(s < t for s in scores) + (scores.count(t) - 1) / 2 for t in scores]
    total = sum(r for r, y in zip(ranks, labels, strict=True) if y)
    positives = sum(labels)
    area = roc.area_from_ranks(rational(total), positives, len(labels) - positives)
    assert area == roc.area(scores, labels)


def test_curve_and_area_are_those_of_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    scores, labels = (9, 8, 7, 6, 6, 4, 3, 2, 1), (1, 1, 0, 1, 0, 1, 0, 0, 0)
    fpr, tpr, _cuts = metrics.roc_curve(labels, scores, drop_intermediate=False)
    assert np.array(roc.points(scores, labels), dtype=float) == pytest.approx(
        np.array([fpr, tpr]).T
    )
    assert float(roc.area(scores, labels)) == pytest.approx(metrics.roc_auc_score(labels, scores))
