"""Rates of a confusion matrix against scikit-learn's, from lists of labels."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.solvers import confusion

TABLE = ((6, 2, 0), (1, 12, 7), (3, 4, 25))


@pytest.mark.parametrize("average", ["macro", "micro", "weighted"])
def test_averages_are_those_of_scikit_learn(average: str) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    cells = np.repeat(np.arange(9), np.ravel(TABLE))
    scores = confusion.f1(confusion.precisions(TABLE), confusion.recalls(TABLE))
    ours = {
        "macro": confusion.mean(scores),
        "micro": confusion.accuracy(TABLE),
        "weighted": confusion.weighted_mean(scores, TABLE),
    }
    theirs = metrics.f1_score(cells // 3, cells % 3, average=average)
    assert float(ours[average]) == pytest.approx(theirs, abs=1e-12)
