"""Nearest neighbours against searches that sort nothing."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np

from partialcredit.solvers import nearest


def test_the_k_nearest_are_the_subset_with_the_smallest_total() -> None:
    points = ((0, 0), (4, 1), (2, 5), (3, 3), (6, 0))
    far = nearest.distances(points, (1, 1), 2)
    for k in range(1, 6):
        best = min(combinations(range(5), k), key=lambda s: sum(far[i] for i in s))
        assert set(nearest.order(far)[:k]) == set(best)


def test_distances_are_powers_of_norms() -> None:
    points, query = ((3, -4, 0), (1, 1, 1)), (0, 2, 5)
    for p in (1, 2):
        norms = np.linalg.norm(np.subtract(points, query), ord=p, axis=1) ** p
        assert np.allclose(nearest.distances(points, query, p), norms)


def test_one_neighbour_makes_no_training_error_and_all_make_the_minority_share() -> None:
    points, labels = ((0,), (3,), (7,), (12,), (20,)), (1, 1, 0, 1, 0)
    assert nearest.training_labels(points, labels, 1, 2) == labels
    guesses = nearest.training_labels(points, labels, 5, 2)
    assert nearest.error_rate(guesses, labels) * 5 == 2


def test_leaving_out_is_deleting_and_classifying_again() -> None:
    random = Random(3)
    points = tuple((random.random(), random.random()) for _ in range(9))
    labels = tuple(random.randrange(3) for _ in points)
    for i, guess in enumerate(nearest.left_out_labels(points, labels, 3, 2)):
        rest = sorted(
            (j for j in range(9) if j != i),
            key=lambda j: np.hypot(points[j][0] - points[i][0], points[j][1] - points[i][1]),
        )
        votes = np.bincount([labels[j] for j in rest[:3]])
        assert guess == int(votes.argmax())


def test_work_and_memory_are_loops() -> None:
    assert nearest.distance_terms(4, 3, 2) == sum(
        1 for _ in range(4) for _ in range(3) for _ in "xy"
    )
    assert nearest.stored_numbers(4, 3) == len([(n, j) for n in range(4) for j in "xyzc"])
