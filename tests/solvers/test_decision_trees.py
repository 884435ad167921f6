"""Impurities and gains: information shared by side and class, and published splits."""

from __future__ import annotations

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import decision_trees as trees

#: What lies below and above three thresholds, of both classes.
GROUPS = [((3, 1), (0, 4)), ((1, 5), (2, 0)), ((0, 3), (3, 2))]


def test_published_splits() -> None:
    found = [float(trees.impurity_after(trees.entropy, group)) for group in GROUPS]
    assert found == pytest.approx([0.405639, 0.487517, 0.606844], abs=1e-6)


def test_a_split_that_tells_nothing_gains_nothing() -> None:
    before = trees.entropy((4, 6))
    after = trees.impurity_after(trees.entropy, ((2, 3), (2, 3)))
    assert trees.gain(before, after) == 0


def test_gini_is_a_chance() -> None:
    examples = [0] * 5 + [1] * 3
    differ = sum(a != b for a in examples for b in examples)
    assert trees.gini((5, 3)) == rational(differ, 64)


def test_the_variance_of_halves_is_less() -> None:
    whole = trees.variance((1, 2, 6, 7))
    assert whole - rational(1, 4) == rational(25, 4)
    assert trees.variance((1, 2)) == rational(1, 4)
