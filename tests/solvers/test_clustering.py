"""k-means: every half-step is a minimum, and the published draw of k-means++."""

from __future__ import annotations

from itertools import product

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, freeze
from partialcredit.solvers import clustering

POINTS: Vector = freeze(((0, 4), (3, 4), (1, 4), (5, 5), (2, 4), (6, 7)))


def test_no_other_labels_have_a_smaller_objective() -> None:
    centers = POINTS[:2]
    best = clustering.objective(POINTS, clustering.assign(POINTS, centers), centers)
    labelings = product((1, 2), repeat=len(POINTS))
    assert best == min(clustering.objective(POINTS, labels, centers) for labels in labelings)


def test_no_other_centres_have_a_smaller_objective() -> None:
    centers = clustering.final(POINTS, POINTS[:2])
    labels = clustering.assign(POINTS, centers)
    best = clustering.objective(POINTS, labels, centers)
    for step in (rational(1, 9), rational(-1, 9)):
        assert best < clustering.objective(POINTS, labels, centers + step)


def test_published_draw() -> None:
    points = freeze([(x,) for x in (1, 2, 3, 10, 11, 12)])
    assert clustering.draw_probability(points, (1,), 5) == rational(100, 247)


def test_an_empty_cluster_has_no_mean() -> None:
    with pytest.raises(ValueError, match="cluster"):
        clustering.means(POINTS, (1,) * 6, 2)
