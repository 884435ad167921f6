"""Decision processes: published values, and the equations that values solve."""

from __future__ import annotations

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import decisions

HALF, GAMMA = rational(1, 2), rational(4, 5)


def test_the_values_of_a_policy_solve_its_equations() -> None:
    actions = (1, HALF), (3, rational(1, 4))
    values = decisions.policy_value(*actions, GAMMA)
    assert values == tuple(decisions.action_value(a, GAMMA, values) for a in actions)


def test_trying_until_it_succeeds_is_worth_its_own_backup() -> None:
    value = decisions.until_it_succeeds(100, rational(3, 4), GAMMA)
    assert value == rational(3, 4) * 100 + rational(1, 4) * GAMMA * value


def test_published_probability_at_par() -> None:
    p = decisions.probability_at_par(100, GAMMA, 32)
    assert p == rational(8, 93)
    assert decisions.until_it_succeeds(100, p, GAMMA) == 32


def test_an_endless_reward_is_a_long_episode() -> None:
    long = decisions.returns([rational(3)] * 60, HALF)[0]
    assert abs(decisions.endless(rational(3), HALF) - long) < rational(1, 10**15)
