"""Counts of cross-validation against running the loops."""

from __future__ import annotations

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import cross_validation

N, OUTER, INNER, SETTINGS = 60, 5, 4, 6


def folds(examples: list[int], count: int) -> list[set[int]]:
    return [set(examples[k::count]) for k in range(count)]


def search(examples: set[int]) -> list[set[int]]:
    """The training sets of every fit of a search with a last fit of the winner."""
    parts = folds(sorted(examples), INNER)
    return [examples - part for _ in range(SETTINGS) for part in parts] + [examples]


def test_plain_cross_validation() -> None:
    runs = search(set(range(N)))
    assert len(runs) == cross_validation.fits(INNER, SETTINGS, 1)
    assert sum(7 in run for run in runs) == cross_validation.training_uses(INNER, SETTINGS, 1)
    assert len(runs[0]) == cross_validation.training_size(N, INNER)
    assert N - len(runs[0]) == cross_validation.validation_size(N, INNER)


def test_nested_cross_validation() -> None:
    everything = set(range(N))
    runs = [run for part in folds(list(range(N)), OUTER) for run in search(everything - part)]
    assert len(runs) == cross_validation.nested_fits(OUTER, INNER, SETTINGS)
    uses = cross_validation.nested_training_uses(OUTER, INNER, SETTINGS)
    assert {sum(i in run for run in runs) for i in everything} == {uses}


def test_the_test_set_is_its_share() -> None:
    assert cross_validation.test_size(400, rational(1, 4)) == len(range(0, 400, 4))
