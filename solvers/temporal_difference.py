r"""Q-learning, SARSA and their targets; a state without values is terminal.

Reference: Watkins and Dayan (1992), "Q-learning"; Sutton and Barto (2018), "Reinforcement
learning", sections 2.2, 6.4, 6.5 and 9.3; Mnih et al. (2015), "Human-level control through deep
reinforcement learning"; van Hasselt, Guez and Silver (2016), "Deep reinforcement learning with
double Q-learning". Warning: texts differ in whether the random action of an epsilon-greedy policy
may be the greedy one; here it may.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import Rational
from partialcredit.numbers.vectors import Vector, dot

__all__ = [
    "TERMINAL",
    "after",
    "double_target",
    "greedy_probability",
    "semi_gradient",
    "target",
    "td_error",
    "updated",
]

#: The number that transitions give to the end of an episode.
TERMINAL = -1

Transition = tuple[int, int, Number, int]


def target(reward: Number, gamma: Number, following: Sequence[Number]) -> Any:
    r"""What Q-learning moves a value to.

    .. math:: r + \gamma \max_{a'} Q(s', a')

    >>> from partialcredit.numbers.rationals import rational
    >>> target(1, rational("0.9"), (4, 6)), target(1, rational("0.9"), ())
    (32/5, 1)
    """
    return reward + gamma * max(following) if following else reward


def double_target(
    reward: Number, gamma: Rational, online: Sequence[Number], frozen: Sequence[Number]
) -> Any:
    """The target of double Q-learning: one network chooses the action, the other values it.

    >>> from partialcredit.numbers.rationals import rational
    >>> double_target(1, rational("0.9"), (4, 6, 5), (7, 3, 5))
    37/10
    """
    return reward + gamma * frozen[online.index(max(online))]


def td_error(target: Any, value: Any) -> Any:
    """How far the target is above the value.

    >>> td_error(7, 5)
    2
    """
    return target - value


def updated(value: Any, alpha: Number, error: Any) -> Any:
    """The value moved by a share of the error: Q + α δ.

    >>> from partialcredit.numbers.rationals import rational
    >>> updated(2, rational("0.5"), 4)
    4
    """
    return value + alpha * error


def after(table: Vector, transitions: Sequence[Transition], alpha: Number, gamma: Number) -> Vector:
    """The table after Q-learning from the transitions (s, a, r, s'), one after the other.

    >>> from partialcredit.numbers.rationals import rational
    >>> half = rational("0.5")
    >>> after(Vector(((0, 0), (2, 4))), [(0, 1, 1, 1)], half, half)
    ((0, 3/2), (2, 4))
    """
    rows = [list(row) for row in table]
    for state, action, reward, following in transitions:
        goal = target(reward, gamma, () if following == TERMINAL else rows[following])
        value = rows[state][action]
        rows[state][action] = updated(value, alpha, td_error(goal, value))
    return Vector(map(Vector, rows))


def greedy_probability(epsilon: Rational, actions: int) -> Rational:
    """How often an epsilon-greedy policy takes the greedy action: 1 - ε + ε/n.

    >>> from partialcredit.numbers.rationals import rational
    >>> greedy_probability(rational("0.2"), 4)
    17/20
    """
    return 1 - epsilon + epsilon / actions


def semi_gradient(target: Any, weights: Vector, features: Vector) -> Any:
    r"""The gradient of half the squared error of w·φ, with the target held fixed.

    .. math:: -(y - w^\top \varphi) \varphi

    >>> semi_gradient(4, Vector((1, -1)), Vector((2, 1)))
    (-6, -3)
    """
    return -(target - dot(weights, features)) * features
