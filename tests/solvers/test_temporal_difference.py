"""Q-learning: the published walk, where the target is all that is left of a value."""

from __future__ import annotations

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import freeze
from partialcredit.solvers import temporal_difference as td

HALF = rational("0.5")


def test_with_the_learning_rate_one_values_spread_backwards() -> None:
    """Three states in a row, then the goal: after three walks the first one knows of it."""
    walk = [(0, 0, 0, 1), (1, 0, 0, 2), (2, 0, 1, td.TERMINAL)]
    table = td.after(freeze(((0,), (0,), (0,))), walk * 3, rational(1), rational("0.9"))
    assert table == ((rational("0.81"),), (rational("0.9"),), (1,))


def test_an_update_is_a_mixture() -> None:
    goal = td.target(2, HALF, (1, 8))
    assert td.updated(4, HALF, td.td_error(goal, 4)) == HALF * 4 + HALF * goal


def test_double_q_learning_never_exceeds_the_maximum() -> None:
    online, frozen = (4, 6, 5), (7, 3, 5)
    assert td.double_target(1, HALF, online, frozen) <= td.target(1, HALF, frozen)
    assert td.double_target(1, HALF, frozen, frozen) == td.target(1, HALF, frozen)
