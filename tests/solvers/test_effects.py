"""Effects of hyperparameters, against sorting by hand and against symmetry."""

from itertools import permutations

from partialcredit.solvers import effects


def test_a_ranking_sorts():
    for values in permutations((3, 14, 15, 92)):
        assert [values[i] for i in effects.ranking(values)] == [3, 14, 15, 92]


def test_directions_reverse_with_their_arguments():
    assert effects.direction(1, 2) == 0 == effects.direction(-2, -1)
    assert effects.direction(2, 1) == 1
    assert effects.direction(7, 7) == 2


def test_the_best_setting_has_the_smallest_error_and_parts_simple_from_flexible():
    settings, errors = (1, 2, 4, 8), (9, 5, 6, 8)
    assert effects.best(settings, errors) == 2
    sides = [effects.capacity_side(s, 2, larger_is_simpler=False) for s in settings]
    assert sides == [0, 2, 1, 1]
    turned = [effects.capacity_side(s, 2, larger_is_simpler=True) for s in settings]
    assert turned == [1, 2, 0, 0]
